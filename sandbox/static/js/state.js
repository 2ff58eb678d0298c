// What this visitor, as one person, knows: chats, their messages, what is pending. Views listen, nobody else writes.

const AT_FIRST = 80; // Messages fetched when a chat is opened; more come as one scrolls up.

export class State extends EventTarget {
  constructor() {
    super();
    this.scene = { people: [], groups: [], hints: [] };
    this.bot = null;
    this.people = [];
    this.me = null;
    this.chats = [];
    this.chosen = null;
    this.threads = new Map();
    this.pending = new Set();
    this.contest = null;
  }

  tell(topic, detail = {}) {
    this.dispatchEvent(new CustomEvent(topic, { detail }));
  }

  on(topic, act) {
    this.addEventListener(topic, (event) => act(event.detail));
  }

  /** Forget all that the former person saw. */
  become(me) {
    this.me = me;
    this.chats = [];
    this.threads.clear();
    this.pending.clear();
  }

  person(id) {
    return this.people.find((one) => one.id === id) ?? null;
  }

  chat(id) {
    return this.chats.find((one) => one.id === id) ?? null;
  }

  get privateChat() {
    return this.chats.find((one) => one.type === "private") ?? null;
  }

  /** The messages of a chat in order, without the deleted; null while they are not loaded. */
  messages(chatId) {
    const thread = this.threads.get(chatId);
    return thread?.loaded ? [...thread.all.values()].filter((one) => !one.deleted).sort(byId) : null;
  }

  thread(chatId) {
    if (!this.threads.has(chatId)) this.threads.set(chatId, { all: new Map(), heard: new Set(), loaded: false, limit: AT_FIRST, whole: false });
    return this.threads.get(chatId);
  }

  /** A fetched list and the live stream may overlap: the state with more edits is the newer one. */
  learn(message) {
    const { all, heard } = this.thread(message.chat_id);
    heard.add(message.message_id);
    const known = all.get(message.message_id);
    if (known?.deleted || (known && (known.edits ?? 0) > (message.edits ?? 0))) return false;
    all.set(message.message_id, message);
    return true;
  }

  /** A list of this chat's messages is on its way; what is heard from now on may be newer than it. */
  loading(chatId) {
    this.thread(chatId).heard.clear();
  }

  loaded(chatId, messages) {
    const thread = this.thread(chatId);
    const heard = [...thread.heard].map((id) => thread.all.get(id));
    thread.all = new Map(messages.map((message) => [message.message_id, message]));
    for (const message of heard) this.learn(message);
    thread.whole = messages.length < thread.limit;
    thread.loaded = true;
    this.tell("thread", { chatId });
  }

  forget(chatId, messageId) {
    const { all, heard } = this.thread(chatId);
    heard.add(messageId);
    const known = all.get(messageId) ?? { message_id: messageId, chat_id: chatId };
    all.set(messageId, { ...known, deleted: true });
    this.tell("thread", { chatId });
  }
}

const byId = (a, b) => a.message_id - b.message_id;
