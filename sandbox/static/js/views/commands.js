// The list of the bot's commands: opened by its button or by typing "/", filtered as one types.

import { el, setAttr } from "../dom.js";
import { t } from "../texts.js";

let count = 0;

export class CommandMenu {
  /** @param {{commands: () => object[], pick: (command: string) => void, opened: (open: boolean) => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.at = 0;
    this.shown = [];
    count += 1;
    this.id = `commands-${count}`;
    this.node = el("div", { class: "menu scrolls", role: "listbox", id: this.id, hidden: true, data: { testid: "commands" } });
  }

  get open() {
    return !this.node.hidden;
  }

  toggle() {
    if (this.open) this.close();
    else this.show(this.acts.commands());
  }

  /** Show what fits the beginning of a command, hide for anything else. */
  follow(text) {
    if (!/^\/\w*$/.test(text)) return this.close();
    const begun = text.slice(1).toLowerCase();
    const fitting = this.acts.commands().filter((one) => one.command.startsWith(begun));
    return fitting.length ? this.show(fitting) : this.close();
  }

  show(commands) {
    this.shown = commands;
    this.at = 0;
    setAttr(this.node, "aria-label", t("commands"));
    if (commands.length === 0) this.node.replaceChildren(el("p", { class: "nothing" }, t("noCommands")));
    else this.node.replaceChildren(...commands.map((one, index) => this.item(one, index)));
    this.node.hidden = false;
    this.mark();
    this.acts.opened(true);
  }

  close() {
    if (!this.open) return;
    this.node.hidden = true;
    this.acts.opened(false);
  }

  item({ command, description }, index) {
    return el(
      "div",
      {
        class: "menu-item",
        role: "option",
        id: `${this.id}-${index}`,
        data: { command },
        on: {
          pointermove: () => this.mark(index),
          click: () => this.choose(index),
        },
      },
      el("code", {}, `/${command}`),
      el("span", {}, description),
    );
  }

  mark(index = this.at) {
    this.at = index;
    [...this.node.children].forEach((node, place) => {
      if (node.role === "option") setAttr(node, "aria-selected", String(place === index));
    });
    if (this.shown.length) this.node.children[index].scrollIntoView({ block: "nearest" });
  }

  choose(index = this.at) {
    const chosen = this.shown[index];
    this.close();
    if (chosen) this.acts.pick(chosen.command);
  }

  /** Whether the key was for the menu. */
  keyed(event) {
    if (!this.open) return false;
    const last = this.shown.length - 1;
    if (event.key === "ArrowDown") this.mark(this.at === last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at === 0 ? last : this.at - 1);
    else if (event.key === "Enter" && last >= 0) this.choose();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
