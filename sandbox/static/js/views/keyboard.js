// The inline keyboard under a bubble. A press shows at once; an edit keeps the buttons that stay the same.

import { el, keyed, setAttr, setText } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../texts.js";

export function keyboard() {
  return el("div", { class: "keys", role: "group", data: { testid: "keyboard" } });
}

/**
 * @param {HTMLElement} node what `keyboard()` made
 * @param {object} message with its `reply_markup`
 * @param {{isPending: (message: object, row: number, col: number) => boolean, press: Function, follow: Function}} acts
 */
export function patchKeyboard(node, message, acts) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  setAttr(node, "aria-label", t("buttons"));
  keyed(
    node,
    rows.map((buttons, row) => ({ buttons, row })),
    ({ row }) => row,
    () => el("div", { class: "keys-row" }),
    (line, { buttons, row }) => patchRow(line, buttons, row, message, acts),
  );
}

function patchRow(line, buttons, row, message, acts) {
  keyed(
    line,
    buttons.map((button, col) => ({ button, col })),
    ({ button, col }) => `${col}:${button.url ? "url" : "key"}`,
    ({ button, col }) => (button.url ? away(acts) : key(row, col)),
    (node, { button, col }) => {
      setText(node.firstElementChild, button.text);
      if (button.url) {
        setAttr(node, "href", /^https?:/i.test(button.url) ? button.url : null);
        return;
      }
      node.act = () => acts.press(message, row, col);
      const pending = acts.isPending(message, row, col);
      setAttr(node, "aria-busy", pending ? "true" : null);
      setAttr(node, "aria-disabled", pending ? "true" : null);
    },
  );
}

function key(row, col) {
  const node = el("button", { type: "button", class: "key", data: { testid: "key", row, col } }, el("span"));
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-disabled") !== "true") node.act();
  });
  return node;
}

function away(acts) {
  const mark = icon("away");
  mark.classList.add("away");
  const node = el("a", { class: "key", target: "_blank", rel: "noopener noreferrer", data: { testid: "key" } }, el("span"), mark);
  node.addEventListener("click", (event) => {
    if (acts.follow(node.href)) event.preventDefault();
  });
  return node;
}
