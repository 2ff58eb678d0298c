// The band at the foot: what is to happen now, who is up, how much time is left, what was ruled.

import { el } from "./dom.js";
import { called, numbered, phaseWord, score, segmentWord, signed, t } from "./words.js";

export class Band {
  constructor(ring) {
    this.ring = ring;
    this.holder = el("div", { class: "holder" });
    this.words = el("div", { class: "words" });
    this.note = el("p", { class: "note", data: { testid: "note" } });
    this.node = el("footer", { class: "band", data: { testid: "band" } }, this.holder, el("div", { class: "said" }, this.words, this.note));
  }

  paint(state, teams) {
    const { phase } = state;
    const outcome = state.question ? null : state.outcome;
    const up = phase.team ?? null;
    if (this.ring.node.parentNode !== this.holder) this.holder.replaceChildren(this.ring.node);
    const [kind, ...parts] = outcome ? this.ruling(outcome, teams) : this.going(state, teams, up);
    this.node.className = `band ${kind} ${up && !outcome ? `taken c-${teams.get(up).colour}` : ""}`;
    this.words.replaceChildren(...parts.filter(Boolean));
    this.note.textContent = this.noted(state, teams, outcome);
    this.note.hidden = !this.note.textContent;
  }

  going(state, teams, up) {
    const { phase, progress, votes } = state;
    const voted = votes && el("span", { class: "player", data: { testid: "votes" } }, t("votesIn", votes));
    const label = el("b", { class: "label", data: { testid: "phase" } }, phaseWord(phase.name));
    if (up) {
      const alone = state.contest.individuals;
      return [
        "going",
        teams.badge(up),
        el("b", { class: "team", data: { testid: "up" } }, teams.name(up)),
        !alone && phase.player && el("span", { class: "player" }, phase.player),
        label,
        voted,
      ];
    }
    const count = progress && el("span", { class: "player", data: { testid: "progress" } }, t("progress", progress));
    return ["going", label, count ?? voted];
  }

  ruling(outcome, teams) {
    if (outcome.state === "void") return ["void", el("b", { class: "label", data: { testid: "verdict" } }, t("notice_voided"))];
    if (outcome.reason === "everyone") {
      const fastest = outcome.fastest.map((one) => `${one.name} ${(one.ms / 1000).toFixed(1)}${t("seconds")}`).join("、");
      return [
        "told",
        el("b", { class: "label", data: { testid: "verdict" } }, t("answered", outcome)),
        fastest && el("span", { class: "player" }, `${t("fastest")} ${fastest}`),
      ];
    }
    if (outcome.team === null) {
      const words = t(`reason_${outcome.reason}`) || phaseWord("other");
      return ["void", el("b", { class: "label", data: { testid: "verdict" } }, words)];
    }
    const late = outcome.reason !== "answered" && outcome.state !== "overruled" ? t(`reason_${outcome.reason}`) : "";
    return [
      outcome.right ? "yes" : "no",
      el("span", { class: "sign", "aria-hidden": "true" }, outcome.right ? "✓" : "✗"),
      teams.badge(outcome.team),
      el("b", { class: "team" }, teams.name(outcome.team)),
      el("b", { class: "label", data: { testid: "verdict" } }, late || t(outcome.right ? "right" : "wrong")),
      outcome.points !== 0 && el("b", { class: "points" }, signed(outcome.points)),
    ];
  }

  noted(state, teams, outcome) {
    const { notice, phase } = state;
    const parts = [];
    const said = notice && !(outcome?.state === "void" && notice.what === "voided") && !(notice.what === "protested" && state.protests?.length);
    if (said) {
      const team = notice.team ? teams.name(notice.team) : "";
      const places = { team, points: notice.points === undefined ? "" : signed(notice.points), number: notice.number };
      places.stake = notice.what === "scored" ? score(notice.points, state.contest.decimals) : notice.points;
      places.what = numbered(notice.number, state.contest.of);
      places.on = notice.on;
      places.off = notice.off;
      places.teams = notice.teams?.map((id) => teams.name(id)).join("、");
      let key = `notice_${notice.what}`;
      if (notice.what === "overruled") key += notice.right ? "_right" : "_wrong";
      if (notice.what === "voided" && notice.number) key += "Number";
      parts.push(t(key, places), notice.why && t("why", { why: notice.why }));
    }
    if (outcome && phase.name === "interval") parts.push(upNext(phase, state.contest.of));
    if (outcome && phase.name === "asking") {
      const kind = segmentWord(phase.segment);
      parts.push(t("sending", { what: called(phase.next, state.contest.of) + (kind ? ` · ${kind}` : "") }));
    }
    for (const protest of state.protests ?? []) parts.push(protested(protest, state, teams));
    return parts.filter(Boolean).join(" · ");
  }
}

/** What comes after the ruling, where it is not just one more question of those that were planned. */
function upNext(phase, of) {
  if (!phase.next) return t("ends");
  return of && phase.next > of && !phase.again ? t("next", { what: called(phase.next, of) }) : "";
}

/** A protest that waits for its verdict; how anybody voted, the server does not even tell. */
export function protested(protest, state, teams) {
  const places = { ...protest, team: teams.name(protest.team), what: numbered(protest.number, state.contest.of) };
  return t(protest.alone ? "protestChief" : "protestOpen", places);
}
