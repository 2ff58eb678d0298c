// Who plays for whom: the bar over the composer, and the card that starts a contest and shows its teams.

import { el, keyed, setAttr, setText } from "../dom.js";
import { icon } from "../icons.js";
import { language, sceneText, t } from "../texts.js";
import { avatar } from "./avatar.js";

/** Over the composer of the contest's group: whether the person one is plays alone, and how to change that. */
export class SeatBar {
  constructor(session) {
    this.session = session;
    this.words = el("span");
    this.button = el("button", { type: "button", class: "plain", on: { click: () => this.press() } });
    this.node = el("div", { class: "seatbar", hidden: true, data: { testid: "seat-bar" } }, icon("seat"), this.words, this.button);
  }

  paint(chat) {
    const { state } = this.session;
    const seat = this.session.seatOf(state.me);
    const here = state.contest?.playing && chat && chat.id === state.contest.contest?.group;
    this.node.hidden = !(seat && here);
    if (this.node.hidden) return;
    this.seat = seat;
    const own = seat.played_by === "visitor";
    this.node.dataset.playedBy = seat.played_by;
    const mine = state.contest.contest?.state === "questions" ? "seatIsYours" : "seatJoins";
    if (own) setText(this.words, seat.team ? t(mine, { team: seat.team }) : t("seatHost"));
    else setText(this.words, t("playsAlone", { name: seat.name }));
    setText(this.button, own ? t("giveBack") : t("playMyself"));
  }

  press() {
    if (this.seat.played_by === "visitor") this.session.leaveSeat(this.seat.user_id);
    else this.session.takeSeat(this.seat.user_id);
  }
}

/** The card: start a contest that plays itself, watch its teams, take a seat, stop. */
export class WatchCard {
  constructor(session) {
    this.session = session;
    this.title = el("span");
    this.live = el("span", { class: "live", hidden: true, data: { testid: "live" } });
    this.words = el("p");
    this.teams = el("div", { class: "teams", hidden: true });
    this.start = el("button", { type: "button", class: "solid", data: { testid: "watch" }, on: { click: () => session.watch() } });
    this.shows = el("div", { class: "shows" });
    this.stop = el("button", { type: "button", class: "plain", data: { testid: "stop" }, on: { click: () => session.stopWatching() } });
    this.screen = el("a", { class: "plain", target: "_blank", rel: "noopener", hidden: true, data: { testid: "screen" } });
    this.node = el(
      "section",
      { class: "watch", hidden: true, data: { testid: "contest" } },
      el("h2", {}, icon("bolt"), this.title, this.live),
      this.words,
      this.teams,
      this.start,
      this.shows,
      this.stop,
      this.screen,
    );
  }

  /** The big screen is served by the bot, on a port of its own beside this page. */
  paintScreen(screen) {
    this.screen.hidden = !screen;
    if (!screen) return;
    setAttr(this.screen, "href", `http://${location.hostname}:${screen.port}${screen.path}?lang=${language() === "zh" ? "zh-CN" : "en"}`);
    setText(this.screen, t("bigScreen"));
  }

  paint(contest, starting) {
    this.node.hidden = !contest?.ready;
    if (this.node.hidden) return;
    const playing = contest.playing;
    const { state, question, count, trouble } = contest.contest ?? {};
    this.node.dataset.state = playing ? state : "idle";
    setText(this.title, t(playing ? "watchOn" : "watchTitle"));
    setAttr(this.node, "aria-label", t("watchTitle"));
    this.live.hidden = !playing;
    setText(this.live, where(question, count));
    setText(this.words, playing ? "" : idleWords(state, trouble));
    this.words.hidden = playing;
    this.words.classList.toggle("trouble", !playing && state === "failed");
    this.start.hidden = playing;
    setAttr(this.start, "aria-disabled", starting ? "true" : null);
    this.start.replaceChildren(starting ? el("span", { class: "spin" }) : icon("play"), t("watchGo"));
    this.shows.hidden = playing;
    this.paintShows(this.session.state.scene.shows);
    this.stop.hidden = !playing;
    this.paintScreen(this.session.state.scene.screen);
    this.stop.replaceChildren(icon("stop"), t("watchStop"));
    this.teams.hidden = !playing;
    this.paintTeams(contest.seats);
  }

  /** Other contests that can be watched, a button each. */
  paintShows(shows) {
    this.shows.replaceChildren(
      ...(shows ?? []).map((show) => {
        const { zh: _zh, en: _en, ...order } = show;
        const press = () => this.session.watch(order);
        return el("button", { type: "button", class: "plain", data: { testid: "show" }, on: { click: press } }, sceneText(show));
      }),
    );
  }

  paintTeams(seats) {
    const names = [...new Set(seats.filter((one) => one.team).map((one) => one.team))];
    keyed(
      this.teams,
      names,
      (name) => name,
      (name) => el("div", { class: "team" }, el("h3", {}, name), el("div")),
      (node, name) => this.paintTeam(node.lastElementChild, seats.filter((one) => one.team === name)),
    );
  }

  paintTeam(parent, seats) {
    keyed(
      parent,
      seats,
      (one) => one.user_id,
      (one) => this.seat(one),
      (node, one) => {
        const own = one.played_by === "visitor";
        node.dataset.playedBy = one.played_by;
        setText(node.querySelector(".seat-do"), own ? t("seatYours") : t("takeSeat"));
        setAttr(node, "aria-label", `${one.name}: ${own ? t("leaveSeat") : t("takeSeat")}`);
        setAttr(node, "aria-pressed", String(own));
      },
    );
  }

  seat(one) {
    const node = el(
      "button",
      { type: "button", class: "seat", data: { testid: "seat", personId: one.user_id } },
      avatar({ id: one.user_id, name: one.name, size: "tiny" }),
      el("span", { class: "seat-name" }, one.name),
      el("span", { class: "seat-do", "aria-hidden": "true" }),
    );
    node.addEventListener("click", () => {
      if (node.dataset.playedBy === "visitor") this.session.leaveSeat(one.user_id);
      else this.session.takeSeat(one.user_id);
    });
    return node;
  }
}

function why({ code, words, said }) {
  const reason = code === "error" ? words : t(code);
  return said ? `${reason} ${t("watchSaid", { said: said.slice(0, 120) })}` : reason;
}

function where(question, count) {
  if (!question) return t("watchLobby");
  if (!count) return t("watchNumber", { n: question });
  return question > count ? t("watchExtra") : t("watchQuestion", { n: question, of: count });
}

function idleWords(state, trouble) {
  if (state === "failed") return t("watchTrouble", { why: why(trouble) });
  if (state === "finished") return t("watchOver");
  return t("watchBody");
}
