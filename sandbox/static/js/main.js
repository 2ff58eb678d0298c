// Puts the page together: people, chats, one or two panes, and the address bar, which says who one is and where.

import { el, setAttr, setText } from "./dom.js";
import { Session } from "./session.js";
import { State } from "./state.js";
import { language, markDocument, onLanguage, sceneText, setLanguage, t } from "./texts.js";
import { TownError } from "./town.js";
import { Chats } from "./views/chats.js";
import { Hints } from "./views/hints.js";
import { Banner } from "./views/overlays.js";
import { Pane } from "./views/pane.js";
import { People } from "./views/people.js";
import { WatchCard } from "./views/seats.js";

const WIDE = matchMedia("(min-width: 1500px)");
const PHONE = matchMedia("(max-width: 760px)");

class Page {
  constructor() {
    this.state = new State();
    this.banner = new Banner();
    this.session = new Session(this.state, {
      connection: (word) => this.banner.show(word),
      panes: () => this.shownPanes(),
      go: (place) => this.go(place),
    });
    this.people = new People({
      choose: (me) => this.go({ me }),
      seatOf: (id) => (this.state.contest?.playing ? this.session.seatOf(id) : null),
    });
    this.chats = new Chats({ open: (chat) => this.go({ chat, typing: true }), titleOf: (chat) => this.session.titleOf(chat) });
    this.watch = new WatchCard(this.session);
    this.hints = new Hints({ follow: (hint) => this.go({ me: hint.user, chat: hint.chat, text: hint.text }) });
    this.panes = ["main", "side"].map((slot) => new Pane(slot, this.session, () => this.leaveChat()));
    this.build();
    this.listen();
  }

  build() {
    this.title = el("h1");
    this.tongues = ["zh", "en"].map((code) =>
      el(
        "button",
        { type: "button", lang: code, data: { language: code }, on: { click: () => setLanguage(code) } },
        code === "zh" ? "中文" : "EN",
      ),
    );
    this.tongue = el("div", { class: "tongue", role: "group" }, this.tongues);
    const brand = el("header", { class: "brand" }, el("img", { src: "/static/seal.svg", alt: "" }), this.title, this.tongue);
    const foot = el("div", { class: "foot scrolls" }, this.watch.node, this.hints.node);
    this.app = el(
      "div",
      { class: "app", data: { view: "list", both: "false", testid: "app" } },
      this.people.node,
      el("aside", { class: "side" }, brand, this.chats.node, foot),
      el("main", { class: "panes" }, this.panes.map((pane) => pane.node)),
    );
    document.body.replaceChildren(this.app, this.banner.node);
  }

  listen() {
    const { state } = this;
    state.on("chats", () => this.paintChats());
    state.on("thread", ({ chatId }) => this.panes.filter((pane) => pane.chatId === chatId).forEach((pane) => pane.paintThread()));
    state.on("commands", ({ chatId }) => this.paneOf(chatId)?.composer.commandsCame());
    state.on("me", () => this.paintPeople());
    state.on("contest", () => this.paintContest());
    onLanguage(() => this.paint());
    WIDE.addEventListener("change", () => this.place());
    PHONE.addEventListener("change", () => this.place());
    window.addEventListener("popstate", () => this.followAddress());
    document.addEventListener("visibilitychange", () => this.readShown());
  }

  async begin() {
    await this.session.begin();
    const start = this.state.scene.start ?? {};
    const asked = readAddress();
    const me = [asked.me, start.user, this.state.people[0]?.id].find((id) => this.state.person(id));
    if (!me) return this.paint();
    await this.session.become(me);
    const wanted = [asked.chat, start.chat].find((id) => this.state.chat(id));
    const chat = wanted ?? (PHONE.matches ? null : this.anyChat());
    this.state.chosen = PHONE.matches && !asked.chat ? null : chat;
    this.writeAddress(true);
    this.paint();
    return this.place();
  }

  anyChat() {
    return (this.state.chats.find((one) => one.type !== "private") ?? this.state.chats[0])?.id ?? null;
  }

  // ---- going somewhere ----

