// What a newcomer may try. A hint that names a person, a chat or words does the first step when pressed.

import { el, setText } from "../dom.js";
import { icon } from "../icons.js";
import { sceneText, t } from "../texts.js";

export class Hints {
  /** @param {{follow: (hint: object) => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.title = el("span");
    const fold = icon("fold");
    fold.classList.add("fold");
    this.list = el("ul");
    this.node = el(
      "details",
      { class: "hints", hidden: true, data: { testid: "hints" } },
      el("summary", {}, icon("bulb"), this.title, fold),
      this.list,
    );
    // Where there is room nobody has to look for them.
    this.node.open = matchMedia("(min-width: 761px) and (min-height: 900px)").matches;
  }

  paint(hints) {
    this.node.hidden = !hints?.length;
    setText(this.title, t("hints"));
    this.list.replaceChildren(...(hints ?? []).map((hint) => el("li", {}, this.item(hint))));
  }

  item(hint) {
    const words = sceneText(hint);
    if (!(hint.user || hint.chat || hint.text)) return el("span", { class: "hint" }, words);
    return el("button", { type: "button", class: "hint", on: { click: () => this.acts.follow(hint) } }, words);
  }
}
