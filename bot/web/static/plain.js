// Scenes of a few words: waiting, about to begin, between two questions, paused, called off.

import { el, fit } from "./dom.js";
import { called, phaseWord, segmentWord, t, told } from "./words.js";

export class Plain {
  constructor(ring) {
    this.ring = ring;
    this.over = el("p", { class: "over" });
    this.big = el("h1", { data: { testid: "big" } });
    this.below = el("p", { class: "below" });
    this.holder = el("div", { class: "holder" });
    this.words = el("div", { class: "words" }, this.over, this.big, this.below, this.holder);
    this.node = el("section", { class: "scene plain", data: { testid: "plain" } }, this.words);
  }

  paint(state, teams) {
    const [over, big, below, rings] = this.lines(state, teams);
    this.over.textContent = over;
    this.big.textContent = big;
    this.below.textContent = below;
    if (rings && this.ring.node.parentNode !== this.holder) this.holder.replaceChildren(this.ring.node);
    if (!rings) this.holder.replaceChildren();
    this.node.dataset.what = state.phase.name;
  }

  lines(state, teams) {
    const { phase } = state;
    const title = told(state.contest?.title);
    const what = phase.next ? called(phase.next, state.contest?.of) : "";
    switch (phase.name) {
      case "waiting":
        return [state.contest?.group || state.programme, t("waiting"), t("waitingHint"), false];
      case "paused":
        return [title, t("paused"), phase.reason || t(phase.by_itself ? "pausedItself" : "pausedHint"), false];
      case "aborted":
        return [title, t("aborted"), phase.reason || "", false];
      case "interval":
        if (phase.again) return [title, t("again", { what }), t("notice_lost"), false];
        if (phase.next === 1) return [title, t("begins"), "", true];
        return [title, what || t("ends"), segmentWord(phase.segment), true];
      case "asking":
        if (phase.team) return [[what, segmentWord(phase.segment)].filter(Boolean).join(" · "), teams.name(phase.team), "", false];
        return [title, what, segmentWord(phase.segment) || phaseWord("asking"), false];
      default:
        // Somebody is up: the name is what the hall wants to see.
        if (phase.team) return [phaseWord(phase.name), teams.name(phase.team), this.more(state, teams), Boolean(state.timer)];
        return [title, phaseWord(phase.name), this.more(state, teams), Boolean(state.timer)];
    }
  }

  more({ phase, notice }, teams) {
    if (phase.stakes) return t("stakes", { points: phase.stakes.join(" · ") });
    if (notice?.what === "drawn") return t("notice_drawn", { teams: notice.teams.map((id) => teams.name(id)).join("、") });
    return notice?.what === "chief" ? t("notice_chief") : "";
  }

  fit() {
    fit(this.words, 0.3);
  }
}
