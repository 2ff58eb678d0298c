// Pressing the bot's buttons: a press shows at once, until the bot has answered or has been silent for long.

import { t } from "./texts.js";
import * as town from "./town.js";
import { alertBox } from "./views/overlays.js";

const ANSWER_WITHIN = 12_000; // After that (ms) a press stops showing that it waits; the answer may still come.
const EARLY = 50; // Answers kept whose press is not known (yet): the stream may be faster, or another tab pressed.

export class Presses {
  /** @param {object} session whose person presses */
  constructor(session) {
    this.session = session;
    this.state = session.state;
    this.waiting = new Map();
    this.early = new Map();
    this.timers = new Map();
  }

  /** Somebody else now: what the former one pressed is no longer shown. */
  forget() {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const kept of [this.waiting, this.early, this.timers]) kept.clear();
  }

  async press(message, row, col, toasts) {
    const key = keyOf(message, row, col);
    if (this.state.pending.has(key)) return;
    this.begin(key, message.chat_id, toasts);
    const { me } = this.state;
    const worked = await this.session.try(async () => {
      const pressed = await town.press(me, message.chat_id, message.message_id, row, col);
      if (this.state.me !== me) return;
      const id = pressed.callback_query_id;
      this.waiting.set(id, { key, chatId: message.chat_id, toasts });
      const early = this.early.get(id);
      this.early.delete(id);
      if (early) this.answered(early);
    }, toasts);
    if (!worked) this.end(key, message.chat_id);
  }

  isPending(message, row, col) {
    return this.state.pending.has(keyOf(message, row, col));
  }

  /** The buttons of this message that wait, as one word. */
  busy(message) {
    const start = keyOf(message, "", "").slice(0, -1);
    return [...this.state.pending].filter((key) => key.startsWith(start)).join();
  }

  /** The bot answered a press. */
  answered(data) {
    const press = this.waiting.get(data.callback_query_id);
    if (!press) return this.keepEarly(data);
    this.waiting.delete(data.callback_query_id);
    this.end(press.key, press.chatId);
    if (data.url) this.session.follow(data.url);
    if (data.text && data.show_alert) alertBox(this.session.botName, data.text);
    else if (data.text) press.toasts.show(data.text);
    return undefined;
  }

  keepEarly(data) {
    this.early.set(data.callback_query_id, data);
    if (this.early.size > EARLY) this.early.delete(this.early.keys().next().value);
  }

  begin(key, chatId, toasts) {
    this.state.pending.add(key);
    this.state.tell("thread", { chatId });
    const silent = () => {
      this.end(key, chatId);
      toasts.show(t("unanswered"));
    };
    this.timers.set(key, setTimeout(silent, ANSWER_WITHIN));
  }

  end(key, chatId) {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    if (this.state.pending.delete(key)) this.state.tell("thread", { chatId });
  }
}

const keyOf = (message, row, col) => `${message.chat_id}:${message.message_id}:${row}:${col}`;
