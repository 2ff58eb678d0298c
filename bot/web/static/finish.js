// The end: the first three places, and all of them, page by page if they are many.

import { el, fit, phone } from "./dom.js";
import { score, t } from "./words.js";

const A_PAGE = 24;
const TURN = 9000;
const MEDALS = ["first", "second", "third"];

export class Finish {
  constructor() {
    this.podium = el("div", { class: "podium", data: { testid: "podium" } });
    this.all = el("ol", { class: "all", data: { testid: "standings" } });
    this.head = el("h2");
    this.pages = el("p", { class: "pages" });
    this.node = el("section", { class: "scene finish", data: { testid: "finish" } }, this.podium, el("div", { class: "full" }, this.head, this.all, this.pages));
    this.page = 0;
  }

  paint(state, teams) {
    this.state = state;
    this.teams = teams;
    this.head.textContent = t("finished");
    const places = [1, 2, 3].map((rank) => state.scores.filter((line) => line.rank === rank));
    this.podium.replaceChildren(
      ...[1, 0, 2].filter((place) => places[place].length).map((place) => this.step(place, places[place], teams)),
    );
    this.turnTo(0);
    clearInterval(this.turning);
    const pages = Math.ceil(state.scores.length / A_PAGE);
    if (pages > 1 && !phone()) {
      this.turning = setInterval(() => this.turnTo((this.page + 1) % pages), TURN);
    }
  }

  step(place, lines, teams) {
    const names = lines.map((line) =>
      el("p", { class: "winner" }, teams.badge(line.id), el("span", {}, teams.name(line.id))),
    );
    return el(
      "div",
      { class: `place ${MEDALS[place]}`, data: { testid: "place", rank: place + 1 } },
      el("div", { class: "names" }, names),
      el("div", { class: "step" }, el("b", {}, t(MEDALS[place])), el("span", {}, t("points", { n: score(lines[0].score, this.state.contest.decimals) }))),
    );
  }

  turnTo(page) {
    const { scores } = this.state;
    const narrow = phone();
    this.page = page;
    const lines = narrow ? scores : scores.slice(page * A_PAGE, (page + 1) * A_PAGE);
    this.all.style.setProperty("--columns", String(narrow ? 1 : lines.length > 8 ? 2 : 1));
    this.all.classList.toggle("many", !narrow && lines.length > 8);
    this.all.replaceChildren(...lines.map((line) => this.line(line)));
    const pages = Math.ceil(scores.length / A_PAGE);
    this.pages.textContent = pages > 1 && !narrow ? t("page", { n: page + 1, of: pages }) : "";
    this.fit();
  }

  line(line) {
    return el(
      "li",
      { data: { testid: "line" } },
      el("span", { class: "rank" }, String(line.rank)),
      this.teams.badge(line.id),
      el("span", { class: "name" }, this.teams.name(line.id)),
      el("small", {}, t("record", { right: line.right, wrong: line.wrong })),
      el("b", {}, score(line.score, this.state.contest.decimals)),
    );
  }

  leave() {
    clearInterval(this.turning);
  }

  fit() {
    fit(this.all, 0.35, phone() ? 1 : 1.2);
    for (const names of this.podium.querySelectorAll(".names")) fit(names, 0.3);
  }
}