  /** Be somebody, open a chat, put words into its composer; what is not named stays as it is. */
  async go({ me, chat, text, typing = false }) {
    const { state } = this;
    const before = { me: state.me, chosen: state.chosen };
    if (me && me !== state.me && state.person(me)) {
      const kept = chat ?? state.chosen;
      const wasPrivate = state.chat(kept)?.type === "private";
      const entered = await this.session.try(() => this.session.become(me));
      if (!entered || state.me !== me) return;
      chat = wasPrivate ? me : kept;
    }
    if (chat && !state.chat(chat)) chat = this.anyChat();
    if (chat !== undefined) state.chosen = chat;
    else if (state.chosen && !state.chat(state.chosen)) state.chosen = this.anyChat();
    this.writeAddress(before.me === state.me && before.chosen === state.chosen);
    this.place();
    const pane = this.paneOf(state.chosen);
    if (text) pane?.composer.fill(text);
    else if (typing && !PHONE.matches && pane) pane.composer.focus();
  }

  leaveChat() {
    this.state.chosen = null;
    this.writeAddress(false);
    this.place();
  }

  writeAddress(replace) {
    const parts = new URLSearchParams({ as: String(this.state.me) });
    if (this.state.chosen) parts.set("chat", String(this.state.chosen));
    history[replace ? "replaceState" : "pushState"](null, "", `#${parts}`);
  }

  async followAddress() {
    const { me, chat } = readAddress();
    if (me && me !== this.state.me && this.state.person(me)) {
      if (!(await this.session.try(() => this.session.become(me)))) return;
    }
    this.state.chosen = this.state.chat(chat) ? chat : PHONE.matches ? null : this.anyChat();
    this.place();
  }

  /** Decide which chat stands in which pane. Wide: a group and beside it the private chat. */
  place() {
    const { state } = this;
    if (!PHONE.matches && state.chosen === null) state.chosen = this.anyChat();
    const beside = state.privateChat?.id ?? null;
    let main = state.chosen;
    let side = null;
    if (WIDE.matches && beside !== null) {
      if (main === beside) main = this.lastGroup ?? state.chats.find((one) => one.type !== "private")?.id ?? beside;
      if (!state.chat(main)) main = beside;
      if (main !== beside) side = beside;
    }
    if (state.chat(main) && main !== beside) this.lastGroup = main;
    this.app.dataset.view = state.chosen === null ? "list" : "chat";
    this.app.dataset.both = String(side !== null);
    this.panes[0].show(main);
    this.panes[1].show(side);
    this.paintChats();
    this.paintPeople();
    this.people.reveal();
    this.readShown();
  }

  shownPanes() {
    if (PHONE.matches && this.state.chosen === null) return [];
    return this.panes.filter((pane) => !pane.node.hidden && pane.chatId !== null);
  }

  paneOf(chatId) {
    return this.panes.find((pane) => !pane.node.hidden && pane.chatId === chatId) ?? null;
  }

  readShown() {
    if (document.hidden) return;
    for (const pane of this.shownPanes()) void this.session.look(pane.chatId);
  }

  // ---- painting ----

  paint() {
    markDocument();
    const name = sceneText(this.state.scene.title) || "Studyhall";
    this.title.replaceChildren(name, el("small", {}, t("sandbox")));
    document.title = name;
    setAttr(this.tongue, "aria-label", t("language"));
    for (const button of this.tongues) setAttr(button, "aria-pressed", String(button.dataset.language === language()));
    this.hints.paint(this.state.scene.hints);
    this.paintPeople();
    this.paintChats();
    this.paintContest();
    for (const pane of this.panes) pane.paint();
  }

  paintPeople() {
    this.people.paint(this.state.people, this.state.me);
  }

  paintChats() {
    this.chats.paint(this.state.chats, this.shownPanes().map((pane) => pane.chatId), this.state.me);
    for (const pane of this.shownPanes()) pane.paintHead();
  }

  paintContest() {
    this.watch.paint(this.state.contest, this.session.starting);
    this.paintPeople();
    for (const pane of this.shownPanes()) pane.seatBar.paint(this.state.chat(pane.chatId));
  }
}

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const number = (name) => Number(parts.get(name)) || undefined;
  return { me: number("as"), chat: number("chat") };
}

function failure(error) {
  const again = el("button", { type: "button", class: "solid", on: { click: () => location.reload() } }, t("retry"));
  const words = el("p");
  setText(words, t("unreachableBody"));
  document.body.replaceChildren(
    el("div", { class: "failed", role: "alert" }, el("h1", {}, t("unreachable")), words, el("p", {}, error.message), again),
  );
}

async function begin() {
  markDocument();
  const page = new Page();
  try {
    await page.begin();
  } catch (error) {
    if (!(error instanceof TownError)) throw error;
    failure(error);
  }
}

await begin();
