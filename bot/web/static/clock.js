// The server's time on this machine. The machine's own date may be wrong: what counts is how far the server's clock is from
// this page's monotonic one, measured over several round trips; the quickest of them tells it best.

const KEPT = 10;
const FIRST = 6;
const EVERY = 20_000;

export class Clock {
  constructor(url) {
    this.url = url;
    this.samples = [];
    this.offset = Date.now() - performance.now();
    this.shown = 0;
  }

  /** Milliseconds since 1970 as the server counts them; it never goes back by less than a second. */
  now() {
    const now = performance.now() + this.offset;
    this.shown = now > this.shown || this.shown - now > 1000 ? now : this.shown;
    return this.shown;
  }

  async begin() {
    for (let count = 0; count < FIRST; count += 1) {
      await this.sample();
      await new Promise((done) => setTimeout(done, 120));
    }
    if (!this.timer) this.timer = setInterval(() => this.sample(), EVERY);
  }

  async sample() {
    const sent = performance.now();
    let server;
    try {
      const answer = await fetch(this.url, { cache: "no-store" });
      if (!answer.ok) return;
      server = Number(await answer.text());
    } catch {
      return; // the line is cut; the feed says so, and the next sample comes
    }
    const came = performance.now();
    if (!Number.isFinite(server)) return;
    this.samples.push({ trip: came - sent, offset: server - (sent + came) / 2 });
    if (this.samples.length > KEPT) this.samples.shift();
    this.offset = this.samples.reduce((best, one) => (one.trip < best.trip ? one : best)).offset;
  }
}
