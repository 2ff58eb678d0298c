// "Who am I": everyone there is to be. Choosing one shows the chats with that person's eyes.

import { el, keyed, setAttr, setText } from "../dom.js";
import { icon } from "../icons.js";
import { sceneText, t } from "../texts.js";
import { avatar } from "./avatar.js";

export class People {
  /** @param {{choose: (id: number) => void, seatOf: (id: number) => object|null}} acts */
  constructor(acts) {
    this.acts = acts;
    this.heading = el("h2", { id: "who" });
    this.list = el("div", { style: "display: contents" });
    this.node = el("nav", { class: "people scrolls", "aria-labelledby": "who", data: { testid: "people" } }, this.heading, this.list);
    this.node.addEventListener("keydown", (event) => this.keyed(event));
  }

  paint(people, me) {
    setText(this.heading, t("who"));
    keyed(
      this.list,
      people,
      (one) => `${one.id}:${one.name}`,
      (one) => this.make(one),
      (node, one) => {
        const mine = one.id === me;
        const auto = this.acts.seatOf(one.id)?.played_by === "player";
        setAttr(node, "aria-current", mine ? "true" : null);
        setText(node.querySelector(".person-part"), sceneText(one.part));
        node.querySelector(".person-auto").hidden = !auto;
        setAttr(node, "title", auto ? t("playsAlone", { name: one.name }) : null);
      },
    );
  }

  /** Bring whom one is into view: the list may be longer than the screen. */
  reveal() {
    this.list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  make(one) {
    return el(
      "button",
      {
        type: "button",
        class: "person",
        data: { personId: one.id, testid: "person" },
        on: { click: () => this.acts.choose(one.id) },
      },
      avatar({ id: one.id, name: one.name }),
      el("span", { class: "person-auto", hidden: true, "aria-hidden": "true" }, icon("bolt")),
      el(
        "span",
        { class: "person-words" },
        el("span", { class: "person-name" }, one.name),
        el("span", { class: "person-part" }),
      ),
    );
  }

  keyed(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...this.list.children];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    all.at((at + step) % all.length).focus();
  }
}
