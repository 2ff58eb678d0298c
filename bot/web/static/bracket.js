// A tournament: the rounds with their bouts, and beside them what is being played now, or who has won.

import { el, fit, phone } from "./dom.js";
import { phaseWord, score, segmentWord, t, told } from "./words.js";

const LINES = 27;
const COLUMNS = 6;
const COLUMNS_BESIDE = 4;
const RUNNING_A_PAGE = 8;
const TURN = 9000;
const MEDALS = ["first", "second", "third"];

export class Bracket {
  constructor() {
    this.rounds = el("div", { class: "rounds", data: { testid: "rounds" } });
    this.side = el("aside", { class: "now", data: { testid: "running" } });
    this.pages = el("p", { class: "pages" });
    this.node = el("section", { class: "scene bracket", data: { testid: "bracket" } }, el("div", { class: "tree" }, this.rounds, this.pages), this.side);
    this.page = 0;
  }

  paint(state) {
    this.state = state;
    this.turn();
    clearInterval(this.turning);
    if (this.most > 1 && !phone()) {
      this.turning = setInterval(() => {
        this.page += 1;
        this.turn();
        this.fit();
      }, TURN);
    }
  }

  /** The page of the moment: nearly always there is but one. */
  turn() {
    const { bracket, running } = this.state;
    const beside = this.beside(bracket, running);
    this.side.replaceChildren(...beside.nodes);
    this.side.className = `now ${beside.kind}`;
    this.node.dataset.beside = String(beside.nodes.length > 0);
    const rounds = bracket.rounds.length ? this.tree(bracket, beside.nodes.length ? COLUMNS_BESIDE : COLUMNS) : { nodes: this.entrants(bracket), pages: 1 };
    this.rounds.replaceChildren(...rounds.nodes);
    this.rounds.classList.toggle("entering", !bracket.rounds.length);
    this.most = Math.max(rounds.pages, beside.pages);
    this.pages.textContent = rounds.pages > 1 ? t("page", { n: (this.page % rounds.pages) + 1, of: rounds.pages }) : "";
  }

  // ---- the rounds ----

  /** As much of every round as the width holds: first the past ones show only who goes on, then they step back. */
  tree(bracket, room) {
    const last = bracket.rounds.findLastIndex((round) => round.bouts.length);
    const coming = bracket.called_off ? [] : bracket.to_come.slice(0, 2);
    if (phone()) room = Infinity;
    for (const from of [0, ...bracket.rounds.keys()]) {
      for (const short of from ? [true] : [false, true]) {
        const shown = bracket.rounds.slice(from).map((round, place) => this.cut(round, short && from + place < last));
        const wide = shown.reduce((sum, one) => sum + one.columns, 0) + coming.length * 0.6;
        const only = from >= last && short;
        if (wide > room && !only) continue;
        const pages = Math.max(1, Math.ceil((wide - coming.length * 0.6) / room));
        const nodes = shown.map((one) => this.round(one, pages, room));
        return { nodes: [...nodes, ...coming.map((titles) => el("section", { class: "round coming" }, el("h2", {}, told(titles)), el("p", {}, t("toCome"))))], pages };
      }
    }
    return { nodes: [], pages: 1 };
  }

  cut(round, short) {
    const boxes = round.bouts.map((box) => ({ ...box, shown: this.slots(box, short) }));
    const lines = Math.max(1, ...boxes.map((box) => box.shown.length)) + 1.4;
    const rows = Math.max(1, Math.floor(LINES / lines));
    return { round, boxes, rows, columns: Math.max(1, Math.ceil(boxes.length / rows)) };
  }

  slots(box, short) {
    if (!short) return box.slots;
    const through = box.slots.filter((slot) => slot.way);
    return through.length ? through : box.slots.slice(0, 1);
  }

  round({ round, boxes, rows, columns }, pages, room) {
    const a_page = pages > 1 ? rows * room : boxes.length;
    const page = this.page % pages;
    const shown = boxes.slice(page * a_page, (page + 1) * a_page);
    const wide = Math.min(columns, pages > 1 ? room : columns);
    const title = told(round.title) + (round.turn ? ` · ${t("turn", { n: round.turn })}` : "");
    return el(
      "section",
      { class: `round ${round.over ? "over" : ""}`, vars: { "--wide": wide }, data: { testid: "round" } },
      el("h2", {}, title),
      el("div", { class: "boxes" }, shown.map((box) => this.box(box, round))),
    );
  }

