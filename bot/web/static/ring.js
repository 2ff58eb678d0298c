// The countdown: a ring with the seconds in it, and a bar; both follow the server's clock.

import { calm, el, setText, svg } from "./dom.js";
import { t } from "./words.js";

const EVERY = 38;
const ROUND = 2 * Math.PI * 44;

export class Ring {
  constructor(clock) {
    this.clock = clock;
    this.timer = null;
    this.ticked = -EVERY;
    this.circle = svg("circle", { class: "run", cx: 50, cy: 50, r: 44, "stroke-dasharray": ROUND });
    this.number = el("b", { data: { testid: "seconds" } });
    this.node = el(
      "div",
      { class: "ring", role: "timer", data: { testid: "ring" } },
      svg("svg", { viewBox: "0 0 100 100" }, svg("circle", { class: "track", cx: 50, cy: 50, r: 44 }), this.circle),
      this.number,
    );
    this.bar = el("div", { class: "bar" }, el("i"));
    this.tick = this.tick.bind(this);
    requestAnimationFrame(this.tick);
  }

  set(timer) {
    const same = timer && this.timer && timer.kind === this.timer.kind && timer.to === this.timer.to;
    if (!same) {
      this.timer = timer ? { ...timer, from: timer.from ?? this.clock.now() } : null;
      this.painted = null;
    }
    this.paint();
  }

  /** Some 25 times a second: a projector's computer may have to draw without a graphics card. */
  tick(at) {
    if (at - this.ticked < EVERY) return void requestAnimationFrame(this.tick);
    this.ticked = at;
    this.paint();
    requestAnimationFrame(this.tick);
  }

  paint() {
    const { timer } = this;
    this.node.classList.toggle("off", !timer);
    this.bar.classList.toggle("off", !timer);
    if (!timer) return;
    const now = this.clock.now();
    const left = Math.max(0, timer.to - now);
    const waits = now < timer.from;
    const whole = Math.max(1, timer.to - timer.from);
    let part = waits ? 1 : Math.min(1, left / whole);
    const seconds = Math.ceil(Math.min(left, whole) / 1000 - 0.02);
    if (calm()) part = Math.min(1, (seconds * 1000) / whole);
    const painted = `${seconds}|${part.toFixed(4)}`;
    if (painted === this.painted) return;
    this.painted = painted;
    setText(this.number, seconds < 100 ? String(Math.max(0, seconds)) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    this.number.classList.toggle("minutes", seconds >= 100);
    this.circle.setAttribute("stroke-dashoffset", String(ROUND * (1 - part)));
    this.bar.firstChild.style.transform = `scaleX(${part})`;
    const last = timer.kind !== "interval" && left <= 3000;
    this.node.classList.toggle("last", last);
    this.bar.classList.toggle("last", last);
    this.node.setAttribute("aria-label", `${Math.max(0, seconds)} ${t("seconds")}`);
  }
}
