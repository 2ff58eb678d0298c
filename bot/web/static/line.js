// The line to the server: server-sent events, taken up again by ourselves (a browser gives up for good when a proxy answers
// with an error while the bot is being restarted).

const SILENCE = 13_000;
const PAUSES = [300, 700, 1500, 3000, 5000];

export class Line {
  /** @param {{change: (update: object) => void, state: (word: "up" | "cut" | "dead") => void}} heard */
  constructor(base, heard) {
    this.base = base;
    this.heard = heard;
    this.last = "";
    this.failed = 0;
    this.source = null;
  }

  open() {
    clearTimeout(this.waiting);
    this.source?.close();
    const source = new EventSource(`${this.base}/feed?last=${encodeURIComponent(this.last)}`);
    this.source = source;
    source.onopen = () => this.alive();
    source.onmessage = (event) => {
      this.alive();
      const update = JSON.parse(event.data);
      this.last = update.id;
      this.heard.change(update);
    };
    source.addEventListener("beat", () => this.alive());
    source.addEventListener("gone", () => this.lost());
    source.onerror = () => this.lost();
    this.watch();
  }

  alive() {
    this.failed = 0;
    this.heard.state("up");
    this.watch();
  }

  watch() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(), SILENCE);
  }

  async lost() {
    clearTimeout(this.silence);
    clearTimeout(this.waiting);
    this.source?.close();
    this.heard.state("cut");
    const pause = PAUSES[Math.min(this.failed, PAUSES.length - 1)];
    this.failed += 1;
    this.waiting = setTimeout(() => this.again(), pause);
  }

  /** Try again, unless the link itself is dead. */
  async again() {
    try {
      const page = await fetch(this.base, { method: "HEAD", cache: "no-store" });
      if (page.status === 404) return this.heard.state("dead");
    } catch {
      return this.lost();
    }
    return this.open();
  }
}
