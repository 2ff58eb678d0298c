// What tells teams apart: a number, and one of eight colours that people who are colour-blind can tell apart too (Okabe and
// Ito's). A team called after a colour gets that colour.

import { el } from "./dom.js";

const COLOURS = ["blue", "orange", "green", "purple", "sky", "yellow", "red", "grey"];
const NAMED = [
  ["red", /红|紅|\bred\b/i],
  ["blue", /蓝|藍|\bblue\b/i],
  ["green", /绿|綠|\bgreen\b/i],
  ["yellow", /黄|黃|金|\byellow\b|\bgold\b/i],
  ["purple", /紫|\bpurple\b/i],
  ["orange", /橙|橘|\borange\b/i],
  ["grey", /银|銀|灰|\bsilver\b|\bgrey\b/i],
];

export class Teams {
  constructor(list = []) {
    this.list = list;
    this.byId = new Map();
    const taken = new Set();
    for (const team of list) {
      const colour = NAMED.find(([name, word]) => !taken.has(name) && team.name.length <= 8 && word.test(team.name))?.[0];
      if (colour) taken.add(colour);
      this.byId.set(team.id, { ...team, colour });
    }
    const free = COLOURS.filter((colour) => !taken.has(colour));
    const rest = free.length ? free : COLOURS;
    let next = 0;
    list.forEach((team, place) => {
      const known = this.byId.get(team.id);
      known.number = place + 1;
      known.colour ??= rest[next++ % rest.length];
    });
  }

  get(id) {
    return this.byId.get(id) ?? { id, name: "", number: "", colour: "grey" };
  }

  name(id) {
    return this.get(id).name;
  }

  badge(id) {
    const team = this.get(id);
    return el("span", { class: `badge c-${team.colour}`, "aria-hidden": "true" }, String(team.number));
  }
}
