// Round for people, rounded squares for groups, a book for the bot.

import { el } from "../dom.js";
import { groupInitials, initials, tone } from "../format.js";
import { icon } from "../icons.js";

export function avatar({ id, name, kind = "person", size = "" }) {
  const classes = ["avatar", size];
  if (kind === "bot") return el("span", { class: [...classes, "bot-tone"].join(" "), "aria-hidden": "true" }, icon("book"));
  classes.push(tone(id));
  if (kind === "group") classes.push("group");
  const signs = kind === "group" ? groupInitials(name) : initials(name);
  return el("span", { class: classes.filter(Boolean).join(" "), "aria-hidden": "true" }, signs);
}
