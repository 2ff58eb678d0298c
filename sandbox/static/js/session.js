// What a visitor can do, and what comes of it. The only place that talks to the sandbox and changes the state.

import { Stream } from "./events.js";
import { fullName } from "./format.js";
import { Presses } from "./presses.js";
import { sceneText, t } from "./texts.js";
import * as town from "./town.js";
import { viewPhoto } from "./views/overlays.js";

const OPEN_WITHIN = 3_000;
const BUSY_FOR = 5_000; // As in Telegram: "typing" fades by itself.

export class Session {
  /** @param {{connection: (state: string) => void, panes: () => object[], go: (place: object) => void}} ui */
  constructor(state, ui) {
    this.state = state;
    this.ui = ui;
    this.openPhoto = viewPhoto;
    this.presses = new Presses(this);
    this.commandLists = new Map();
    this.starting = false;
  }

  /** Learn who there is. Throws a TownError if the sandbox does not answer. */
  async begin() {
    const [scene, users, players] = await Promise.all([town.scene(), town.users(), town.players()]);
    const { state } = this;
    state.scene = { people: [], groups: [], hints: [], ...scene };
    const known = new Map(users.map((one) => [one.id, one]));
    const listed = state.scene.people?.length ? state.scene.people.filter((one) => known.has(one.id)) : users;
    state.people = listed.map((one) => ({ ...one, name: sceneText(one.name) || fullName(known.get(one.id) ?? one) }));
    state.contest = players;
    if (!users.length) return;
    const beside = await town.members(users[0].id); // a private chat: one person and the bot
    state.bot = beside.map((one) => one.user).find((one) => one.is_bot) ?? null;
  }

  // ---- being somebody ----

  async become(id) {
    const { state } = this;
    this.stream?.close();
    this.presses.forget();
    this.commandLists.clear();
    state.become(id);
    state.tell("me");
    this.stream = new Stream(id, {
      on: (kind, data) => this.heard(kind, data),
      state: (word) => this.ui.connection(word),
      afresh: () => this.afresh(),
      refused: () => this.refused(),
    });
    await Promise.race([this.stream.ready, new Promise((resolve) => setTimeout(resolve, OPEN_WITHIN))]);
    await this.loadChats();
  }

  async afresh() {
    await this.try(async () => {
      await this.begin();
      await this.loadChats();
      this.state.tell("contest");
      const shown = this.ui.panes().map((pane) => pane.chatId);
      for (const chatId of this.state.threads.keys()) if (!shown.includes(chatId)) this.state.threads.delete(chatId);
      await Promise.all(shown.map((chatId) => this.loadMessages(chatId)));
    });
  }

  /** The sandbox would not open the stream: perhaps it was started anew, without the person one is. */
  async refused() {
    const everyone = await town.users().catch(() => null);
    if (everyone && !everyone.some((one) => one.id === this.state.me)) location.replace(location.pathname);
  }

  /** Fetch the list of chats; asked for again meanwhile, it is fetched once more, not many times. */
  loadChats() {
    this.chatsWanted = true;
    this.chatsComing ??= this.fetchChats().finally(() => {
      this.chatsComing = null;
    });
    return this.chatsComing;
  }

  async fetchChats() {
    while (this.chatsWanted) {
      this.chatsWanted = false;
      const { me } = this.state;
      const chats = await town.chats(me);
      if (this.state.me === me) this.gotChats(chats);
      else this.chatsWanted = true;
    }
  }

  gotChats(chats) {
    const { state } = this;
    const moved = chats.find((one) => one.id === state.chosen)?.migrated_to;
    state.chats = chats.filter((one) => one.migrated_to === null);
    this.sortChats();
    state.tell("chats");
    if (moved) this.ui.go({ chat: moved });
    for (const chat of state.chats) if (chat.unread && this.inView(chat.id)) this.read(chat);
  }

  async loadMessages(chatId) {
    const { me } = this.state;
    this.state.loading(chatId);
    const found = await town.messages(me, chatId, this.state.thread(chatId).limit);
    if (this.state.me === me) this.state.loaded(chatId, found);
  }

  /** Somebody reads upwards: fetch three times as much. */
  async older(chatId) {
    const thread = this.state.thread(chatId);
    if (thread.whole || thread.coming || !thread.loaded) return;
    thread.coming = true;
    thread.limit *= 3;
    await this.try(() => this.loadMessages(chatId));
    thread.coming = false;
  }

  /** The chat comes into view: fetch it once, and from then on it counts as read. */
  async look(chatId) {
    const chat = this.state.chat(chatId);
    if (!chat) return;
    if (!this.state.thread(chatId).loaded) await this.try(() => this.loadMessages(chatId));
    this.read(chat);
    void this.loadCommands(chat);
  }

  read(chat) {
    if (!chat.unread) return;
    chat.unread = 0;
    this.state.tell("chats");
    void this.try(() => town.read(this.state.me, chat.id));
  }

  // ---- what is heard ----

  heard(kind, data) {
    const { state } = this;
    switch (kind) {
      case "message":
      case "edit":
        return this.heardMessage(kind, data);
      case "delete":
        return state.forget(data.chat_id, data.message_id);
      case "toast":
        return this.presses.answered(data);
      case "chat":
      case "members":
        return void this.try(() => this.loadChats());
      case "action":
        return this.busy(data.chat_id);
      case "players":
        state.contest = data;
        return state.tell("contest");
      default:
        return undefined;
    }
  }

