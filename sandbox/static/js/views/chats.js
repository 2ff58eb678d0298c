// The chats of the person one is, the newest first.

import { el, keyed, setAttr, setText } from "../dom.js";
import { fullName, listTime } from "../format.js";
import { t } from "../texts.js";
import { avatar } from "./avatar.js";
import { serviceWords, summary } from "./bubble.js";

export class Chats {
  /** @param {{open: (id: number) => void, titleOf: (chat: object) => string}} acts */
  constructor(acts) {
    this.acts = acts;
    this.list = el("ul", { data: { testid: "chats" } });
    this.none = el("p", { class: "nothing", hidden: true });
    this.node = el("nav", { class: "chats scrolls" }, this.list, this.none);
    this.list.addEventListener("keydown", (event) => this.keyed(event));
  }

  paint(chats, shown, me) {
    setAttr(this.node, "aria-label", t("chats"));
    this.none.hidden = chats.length > 0;
    setText(this.none, t("noChats"));
    keyed(
      this.list,
      chats,
      (chat) => `${chat.id}:${this.acts.titleOf(chat)}`,
      (chat) => this.make(chat),
      (node, chat) => this.patch(node.firstElementChild, chat, shown, me),
    );
  }

  make(chat) {
    const name = this.acts.titleOf(chat);
    const button = el(
      "button",
      { type: "button", class: "chat", data: { chatId: chat.id, testid: "chat" }, on: { click: () => this.acts.open(chat.id) } },
      avatar({ id: chat.id, name, kind: chat.type === "private" ? "bot" : "group" }),
      el(
        "span",
        { class: "chat-words" },
        el("span", { class: "chat-line" }, el("span", { class: "chat-title" }, name), el("span", { class: "chat-time" })),
        el(
          "span",
          { class: "chat-line" },
          el("span", { class: "chat-last" }),
          el("span", { class: "unread", hidden: true, data: { testid: "unread" } }),
        ),
      ),
    );
    return el("li", {}, button);
  }

  patch(node, chat, shown, me) {
    setAttr(node, "aria-current", shown.includes(chat.id) ? "true" : null);
    const last = chat.last_message;
    setText(node.querySelector(".chat-time"), last ? listTime(last.date) : "");
    const words = last ? summary(last) : t("noMessages");
    const who = last && chat.type !== "private" && !serviceWords(last) ? speaker(last, me) : "";
    const line = node.querySelector(".chat-last");
    if (line.dataset.words !== `${who}|${words}`) {
      line.dataset.words = `${who}|${words}`;
      line.replaceChildren(...(who ? [el("b", {}, `${who}: `)] : []), words);
    }
    const unread = node.querySelector(".unread");
    unread.hidden = !chat.unread;
    setText(unread, String(chat.unread || ""));
    setAttr(unread, "aria-label", chat.unread ? t("unreadCount", { n: chat.unread }) : null);
  }

  keyed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.list.querySelectorAll(".chat")];
    all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
  }
}

const speaker = (message, me) => (message.from?.id === me ? t("you") : fullName(message.from));
