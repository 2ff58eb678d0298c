// The table of scores: rows glide to their new places, and what a team won or lost rises from its row.

import { calm, el, phone, setText } from "./dom.js";
import { score, t, width } from "./words.js";

const GLIDE = 900;
const FLOAT = 2600;

export class Table {
  constructor() {
    this.rows = new Map();
    this.head = el("h2");
    this.list = el("ol", { data: { testid: "scores" } });
    this.rest = el("p", { class: "rest", hidden: true });
    this.node = el("aside", { class: "table", data: { testid: "table" } }, this.head, this.list, this.rest);
    this.contest = null;
  }

  /** @param {boolean} quiet nothing moves: a contest that is seen for the first time has not just scored */
  paint(state, teams, { quiet = false } = {}) {
    const scores = state.scores ?? [];
    this.decimals = state.contest?.decimals ?? 0;
    if (this.contest !== state.contest?.id) {
      this.contest = state.contest?.id;
      this.rows.clear();
      this.list.replaceChildren();
      quiet = true;
    }
    setText(this.head, t("table"));
    const up = state.phase.team ?? state.outcome?.team ?? null;
    const most = this.most();
    const shown = this.chosen(scores, most, up);
    const before = new Map([...this.rows].map(([id, row]) => [id, row.node.getBoundingClientRect().top]));
    const kept = new Set(shown.map((line) => line.id));
    for (const [id, row] of this.rows) {
      if (!kept.has(id)) {
        row.node.remove();
        this.rows.delete(id);
      }
    }
    this.list.classList.toggle("fine", this.decimals > 0);
    this.list.classList.toggle("roomy", shown.length <= 6);
    this.node.style.setProperty("--rows", String(Math.max(shown.length, 4)));
    const moved = [];
    shown.forEach((line, place) => {
      let row = this.rows.get(line.id);
      if (!row) {
        row = this.make();
        this.rows.set(line.id, row);
      }
      const gained = row.score === undefined ? 0 : line.score - row.score;
      this.fill(row, line, teams, up);
      if (this.list.children[place] !== row.node) this.list.insertBefore(row.node, this.list.children[place] ?? null);
      if (gained && !quiet) this.float(row, gained);
      moved.push([line.id, row]);
    });
    if (!quiet && !calm()) this.glide(moved, before);
    const more = scores.length - shown.length;
    this.rest.hidden = more <= 0;
    setText(this.rest, more > 0 ? t("more", { n: more }) : "");
  }

  most() {
    return phone() ? 60 : 12;
  }

  /** The best, and in any case the team that is up. */
  chosen(scores, most, up) {
    const shown = scores.slice(0, most);
    const line = scores.find((one) => one.id === up);
    if (line && !shown.includes(line)) shown.splice(most - 1, 1, line);
    return shown;
  }

  make() {
    const [rank, badge, name, score] = [el("span", { class: "rank" }), el("span"), el("span", { class: "name" }), el("b")];
    const node = el("li", { data: { testid: "row" } }, rank, badge, name, score);
    return { node, rank, badge, name, points: score };
  }

  fill(row, line, teams, up) {
    const team = teams.get(line.id);
    row.node.classList.toggle("up", line.id === up);
    row.node.dataset.team = line.id;
    setText(row.rank, String(line.rank));
    if (row.shown !== `${team.number}${team.colour}`) {
      const badge = teams.badge(line.id);
      row.badge.replaceWith(badge);
      row.badge = badge;
      row.shown = `${team.number}${team.colour}`;
    }
    setText(row.name, team.name);
    row.name.classList.toggle("long", width(team.name) > 8);
    row.name.title = team.name;
    row.score = line.score;
    setText(row.points, score(line.score, this.decimals));
  }

  float(row, gained) {
    row.node.querySelector(".gain")?.remove();
    const node = el("span", { class: `gain ${gained > 0 ? "plus" : "minus"}` }, `${gained > 0 ? "+" : ""}${score(gained, this.decimals)}`);
    row.points.before(node);
    setTimeout(() => node.remove(), FLOAT);
  }

  glide(moved, before) {
    for (const [id, row] of moved) {
      const from = before.get(id);
      if (from === undefined) continue;
      const distance = from - row.node.getBoundingClientRect().top;
      if (Math.abs(distance) < 1) continue;
      row.node.animate([{ transform: `translateY(${distance}px)` }, { transform: "none" }], {
        duration: GLIDE,
        easing: "cubic-bezier(0.3, 0, 0.15, 1)",
      });
    }
  }
}
