// One message. Edits patch it in place: only the part that changed is replaced, and it never gets narrower, so that a
// card which counts up does not tremble.

import { el, setAttr, setText } from "../dom.js";
import { rich } from "../entities.js";
import { clockTime, fullName, fullTime, tone } from "../format.js";
import { icon } from "../icons.js";
import { language, t } from "../texts.js";
import { avatar } from "./avatar.js";
import { keyboard, patchKeyboard } from "./keyboard.js";
import { mediaNode, mediaOf, mediaWords, photoWidth } from "./media.js";

/** One line for lists and quotations. */
export function summary(message) {
  const media = mediaOf(message);
  const words = (message.text ?? message.caption ?? "").replace(/\s+/g, " ").trim();
  if (media && words) return `[${mediaWords(media)}] ${words}`;
  if (media) return `[${mediaWords(media)}]`;
  return words || serviceWords(message) || "";
}

/** What a service message says; null if it is none. */
export function serviceWords(message) {
  if (message.new_chat_members) {
    return t("newPeople", { names: message.new_chat_members.map(fullName).join("、") });
  }
  if (message.left_chat_member) return t("leftPerson", { name: fullName(message.left_chat_member) });
  if (message.pinned_message) return t("pinned", { name: fullName(message.from) });
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("migrated");
  if (message.group_chat_created || message.supergroup_chat_created) return t("created");
  const plain = message.text !== undefined || message.caption !== undefined || mediaOf(message);
  return plain ? null : t("serviceOther");
}

/**
 * @param {object} acts what can be done: press, isPending, isBusy, reply, edit, openPhoto, command, follow, jump
 */
export function bubble(acts) {
  const parts = {
    avatar: el("span"),
    from: el("div", { class: "from" }),
    quoted: el("span", { hidden: true }),
    media: el("span", { hidden: true }),
    text: el("div", { class: "text", dir: "auto", data: { testid: "text" } }),
    reactions: el("div", { class: "reactions", hidden: true, data: { testid: "reactions" } }),
    edited: el("span", { class: "edited", hidden: true }),
    time: el("time"),
    keys: keyboard(),
    reply: el("button", { type: "button" }, icon("reply")),
    edit: el("button", { type: "button" }, icon("edit")),
  };
  const stamp = el("span", { class: "stamp" }, parts.edited, parts.time);
  const box = el("div", { class: "bubble" }, parts.from, parts.quoted, parts.media, parts.text, parts.reactions, stamp);
  const body = el("div", { class: "body" }, box, parts.keys);
  const node = el(
    "article",
    { class: "msg", data: { testid: "message" } },
    parts.avatar,
    body,
    el("div", { class: "acts" }, parts.reply, parts.edit),
  );
  node.parts = { ...parts, box, body, stamp };
  parts.reply.addEventListener("click", () => acts.reply(node.message));
  parts.edit.addEventListener("click", () => acts.edit(node.message));
  return node;
}

/**
 * Bring a bubble up to date.
 * @param {{message: object, first: boolean, last: boolean, own: boolean, crowd: boolean}} item `crowd`: names are shown
 */
export function patchBubble(node, item, acts) {
  const { message, first, last, own, crowd } = item;
  const { parts } = node;
  const known = node.message;
  // A chat of hundreds is looked through at every event: what is the same needs no second look.
  const sign = [first, last, own, crowd, language(), acts.isBusy(message)].join();
  if (known === message && node.sign === sign) return;
  node.sign = sign;
  const edited = known && known !== message && known.edits !== message.edits;
  const before = edited ? node.getBoundingClientRect() : null;
  if (edited) keepWidth(parts);
  node.message = message;
  node.dataset.messageId = message.message_id;
  node.dataset.chatId = message.chat.id;
  node.dataset.from = message.from?.id ?? "";
  node.dataset.edits = message.edits ?? 0;
  node.classList.toggle("own", own);
  node.classList.toggle("first", first);
  node.classList.toggle("last", last);
  patchSender(node, message, { first, last, own, crowd });
  patchQuoted(parts, message, acts);
  patchMedia(parts, message, acts);
  patchText(parts, message, acts);
  patchReactions(parts, message);
  patchStamp(parts, message);
  patchKeyboard(parts.keys, message, acts);
  parts.keys.hidden = parts.keys.childElementCount === 0;
  for (const [part, words] of [[parts.reply, t("reply")], [parts.edit, t("edit")]]) {
    setAttr(part, "aria-label", words);
    setAttr(part, "title", words);
  }
  parts.edit.hidden = !(own && message.text !== undefined);
  if (before) settle(node, before.height);
}

