// The latency drill of the lobby: how many have pressed, then everybody's delay. It counts for nothing, and says so.

import { el } from "./dom.js";
import { t } from "./words.js";

const A_COLUMN = 12;

/** What stands in the lobby's middle instead of the teams while a drill is on, and after it. */
export function drilled(drill, teams) {
  const free = el("p", { class: "free" }, t("drillFree"));
  if (!drill.lines) return el("div", { class: "drill going", data: { testid: "drill" } }, el("p", {}, t(drill.open ? "drillPress" : "drillSent")), el("p", {}, t("drillIn", { n: drill.pressed, of: drill.of })), free);
  const lines = drill.lines.map((line) =>
    el(
      "li",
      { data: { testid: "delay" } },
      line.team ? teams.badge(line.team) : null,
      el("span", { class: "name" }, line.name),
      el("b", {}, `${line.ms} ms`),
      el("small", {}, `${line.off > 0 ? "+" : line.off < 0 ? "−" : "±"}${Math.abs(line.off)}`),
    ),
  );
  return el(
    "div",
    { class: "drill", data: { testid: "drill" } },
    el("p", {}, [t("drillMedian", { n: drill.median }), drill.missing ? t("drillMissing", { n: drill.missing }) : ""].filter(Boolean).join(" · ")),
    free,
    el("ol", { vars: { "--columns": Math.max(1, Math.ceil(lines.length / A_COLUMN)) } }, lines),
  );
}
