// Before the start: who sits where, who is ready, the rules in short, and the code to scan.

import { el, fit, phone } from "./dom.js";
import { drilled } from "./drill.js";
import { t, told } from "./words.js";

const CROWD = 16;

export class Lobby {
  constructor(base) {
    this.base = base;
    this.node = el("section", { class: "scene lobby", data: { testid: "lobby" } });
  }

  paint(state, teams) {
    const { individuals } = state.contest;
    this.people = state.drill ? drilled(state.drill, teams) : el("div", { class: `seats ${individuals ? "alone" : ""}` }, this.seats(state, teams, individuals));
    this.side = el("div", { class: "side" }, this.code(state), this.rules(state));
    const head = el("h2", {}, t(state.drill ? "phase_drilling" : individuals ? "players" : "teams"));
    this.node.replaceChildren(el("div", { class: "who" }, head, this.people), this.side);
  }

  seats(state, teams, individuals) {
    if (!state.teams?.length) return el("p", { class: "empty" }, t("nobody"));
    if (individuals) return state.teams.map((team) => el("span", { class: "chip" }, team.name));
    return state.teams.map((team) => this.seat(team, teams, state.teams.length > CROWD));
  }

  /** @param {boolean} crowd there are so many teams that their captains have to do */
  seat(team, teams, crowd) {
    const members = team.members ?? [];
    const others = members.filter((name) => name !== team.captain);
    const more = team.size - members.length;
    const names = others.join("、") + (more > 0 ? ` ${t("moreNames", { n: team.size })}` : "");
    return el(
      "article",
      { class: `seat c-${teams.get(team.id).colour} ${team.ready ? "ready" : ""}`, data: { testid: "seat" } },
      el("header", {}, teams.badge(team.id), el("h3", {}, team.name), team.ready && el("span", { class: "tick" }, `✓ ${t("ready")}`)),
      team.captain
        ? el("p", { class: "captain" }, el("small", {}, t("captain")), ` ${team.captain}`)
        : el("p", { class: "captain empty" }, t("nobody")),
      crowd ? team.size > 1 && el("p", { class: "names" }, t("people", { n: team.size })) : names && el("p", { class: "names" }, names),
    );
  }

  code(state) {
    if (!state.join) return null;
    // The picture belongs to the link: a new one is another address, so that it is fetched anew.
    const source = `${this.base}/join.svg?${encodeURIComponent(state.join.slice(-6))}`;
    return el(
      "figure",
      { class: "code" },
      el("img", { src: source, alt: state.join, data: { testid: "code" } }),
      el("figcaption", {}, el("b", {}, t("join")), el("span", {}, t("joinHint"))),
    );
  }

  rules(state) {
    const lines = told(state.rules) || [];
    if (!lines.length) return null;
    this.lines = el("div", { class: "rules" }, el("h2", {}, t("rules")), el("ul", {}, lines.map((line) => el("li", {}, line))));
    return this.lines;
  }

  fit() {
    fit(this.people, 0.22, phone() ? 1 : 1.5);
    fit(this.lines, 0.4);
  }
}