  heardMessage(kind, message) {
    const { state } = this;
    if (!state.learn(message)) return;
    const chat = state.chat(message.chat_id);
    if (chat) this.noteLast(chat, kind, message);
    state.tell("thread", { chatId: message.chat_id });
    if (!chat) void this.try(() => this.loadChats());
  }

  /** The bot is about to say something. */
  busy(chatId) {
    const chat = this.state.chat(chatId);
    if (!chat) return;
    clearTimeout(chat.idle);
    chat.busy = true;
    chat.idle = setTimeout(() => this.idle(chat), BUSY_FOR);
    this.state.tell("chats");
  }

  idle(chat) {
    clearTimeout(chat.idle);
    if (!chat.busy) return;
    chat.busy = false;
    this.state.tell("chats");
  }

  noteLast(chat, kind, message) {
    const { state } = this;
    if (message.from?.is_bot) this.idle(chat);
    const newest = chat.last_message?.message_id ?? 0;
    if (message.message_id >= newest) chat.last_message = message;
    if (kind === "message" && message.message_id > newest && message.from?.id !== state.me) {
      if (this.inView(chat.id)) void this.try(() => town.read(state.me, chat.id));
      else chat.unread = (chat.unread ?? 0) + 1;
    }
    this.sortChats();
    state.tell("chats");
  }

  inView(chatId) {
    return !document.hidden && this.ui.panes().some((pane) => pane.chatId === chatId);
  }

  sortChats() {
    const at = (chat) => chat.last_message?.date ?? 0;
    this.state.chats.sort((a, b) => at(b) - at(a) || a.title?.localeCompare(b.title ?? "") || 0);
  }

  // ---- doing ----

  say(chatId, text, replyTo, toasts) {
    return this.try(() => town.say(this.state.me, chatId, text, replyTo), toasts);
  }

  sendFile(chatId, what, toasts) {
    return this.try(() => town.sendFile(this.state.me, chatId, what), toasts);
  }

  edit(message, text, toasts) {
    return this.try(() => town.edit(this.state.me, message.chat_id, message.message_id, text), toasts);
  }

  /** A link to the bot itself (t.me/NAME?start=CODE) leads into the private chat; whether this is one. */
  follow(url) {
    const name = this.state.bot?.username;
    const found = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)(?:\?start=([\w-]*))?$/i.exec(url);
    if (!found || found[1].toLowerCase() !== name?.toLowerCase()) return false;
    const { me } = this.state;
    this.ui.go({ chat: me });
    void this.say(me, found[2] ? `/start ${found[2]}` : "/start");
    return true;
  }

  setBlocked(blocked, toasts) {
    return this.try(() => town.block(this.state.me, blocked), toasts);
  }

  // ---- the contest that plays itself ----

  seatOf(userId) {
    const { contest } = this.state;
    if (!contest) return null;
    return [contest.host, ...(contest.seats ?? [])].find((one) => one?.user_id === userId) ?? null;
  }

  async watch(show = {}) {
    if (this.starting) return;
    this.starting = true;
    this.state.tell("contest");
    await this.direct({ action: "watch", ...show });
    this.starting = false;
    this.state.tell("contest");
    const group = this.state.contest?.contest?.group;
    if (this.state.contest?.playing && group && this.state.chat(group)) this.ui.go({ chat: group });
  }

  stopWatching() {
    return this.direct({ action: "stop" });
  }

  async takeSeat(userId) {
    const worked = await this.direct({ action: "seat", user_id: userId });
    if (worked) this.ui.go({ me: userId, chat: this.state.contest?.contest?.group });
  }

  leaveSeat(userId) {
    return this.direct({ action: "leave", user_id: userId });
  }

  direct(order) {
    return this.try(async () => {
      this.state.contest = await town.direct(order);
      this.state.tell("contest");
    });
  }

  // ---- words ----

  get botName() {
    return this.state.bot ? fullName(this.state.bot) : t("bot");
  }

  titleOf(chat) {
    return chat.type === "private" ? this.botName : (chat.title ?? "");
  }

  subtitleOf(chat) {
    if (chat.busy) return t("typing");
    if (chat.type !== "private") return t("members", { n: chat.members });
    return t("privateChat");
  }

  async loadCommands(chat) {
    const key = `${this.state.me}:${chat.id}`;
    await this.try(async () => {
      const found = await town.commands(this.state.me, chat.id);
      if (JSON.stringify(found) === JSON.stringify(this.commandLists.get(key))) return;
      this.commandLists.set(key, found);
      this.state.tell("commands", { chatId: chat.id });
    });
  }

  /** The bot's commands in this chat for this person, as they were last fetched. */
  commands(chat) {
    void this.loadCommands(chat);
    return this.commandLists.get(`${this.state.me}:${chat.id}`) ?? [];
  }

  /** Whether it worked; if not, the visitor is told why. */
  async try(act, toasts = this.ui.panes()[0]?.toasts) {
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof town.TownError)) throw error;
      const why = error.status === 0 ? t("unreachable") : error.message;
      toasts?.show(t("failed", { why }), "trouble");
      return false;
    }
  }
}
