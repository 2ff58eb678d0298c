// A question, and then its ruling in the same place: the options stay where they are and the right one is marked.

import { el, fit, phone } from "./dom.js";
import { called, segmentWord, signed, t, width } from "./words.js";

const DENSE = 600;
const FULL = 2600;
const LETTERS = "ABCDEFGH";

export class Question {
  constructor(ring, base) {
    this.ring = ring;
    this.base = base;
    this.inner = el("div", { class: "inner" });
    this.tags = el("div", { class: "tags" });
    this.node = el("section", { class: "scene question", data: { testid: "question" } }, this.tags, ring.bar, this.inner);
  }

  paint(state, teams) {
    const outcome = state.question ? null : state.outcome;
    const asked = state.question ?? outcome.question;
    const key = JSON.stringify([asked, outcome, state.language, document.documentElement.lang]);
    this.tags.replaceChildren(...this.tagged(asked, state, teams));
    if (key === this.key) return;
    this.key = key;
    const same = this.text === `${asked.number} ${asked.text}`;
    this.text = `${asked.number} ${asked.text}`;
    this.much = [asked.text, ...asked.options].reduce((sum, words) => sum + width(words), 0);
    this.inner.classList.toggle("comes", !same);
    this.inner.classList.toggle("open", !outcome);
    this.inner.classList.toggle("seen", Boolean(outcome));
    this.inner.replaceChildren(
      this.stem(asked),
      this.options(asked, outcome),
      ...(outcome?.said ? [el("p", { class: "why" }, el("b", {}, t("said")), " ", outcome.said)] : []),
      ...(outcome?.accepted?.length ? [el("p", { class: "accepted", data: { testid: "accepted" } }, el("b", {}, `✓ ${t("rightAnswer")}`), " ", outcome.accepted.join(" / "))] : []),
      ...(outcome?.explanation ? [el("p", { class: "why" }, el("b", {}, t("explanation")), " ", outcome.explanation)] : []),
    );
    this.fitted = null;
  }

  /** Whether there is so much to read that everything around it has to step back. */
  get dense() {
    return this.much > FULL ? "full" : this.much > DENSE;
  }

  tagged(asked, state, teams) {
    const value = asked.wrong ? t("value", { right: signed(asked.right), wrong: signed(asked.wrong) }) : t("valueRight", { right: signed(asked.right) });
    const { stake } = asked;
    return [
      el("b", { data: { testid: "number" } }, called(asked.number, asked.of, true)),
      segmentWord(asked.segment) && el("span", { class: "tag" }, segmentWord(asked.segment)),
      t(`kind_${asked.kind}`) && el("span", { class: "tag" }, t(`kind_${asked.kind}`)),
      asked.right !== undefined && el("span", { class: "tag" }, asked.sudden_death ? t("unscored") : stake ? t("stake", { points: stake }) : value),
      asked.media && (asked.media.kind !== "photo" || asked.media.id === null) && el("span", { class: "tag only", data: { testid: "media" } }, t(asked.media.kind === "photo" ? "pictureElsewhere" : "sound")),
      asked.only && el("span", { class: "tag only" }, t("only", { teams: asked.only.map((id) => teams.name(id)).join("、") })),
    ].filter(Boolean);
  }

  stem(asked) {
    const stem = el("p", { class: "stem", data: { testid: "stem" } }, asked.text);
    const { media } = asked;
    if (media?.kind !== "photo" || media.id === null) return stem;
    const source = `${this.base}/picture/${media.id}`;
    if (this.picture?.getAttribute("src") !== source) {
      this.picture = el("img", { src: source, alt: t("picture"), data: { testid: "picture" } });
      this.picture.onload = () => this.fit(true);
    }
    return el("div", { class: "shows" }, stem, this.picture);
  }

  options(asked, outcome) {
    const words = asked.options.map((option) => (asked.kind === "true_false" && t(`${option.toLowerCase()}_option`)) || option);
    const longest = Math.max(0, ...words.map((word) => width(word)));
    const wide = longest > (words.length > 4 ? 60 : 34);
    const list = el("ol", { class: `options ${wide ? "wide" : ""} ${outcome ? "ruled" : ""}`, data: { count: words.length } });
    const most = Math.max(1, ...(outcome?.tally ?? []));
    words.forEach((word, place) => {
      const right = outcome?.answer.includes(place);
      const wrong = outcome?.chosen.includes(place) && !right;
      list.append(
        el(
          "li",
          { class: `${right ? "right" : ""} ${wrong ? "wrong" : ""}`, data: { testid: "option" } },
          el("span", { class: "letter" }, LETTERS[place]),
          el("span", { class: "words" }, word),
          right && el("span", { class: "mark", role: "img", "aria-label": t("rightAnswer") }, "✓"),
          wrong && el("span", { class: "mark", role: "img", "aria-label": t("wrongAnswer") }, "✗"),
          outcome?.tally && el("span", { class: "count", vars: { "--part": outcome.tally[place] / most } }, String(outcome.tally[place])),
        ),
      );
    });
    return list;
  }

  fit(again = false) {
    // The band under it grows when something has to be said: then what fitted fits no more.
    const room = this.inner.clientHeight;
    if (this.fitted === room && !again) return;
    this.fitted = room;
    fit(this.inner, 0.22, phone() ? 1 : 1.3);
  }
}
