// One chat on the screen: its head, messages, whose seat this is, writing, and the toasts over it.

import { el, setAttr, setText } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../texts.js";
import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { Toasts } from "./overlays.js";
import { SeatBar } from "./seats.js";
import { Thread } from "./thread.js";

export class Pane {
  /**
   * @param {string} slot "main" or "side"
   * @param {object} session what can be done (session.js)
   * @param {() => void} back leave the chat on a phone
   */
  constructor(slot, session, back) {
    this.session = session;
    this.state = session.state;
    this.chatId = null;
    this.toasts = new Toasts();
    this.thread = new Thread({
      press: (message, row, col) => session.presses.press(message, row, col, this.toasts),
      isPending: (message, row, col) => session.presses.isPending(message, row, col),
      isBusy: (message) => session.presses.busy(message),
      older: () => void session.older(this.chatId),
      follow: (url) => session.follow(url),
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.startEdit(message),
      openPhoto: session.openPhoto,
      command: (text) => this.send(text),
    });
    this.composer = new Composer({
      send: (text, replyTo) => this.send(text, replyTo),
      sendFile: (what) => session.sendFile(this.chatId, what, this.toasts),
      edit: (message, text) => session.edit(message, text, this.toasts),
      commands: () => session.commands(this.state.chat(this.chatId)),
      lastOwn: () => this.lastOwn(),
    });
    this.seatBar = new SeatBar(session);
    this.face = el("span");
    this.title = el("h2");
    this.subtitle = el("p");
    this.back = el("button", { type: "button", class: "round pane-back", on: { click: back } }, icon("back"));
    this.meFace = el("span");
    this.me = el("button", { type: "button", class: "me", data: { testid: "me" }, on: { click: back } }, this.meFace);
    this.stopper = el(
      "button",
      { type: "button", class: "round", data: { testid: "stop-bot" }, on: { click: () => session.setBlocked(true, this.toasts) } },
      icon("stopped"),
    );
    const head = el("header", { class: "pane-head" }, this.back, this.face, el("div", { class: "pane-name" }, this.title, this.subtitle), this.stopper, this.me);
    this.unblock = el("button", { type: "button", class: "solid", on: { click: () => session.setBlocked(false, this.toasts) } });
    this.blockedWords = el("span");
    this.blocked = el("div", { class: "seatbar blocked", hidden: true, data: { testid: "blocked" } }, icon("stopped"), this.blockedWords, this.unblock);
    this.composer.node.prepend(this.seatBar.node, this.blocked);
    this.node = el(
      "section",
      { class: "pane", hidden: true, data: { pane: slot, testid: "pane" } },
      head,
      this.thread.node,
      this.composer.node,
      this.toasts.node,
    );
    this.acceptDrops();
  }

  /** Show this chat as this person; called again whenever something of it changed. */
  show(chatId) {
    const place = `${this.state.me}:${chatId}`;
    this.node.hidden = chatId === null;
    if (chatId === null) return;
    if (this.place !== place) {
      this.place = place;
      this.chatId = chatId;
      this.node.dataset.chatId = chatId;
      this.thread.reset();
      this.toasts.node.replaceChildren();
    }
    this.composer.moveTo(place);
    this.paint();
  }

  paint() {
    if (this.chatId === null) return;
    this.paintHead();
    this.paintThread();
    this.composer.paint();
    this.seatBar.paint(this.state.chat(this.chatId));
    this.node.dataset.drop = t("drop");
  }

  paintHead() {
    const chat = this.state.chat(this.chatId);
    if (!chat) return;
    const name = this.session.titleOf(chat);
    const kind = chat.type === "private" ? "bot" : "group";
    if (this.face.dataset.name !== `${kind}${name}`) {
      const face = avatar({ id: chat.id, name, kind });
      face.dataset.name = `${kind}${name}`;
      this.face.replaceWith(face);
      this.face = face;
    }
    setText(this.title, name);
    setText(this.subtitle, this.session.subtitleOf(chat));
    setAttr(this.node, "aria-label", name);
    setAttr(this.back, "aria-label", t("back"));
    this.paintMe();
    const begun = chat.type === "private" && Boolean(chat.last_message);
    this.stopper.hidden = !begun || chat.blocked;
    setAttr(this.stopper, "aria-label", t("stopBot"));
    setAttr(this.stopper, "title", t("stopBot"));
    this.composer.node.classList.toggle("shut", chat.blocked);
    this.blocked.hidden = !chat.blocked;
    setText(this.blockedWords, t("blocked"));
    setText(this.unblock, t("unblock"));
  }

  paintMe() {
    const { me } = this.state;
    const name = this.state.person(me)?.name ?? "";
    setAttr(this.me, "aria-label", t("asPerson", { name }));
    setAttr(this.me, "title", t("asPerson", { name }));
    if (this.meFace.dataset.of === `${me}:${name}`) return;
    const face = avatar({ id: me, name, size: "small" });
    face.dataset.of = `${me}:${name}`;
    this.meFace.replaceWith(face);
    this.meFace = face;
  }

  paintThread() {
    const chat = this.state.chat(this.chatId);
    const messages = this.state.messages(this.chatId);
    if (!chat || messages === null) return this.thread.instead(el("p", { class: "blank late" }, t("loading")));
    if (messages.length === 0) {
      this.thread.reset();
      this.thread.loaded = true;
      return this.thread.instead(this.empty(chat));
    }
    return this.thread.show(messages, { me: this.state.me, kind: chat.type });
  }

  empty(chat) {
    if (chat.type !== "private") return el("p", { class: "blank" }, t("noMessages"));
    const bot = this.session.titleOf(chat);
    const name = this.state.person(this.state.me)?.name ?? "";
    return el(
      "div",
      { class: "empty" },
      avatar({ id: 0, name: bot, kind: "bot" }),
      el("h3", {}, t("startTitle", { bot })),
      el("p", {}, t("startBody", { name })),
      el(
        "button",
        { type: "button", class: "solid", data: { testid: "start" }, on: { click: () => this.send("/start") } },
        t("start"),
      ),
    );
  }

  send(text, replyTo) {
    return this.session.say(this.chatId, text, replyTo, this.toasts);
  }

  lastOwn() {
    const own = (one) => one.from?.id === this.state.me && one.text !== undefined;
    return this.state.messages(this.chatId)?.findLast(own) ?? null;
  }

  acceptDrops() {
    const held = (event) => event.dataTransfer?.types.includes("Files");
    this.node.addEventListener("dragover", (event) => {
      if (!held(event)) return;
      event.preventDefault();
      this.node.classList.add("dropping");
    });
    this.node.addEventListener("dragleave", (event) => {
      if (!this.node.contains(event.relatedTarget)) this.node.classList.remove("dropping");
    });
    this.node.addEventListener("drop", (event) => {
      this.node.classList.remove("dropping");
      const [file] = event.dataTransfer?.files ?? [];
      if (!file) return;
      event.preventDefault();
      this.composer.takeAny(file);
    });
  }
}
