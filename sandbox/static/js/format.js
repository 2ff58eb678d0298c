// Times, sizes, names and their colours.

import { language } from "./texts.js";

const locale = () => (language() === "zh" ? "zh-CN" : "en-GB");

// To make a formatter takes longer than to use it a hundred times.
const formatters = new Map();

function dated(seconds, options) {
  const key = locale() + JSON.stringify(options);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale(), options));
  return formatters.get(key).format(toDate(seconds));
}

/** Telegram's dates are seconds since 1970. */
export const toDate = (seconds) => new Date(seconds * 1000);

export const clockTime = (seconds) => dated(seconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const fullTime = (seconds) => dated(seconds, { dateStyle: "long", timeStyle: "medium", hourCycle: "h23" });

export const dayKey = (seconds) => {
  const date = toDate(seconds);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
};

export function dayName(seconds, words) {
  const now = Date.now() / 1000;
  if (dayKey(seconds) === dayKey(now)) return words.today;
  if (dayKey(seconds) === dayKey(now - 86400)) return words.yesterday;
  const date = toDate(seconds);
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return dated(seconds, { year, month: "long", day: "numeric", weekday: "long" });
}

/** In the chat list: today's by the hour, older ones by the day. */
export function listTime(seconds) {
  if (dayKey(seconds) === dayKey(Date.now() / 1000)) return clockTime(seconds);
  return dated(seconds, { month: "numeric", day: "numeric" });
}

export function fileSize(bytes) {
  if (bytes === undefined || bytes === null) return "";
  const units = ["B", "KB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toLocaleString(locale(), { maximumFractionDigits: digits })} ${units[unit]}`;
}

export const fullName = (who) => [who?.first_name, who?.last_name].filter(Boolean).join(" ") || "?";

const HAN = /\p{Script=Han}/u;

/** Two signs for an avatar: the last two of a Chinese name, the first letters of others. */
export function initials(name) {
  const signs = [...name].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  if (signs.length === 0) return "·";
  if (signs.some((sign) => HAN.test(sign))) return signs.filter((sign) => HAN.test(sign)).slice(-2).join("");
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const first = words.length > 1 ? [...words[0]][0] + [...words.at(-1)][0] : [...words[0]].slice(0, 2).join("");
  return first.toUpperCase();
}

/** For a group the first two signs say more than the last ones. */
export function groupInitials(title) {
  const signs = [...title].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  return signs.some((sign) => HAN.test(sign)) ? signs.slice(0, 2).join("") : initials(title);
}

/** One of eight tones, always the same for one id; neighbours differ. */
export const tone = (id) => `t${Math.abs(Number(id) || 0) % 8}`;
