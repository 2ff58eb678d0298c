// Scenes of a few words: waiting, about to begin, between two questions, paused, called off.

import { el, fit } from "./dom.js";
import { protested } from "./band.js";
import { called, numbered, phaseWord, score, segmentWord, t, told } from "./words.js";

export class Plain {
  constructor(ring) {
    this.ring = ring;
    this.over = el("p", { class: "over" });
    this.big = el("h1", { data: { testid: "big" } });
    this.below = el("p", { class: "below" });
    this.marks = el("p", { class: "marks", data: { testid: "marks" } });
    this.news = el("p", { class: "news", data: { testid: "news" } });
    this.holder = el("div", { class: "holder" });
    this.words = el("div", { class: "words" }, this.over, this.big, this.marks, this.below, this.news, this.holder);
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
    this.marks.replaceChildren(...this.marked(state));
    this.news.textContent = (state.protests ?? []).map((one) => protested(one, state, teams)).join(" · ");
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
        if (state.talk) return [teams.name(state.talk.team), t("finalScore", { n: score(state.talk.points, state.contest.decimals) }), phase.next ? "" : t("ends"), true];
        if (phase.again) return [title, t("again", { what }), t("notice_lost"), false];
        if (phase.next === 1) return [title, t("begins"), "", true];
        return [title, what || t("ends"), segmentWord(phase.segment), true];
      case "asking":
        if (phase.team) return [[what, segmentWord(phase.segment)].filter(Boolean).join(" · "), teams.name(phase.team), this.more(state, teams), false];
        return [title, what, segmentWord(phase.segment) || phaseWord("asking"), false];
      default:
        // Somebody is up: the name is what the hall wants to see.
        if (phase.team) return [[phaseWord(phase.name), phase.speaker && t("speaker", { n: phase.speaker, of: phase.of })].filter(Boolean).join(" · "), teams.name(phase.team), this.more(state, teams), Boolean(state.timer)];
        return [title, phaseWord(phase.name), this.more(state, teams), Boolean(state.timer)];
    }
  }

  /** The judges' marks for a speaker, after the close; those that were dropped are struck out. */
  marked({ talk, phase }) {
    if (!talk || phase.name !== "interval") return [];
    return talk.marks.map((mark) => {
      const words = (mark.score / 100).toFixed(2).replace(/\.?0+$/, "");
      return mark.counts ? el("span", {}, words) : el("span", { class: "dropped" }, el("s", {}, words), el("small", {}, t("dropped")));
    });
  }

  more({ phase, notice, votes, contest }, teams) {
    if (votes) return t(phase.name === "scoring" ? "scoresIn" : "votesIn", votes);
    if (notice?.what === "extended") return t("notice_extended", { stake: notice.points });
    if (notice?.what === "substituted") return t("notice_substituted", { ...notice, team: teams.name(notice.team) });
    if (notice?.what.startsWith("protest_")) return t(`notice_${notice.what}`, { team: teams.name(notice.team), what: numbered(notice.number, contest.of) });
    if (notice?.what === "staked" || notice?.what === "passed") return t(`notice_${notice.what}`, { team: teams.name(notice.team), stake: notice.points });
    if (phase.stakes) return t("stakes", { points: phase.stakes.join(" · ") });
    if (notice?.what === "drawn") return t("notice_drawn", { teams: notice.teams.map((id) => teams.name(id)).join("、") });
    return notice?.what === "chief" ? t("notice_chief") : "";
  }

  fit() {
    fit(this.words, 0.3);
  }
}
