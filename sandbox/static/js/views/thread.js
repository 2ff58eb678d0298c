// The messages of one chat, newest at the bottom; it stays there by itself while the reader is there.

import { el, keyed, setAttr, setText } from "../dom.js";
import { dayKey, dayName } from "../format.js";
import { icon } from "../icons.js";
import { t } from "../texts.js";
import { bubble, forgetWidth, patchBubble, serviceWords } from "./bubble.js";

const NEAR = 80; // Pixels from the end that still count as being there.
const OLDER = 400; // Pixels from the top at which older messages are fetched.
const RUN = 300; // Seconds within which messages of one sender belong together.

export class Thread {
  /** @param {object} acts see bubble.js */
  constructor(acts) {
    this.acts = { ...acts, jump: (id) => this.jump(id) };
    this.pinned = true;
    this.placed = 0;
    this.missed = 0;
    this.seen = new Set();
    this.inner = el("div", { class: "thread-inner", role: "log", data: { testid: "messages" } });
    this.scroller = el("div", { class: "thread scrolls", tabindex: "-1" }, this.inner);
    this.count = el("span", { class: "unread", hidden: true });
    this.down = el(
      "button",
      { type: "button", class: "down", hidden: true, on: { click: () => this.toEnd() } },
      icon("down"),
      this.count,
    );
    this.node = el("div", { class: "thread-wrap" }, this.scroller, this.down);
    this.mark();
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.stay()).observe(this.inner);
    new ResizeObserver(() => this.resized()).observe(this.scroller);
  }

  /** Another chat, or another person: start from its end. */
  reset() {
    this.pinned = true;
    this.missed = 0;
    this.seen.clear();
    this.loaded = false;
    this.inner.replaceChildren();
  }

  /**
   * @param {object[]} messages in order, the deleted ones left out
   * @param {{me: number, kind: string}} view
   */
  show(messages, { me, kind }) {
    this.scroller.dataset.kind = kind;
    const items = rows(messages, me, kind !== "private");
    const height = this.scroller.scrollHeight;
    const above = this.loaded && messages.length > 0 && messages[0].message_id < this.oldest;
    this.oldest = messages[0]?.message_id ?? 0;
    const fresh = this.loaded ? messages.filter((one) => !this.seen.has(one.message_id)) : [];
    for (const one of messages) this.seen.add(one.message_id);
    keyed(this.inner, items, (item) => item.key, (item) => this.make(item), (node, item) => this.patch(node, item));
    if (above && !this.pinned) this.scroller.scrollTop += this.scroller.scrollHeight - height;
    else if (fresh.length) this.arrived(fresh, me, height);
    this.loaded = true;
    this.newest = messages.at(-1)?.message_id ?? 0;
    this.stay();
  }

  make(item) {
    if (item.type !== "message") return el("div", { class: item.type, data: { testid: item.type } });
    const node = bubble(this.acts);
    if (this.loaded && item.message.message_id > this.newest) {
      node.classList.add("fresh");
      node.addEventListener("animationend", () => node.classList.remove("fresh"), { once: true });
    }
    return node;
  }

  patch(node, item) {
    if (item.type === "message") patchBubble(node, item, this.acts);
    else setText(node, item.words);
    if (item.type === "service") node.dataset.messageId = item.message.message_id;
  }

  arrived(fresh, me, heightBefore) {
    if (fresh.some((one) => one.from?.id === me)) this.pinned = true;
    if (this.pinned) {
      const grown = this.scroller.scrollHeight - heightBefore;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (grown > 0 && grown < 500 && !calm && !document.hidden) {
        this.inner.animate([{ transform: `translateY(${grown}px)` }, { transform: "none" }], {
          duration: 220,
          easing: "cubic-bezier(.2,.7,.3,1)",
        });
      }
      return;
    }
    this.missed += fresh.filter((one) => one.from?.id !== me).length;
    this.mark();
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // A scroll event that we caused may come after more has been added: only moving up leaves the end.
    const stayed = this.pinned && scrollTop >= this.placed - 1;
    this.pinned = stayed || scrollHeight - clientHeight - scrollTop < NEAR;
    if (scrollTop < OLDER && !this.pinned) this.acts.older();
    if (this.pinned) this.missed = 0;
    this.mark();
  }

  mark() {
    setAttr(this.down, "aria-label", t("newest"));
    this.down.hidden = this.pinned;
    this.count.hidden = this.missed === 0;
    setText(this.count, String(this.missed));
  }

  stay() {
    if (!this.pinned) return;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.placed = this.scroller.scrollTop;
  }

  resized() {
    const width = this.scroller.clientWidth;
    if (this.width !== width) for (const node of this.inner.children) forgetWidth(node);
    this.width = width;
    this.stay();
  }

  toEnd() {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: "smooth" });
  }

  jump(messageId) {
    const node = this.inner.querySelector(`[data-message-id="${Number(messageId)}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1200);
  }

  /** Put something instead of messages: an invitation to begin, or a word that it is loading. */
  instead(node) {
    this.inner.replaceChildren(node);
  }
}

/** What stands under each other: days, service lines, messages with their place in the run of one sender. */
function rows(messages, me, crowd) {
  const items = [];
  const words = { today: t("today"), yesterday: t("yesterday") };
  let day = null;
  let previous = null;
  for (const message of messages) {
    const key = dayKey(message.date);
    if (key !== day) {
      items.push({ type: "day", key: `day-${key}`, words: dayName(message.date, words) });
      day = key;
      previous = null;
    }
    const service = serviceWords(message);
    if (service) {
      items.push({ type: "service", key: message.message_id, words: service, message });
      previous = null;
      continue;
    }
    const joined =
      previous && previous.message.from?.id === message.from?.id && message.date - previous.message.date < RUN;
    if (joined) previous.last = false;
    const own = message.from?.id === me;
    previous = { type: "message", key: message.message_id, message, first: !joined, last: true, own, crowd };
    items.push(previous);
  }
  return items;
}
