// What lies over the chat: toasts, the bot's alerts, a photo in full, the word that the connection is lost.

import { el, setText } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../texts.js";

const TOAST_FOR = 4200;
const READING = 55; // Milliseconds a character, for the long ones.
const BACK_FOR = 1600;

export class Toasts {
  constructor() {
    this.node = el("div", { class: "toasts", role: "status", "aria-live": "polite", data: { testid: "toasts" } });
  }

  show(text, kind = "bot") {
    const toast = el("div", { class: "toast", data: { testid: "toast", kind } }, text);
    // As in Telegram, the newest word takes the place of the one before.
    this.node.replaceChildren(toast);
    const leave = () => {
      toast.classList.add("leaving");
      setTimeout(() => toast.remove(), 260);
    };
    const timer = setTimeout(leave, Math.max(TOAST_FOR, text.length * READING));
    toast.addEventListener("click", () => {
      clearTimeout(timer);
      leave();
    });
  }
}

/** An answer that the bot wants to be read: it stays until it is dismissed. */
export function alertBox(title, text) {
  const ok = el("button", { class: "solid", value: "ok" }, t("ok"));
  const heading = el("h3", {}, title);
  const box = el(
    "dialog",
    { "aria-label": title, data: { testid: "alert" } },
    el("div", { class: "alert" }, heading, el("p", {}, text), el("form", { method: "dialog" }, ok)),
  );
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

export function viewPhoto(address) {
  const shut = el("button", { type: "button", class: "round", "aria-label": t("close") }, icon("close"));
  const box = el(
    "dialog",
    { class: "viewer", "aria-label": t("photo"), data: { testid: "viewer" } },
    el("img", { src: address, alt: t("photo") }),
    shut,
  );
  box.addEventListener("click", (event) => {
    if (event.target.tagName !== "IMG") box.close();
  });
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

export class Banner {
  constructor() {
    this.words = el("span");
    this.mark = el("span", { class: "spin" });
    this.node = el(
      "div",
      { class: "banner", role: "status", hidden: true, data: { testid: "connection" } },
      this.mark,
      this.words,
    );
  }

  /** @param {"open"|"lost"|"back"} state */
  show(state) {
    clearTimeout(this.timer);
    this.node.hidden = state === "open";
    this.node.dataset.state = state;
    if (state === "open") return;
    const mark = state === "lost" ? el("span", { class: "spin" }) : icon("check");
    this.mark.replaceWith(mark);
    this.mark = mark;
    setText(this.words, t(state === "lost" ? "lost" : "restored"));
    if (state === "back") this.timer = setTimeout(() => this.show("open"), BACK_FOR);
  }
}