  box(box, round) {
    const alone = round.bouts.length === 1;
    const word = box.flagged ? t("bout_flagged") : t(`source_${box.source}`) || t(`bout_${box.state}`);
    return el(
      "article",
      { class: `bout ${box.state}`, data: { testid: "bout", bout: box.bout } },
      el("header", {}, el("b", {}, alone && round.final ? "" : t("bout", { n: box.bout })), el("span", {}, word)),
      el(
        "ol",
        {},
        box.shown.map((slot) =>
          el(
            "li",
            { class: `${slot.way ? "through" : ""} ${slot.withdrawn ? "withdrawn" : ""}` },
            el("span", { class: "name" }, slot.name),
            slot.by_lot && box.state === "decided" && el("small", {}, t("byLot")),
            slot.way && !round.final && el("span", { class: "mark", role: "img", "aria-label": t("through") }, "↑"),
            slot.score !== null && el("b", {}, score(slot.score)),
          ),
        ),
      ),
    );
  }

  entrants(bracket) {
    const head = el("h2", {}, bracket.entered ? t("entered", { n: bracket.entered }) : t("nobody"));
    const chips = bracket.entrants.map((one) => el("span", { class: "chip" }, one.name, one.unit !== one.name && el("small", {}, ` ${one.unit}`)));
    return [el("section", { class: "round" }, head, el("div", { class: "chips" }, chips))];
  }

  // ---- beside them ----

  beside(bracket, running) {
    if (bracket.podium.length) {
      const lines = bracket.podium.map((one) =>
        el("li", { class: `c-${MEDALS[one.place - 1] ?? ""}` }, el("b", {}, t(MEDALS[one.place - 1]) || t("rank", { n: one.place })), el("span", {}, one.name)),
      );
      return { kind: "won", pages: 1, nodes: [el("h2", {}, t("finished")), el("ol", { class: "won", data: { testid: "won" } }, lines)] };
    }
    if (bracket.called_off) return { kind: "won", pages: 1, nodes: [el("h2", {}, t("calledOff"))] };
    const bouts = running.map((number) => [number, this.state[`bout ${number}`]]).filter(([, bout]) => bout);
    if (!bouts.length) return { kind: "", pages: 1, nodes: [] };
    const pages = phone() ? 1 : Math.ceil(bouts.length / RUNNING_A_PAGE);
    const page = this.page % pages;
    const shown = phone() ? bouts : bouts.slice(page * RUNNING_A_PAGE, (page + 1) * RUNNING_A_PAGE);
    const kind = shown.length > 4 ? "many" : "";
    const cards = el("div", { class: "cards" }, shown.map(([number, bout]) => this.card(number, bout)));
    const more = pages > 1 && el("p", { class: "pages" }, t("page", { n: page + 1, of: pages }));
    return { kind, pages, nodes: [el("h2", {}, t("nowPlayed", { n: bouts.length })), cards, more].filter(Boolean) };
  }

  card(number, bout) {
    const begun = bout.number > 0 && bout.phase !== "lobby";
    const where = bout.phase === "lobby" ? t("gathering") : begun ? (bout.number > bout.of ? t("extra", { n: bout.number - bout.of }) : t("questionOf", { n: bout.number, of: bout.of })) : phaseWord(bout.phase);
    const stopped = bout.phase === "paused" ? t("paused") : "";
    return el(
      "article",
      { class: "card", data: { testid: "card", bout: number } },
      el("header", {}, el("b", {}, t("bout", { n: number })), el("span", {}, [where, stopped || segmentWord(bout.segment)].filter(Boolean).join(" · "))),
      el(
        "ol",
        {},
        bout.teams.map((team) =>
          el(
            "li",
            { class: team.id === bout.up ? "up" : "" },
            el("span", { class: "name" }, team.id === bout.up ? `▸ ${team.name}` : team.name),
            el("b", {}, score(team.score, bout.decimals)),
          ),
        ),
      ),
    );
  }

  leave() {
    clearInterval(this.turning);
  }

  fit() {
    fit(this.rounds, 0.3, phone() ? 1 : 1.5);
    fit(this.side, 0.3, phone() ? 1 : 1.5);
  }
}
