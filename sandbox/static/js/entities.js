// Telegram's entities as nodes. Offsets count UTF-16 units, as JavaScript's strings do.

import { el } from "./dom.js";
import { t } from "./texts.js";

const SAFE_LINK = /^(https?|mailto|tel):/i;

/**
 * Nodes for `text` with its `entities`.
 * @param {{command: (words: string) => void, follow: (url: string) => boolean}} acts what happens when a bot command or
 *   a link in the text is pressed; `follow` says whether the page itself goes there
 */
export function rich(text, entities, acts) {
  const sorted = entities
    .filter((one) => one.length > 0 && one.offset >= 0 && one.offset + one.length <= text.length)
    .map((one, index) => ({ ...one, end: one.offset + one.length, index }))
    .sort((a, b) => a.offset - b.offset || b.end - a.end || a.index - b.index);
  return within(text, 0, text.length, sorted, acts);
}

function within(text, from, to, entities, acts) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const inner = [];
    index += 1;
    while (index < entities.length && entities[index].offset < entity.end) {
      // A badly nested entity is cut to its parent; Telegram never sends one.
      inner.push({ ...entities[index], end: Math.min(entities[index].end, entity.end) });
      index += 1;
    }
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    nodes.push(styled(entity, text, within(text, entity.offset, entity.end, inner, acts), acts));
    at = entity.end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return withoutDoubleBreaks(nodes);
}

/** A block begins and ends a line by itself: the line break beside it would show as an empty line. */
function withoutDoubleBreaks(nodes) {
  const isBlock = (node) => node?.nodeName === "PRE" || node?.nodeName === "BLOCKQUOTE";
  return nodes.map((node, place) => {
    if (typeof node !== "string") return node;
    let words = node;
    if (isBlock(nodes[place - 1])) words = words.replace(/^\n/, "");
    if (isBlock(nodes[place + 1])) words = words.replace(/\n$/, "");
    return words;
  });
}

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

function styled(entity, text, children, acts) {
  const words = text.slice(entity.offset, entity.end);
  if (entity.type in TAGS) return el(TAGS[entity.type], {}, children);
  switch (entity.type) {
    case "pre":
      return el("pre", { "data-language": entity.language }, children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(entity.url, children, acts);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`, children, acts);
    case "email":
      return link(`mailto:${words}`, children, acts);
    case "phone_number":
      return link(`tel:${words}`, children, acts);
    case "bot_command":
      return el("button", { type: "button", class: "command", on: { click: () => acts.command(words) } }, children);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "command" }, children);
    default:
      return el("span", {}, children);
  }
}

function link(url, children, acts) {
  if (!SAFE_LINK.test(url)) return el("span", { class: "command", title: url }, children);
  const click = (event) => {
    if (acts.follow(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", on: { click } }, children);
}

function spoiler(children) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") }, children);
  const show = () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      show();
    }
  });
  return node;
}