function patchSender(node, message, { first, last, own, crowd }) {
  const { parts } = node;
  const who = message.from;
  const name = fullName(who);
  const sign = `${who?.id}:${name}:${last}:${crowd && !own}`;
  if (node.sender !== sign) {
    node.sender = sign;
    const shown = crowd && !own;
    const fresh = shown ? avatar({ id: who?.id, name, kind: who?.is_bot ? "bot" : "person", size: "small" }) : el("span");
    fresh.hidden = !shown;
    if (!last) fresh.style.visibility = "hidden";
    parts.avatar.replaceWith(fresh);
    parts.avatar = fresh;
    parts.from.className = `from ${who?.is_bot ? "bot-tone" : tone(who?.id)}`;
  }
  const label = `${name}|${who?.is_bot ? t("bot") : ""}`;
  if (parts.from.dataset.label !== label) {
    parts.from.dataset.label = label;
    parts.from.replaceChildren(el("span", {}, name), ...(who?.is_bot ? [el("span", { class: "tag" }, t("bot"))] : []));
  }
  parts.from.hidden = own || !crowd || !first;
  setAttr(node, "aria-label", `${name}, ${clockTime(message.date)}`);
}

function patchQuoted(parts, message, acts) {
  const quoted = message.reply_to_message;
  const sign = quoted ? `${quoted.message_id}:${fullName(quoted.from)}:${summary(quoted)}` : "";
  if (parts.quoted.dataset.sign === sign) return;
  const fresh = quoted
    ? el(
        "button",
        { type: "button", class: "quoted", on: { click: () => acts.jump(quoted.message_id) } },
        el("b", {}, fullName(quoted.from)),
        el("span", {}, summary(quoted)),
      )
    : el("span", { hidden: true });
  fresh.dataset.sign = sign;
  parts.quoted.replaceWith(fresh);
  parts.quoted = fresh;
}

function patchMedia(parts, message, acts) {
  const media = mediaOf(message);
  const sign = media ? `${media.kind}:${media.file_id}` : "";
  if (parts.media.dataset.sign === sign) return;
  const fresh = media ? mediaNode(media, acts.openPhoto) : el("span", { hidden: true });
  fresh.dataset.sign = sign;
  parts.media.replaceWith(fresh);
  parts.media = fresh;
  const asPhoto = media?.kind === "photo";
  parts.box.classList.toggle("has-photo", asPhoto);
  parts.body.style.width = asPhoto ? `min(${photoWidth(media)}px, 100%)` : "";
}

function patchText(parts, message, acts) {
  const words = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const sign = JSON.stringify([words, entities]);
  if (parts.sign !== sign) {
    parts.sign = sign;
    parts.text.replaceChildren(...rich(words, entities, acts));
    // What is Chinese keeps its full-width signs, whatever the language of the page.
    setAttr(parts.text, "lang", /\p{Script=Han}/u.test(words) ? "zh-CN" : "en");
  }
  parts.text.hidden = words === "";
  parts.box.classList.toggle("only-photo", words === "" && Boolean(message.photo));
}

function patchReactions(parts, message) {
  const signs = (message.reactions ?? []).flatMap((one) => one.reaction).map((one) => one.emoji ?? "★");
  const counts = [...new Set(signs)].map((sign) => [sign, signs.filter((one) => one === sign).length]);
  const words = counts.map(([sign, count]) => (count > 1 ? `${sign} ${count}` : sign));
  if (parts.reactions.dataset.sign === words.join()) return;
  parts.reactions.dataset.sign = words.join();
  parts.reactions.hidden = words.length === 0;
  parts.reactions.replaceChildren(...words.map((one) => el("span", {}, one)));
}

function patchStamp(parts, message) {
  setText(parts.time, clockTime(message.date));
  setAttr(parts.time, "datetime", new Date(message.date * 1000).toISOString());
  setAttr(parts.time, "title", fullTime(message.date));
  const edited = Boolean(message.edit_date);
  parts.edited.hidden = !edited;
  setText(parts.edited, edited ? t("edited") : "");
  parts.text.style.setProperty("--stamp", edited ? "96px" : "52px");
}

/** Only ever wider: the longest state that a card has had decides. A resize of the window forgets it. */
function keepWidth(parts) {
  const width = parts.body.getBoundingClientRect().width;
  if (width) parts.body.style.minWidth = `${Math.ceil(width)}px`;
}

export function forgetWidth(node) {
  node.parts?.body.style.removeProperty("min-width");
}

/** Let a change of height take a moment instead of jumping. */
function settle(node, before) {
  const after = node.getBoundingClientRect().height;
  if (Math.abs(after - before) < 2 || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  node.animate([{ height: `${before}px` }, { height: `${after}px` }], {
    duration: 200,
    easing: "cubic-bezier(.2,.7,.3,1)",
  });
}
