// The live stream of one person. The browser resumes a dropped stream by itself (Last-Event-ID); when it gives up,
// as it does on an error page, we open a new one. Either way the session fetches what is shown afresh: the sandbox
// may have been started anew meanwhile, and then the stream goes on in another world.

const KINDS = ["message", "edit", "delete", "toast", "chat", "members", "players", "action"];
const PATIENCE = 900; // A hiccup shorter than this (ms) is nobody's business.
const AGAIN = [500, 1000, 2000, 4000];

export class Stream {
  /**
   * @param {number} me whose eyes to see with
   * @param {{on: (kind: string, data: object) => void, state: (state: "open"|"lost"|"back") => void,
   *   afresh: () => void, refused: () => void}} heard
   */
  constructor(me, heard) {
    this.me = me;
    this.heard = heard;
    this.tries = 0;
    this.lost = false;
    this.closed = false;
    this.everOpen = false;
    /** Resolves when the stream is open: what is fetched after that misses nothing. */
    this.ready = new Promise((resolve) => {
      this.isReady = resolve;
    });
    this.connect();
  }

  connect() {
    const source = new EventSource(`/sandbox/events?as=${this.me}`);
    this.source = source;
    source.onopen = () => this.opened();
    source.onerror = () => this.failed(source);
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        if (!this.closed && this.source === source) this.heard.on(kind, JSON.parse(event.data));
      });
    }
  }

  opened() {
    clearTimeout(this.worry);
    this.worry = undefined;
    this.tries = 0;
    this.isReady();
    if (this.everOpen) this.heard.afresh();
    if (this.lost) this.heard.state("back");
    else if (!this.everOpen) this.heard.state("open");
    this.lost = false;
    this.everOpen = true;
  }

  failed(source) {
    if (this.closed || this.source !== source) return;
    this.worry ??= setTimeout(() => {
      this.lost = true;
      this.heard.state("lost");
    }, PATIENCE);
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    this.heard.refused();
    const wait = AGAIN[Math.min(this.tries, AGAIN.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  close() {
    this.closed = true;
    clearTimeout(this.worry);
    clearTimeout(this.timer);
    this.source.close();
  }
}
