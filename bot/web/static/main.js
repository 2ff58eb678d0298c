// Puts the page together: the state from the line, the scene that fits it, the keys.

import { Band } from "./band.js";
import { Bracket } from "./bracket.js";
import { Clock } from "./clock.js";
import { el, setText } from "./dom.js";
import { Finish } from "./finish.js";
import { Line } from "./line.js";
import { Lobby } from "./lobby.js";
import { Plain } from "./plain.js";
import { Question } from "./question.js";
import { Ring } from "./ring.js";
import { Table } from "./table.js";
import { Teams } from "./teams.js";
import { boutWords, LANGUAGES, lang, speak, t, told } from "./words.js";

const CUT_AFTER = 1200;

class Page {
  constructor() {
    this.base = location.pathname.replace(/\/+$/, "");
    this.asked = new URLSearchParams(location.search);
    this.state = null;
    this.teams = new Teams();
    this.clock = new Clock(this.base.replace(/[^/]*$/, "clock"));
    this.ring = new Ring(this.clock);
    this.table = new Table();
    this.band = new Band(this.ring);
    this.scenes = {
      lobby: new Lobby(this.base),
      question: new Question(this.ring, this.base),
      finish: new Finish(),
      bracket: new Bracket(),
      plain: new Plain(this.ring),
    };
    this.build();
    this.line = new Line(this.base, { change: (update) => this.change(update), state: (word) => this.connection(word) });
  }

  build() {
    this.title = el("b");
    this.place = el("span");
    this.cut = el("p", { class: "cut", role: "status", hidden: true, data: { testid: "cut" } });
    this.main = el("main");
    const top = el("header", { class: "top" }, el("img", { src: "assets/seal.svg", alt: "" }), el("div", {}, this.title, this.place), this.cut);
    this.app = el("div", { class: "app", data: { testid: "app" } }, top, this.main, this.table.node, this.band.node);
    document.body.replaceChildren(this.app);
    document.documentElement.dataset.theme = this.asked.get("theme") === "light" ? "light" : "dark";
    speak(this.asked.get("lang") ?? "zh-CN");
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("resize", () => this.fit(true));
    document.addEventListener("visibilitychange", () => this.awake());
    document.fonts?.ready.then(() => this.fit(true));
    this.wait(t("connecting"), "");
  }

  begin() {
    void this.clock.begin();
    this.line.open();
    addEventListener("online", () => this.line.open());
    void this.awake();
  }

  /** Keep the projector's computer from going to sleep, where the browser allows it. */
  async awake() {
    if (document.hidden || !navigator.wakeLock) return;
    try {
      await navigator.wakeLock.request("screen");
    } catch {
      return; // refused: the computer's own setting decides
    }
  }

  // ---- what comes ----

  change(update) {
    const before = this.state;
    this.state = update.full ? { ...update.sections } : { ...before, ...update.sections };
    if (!this.asked.has("lang") && this.state.language && this.state.language !== lang()) speak(this.state.language);
    if (update.full || "teams" in update.sections) this.teams = new Teams(this.state.teams ?? []);
    this.paint({ quiet: update.full });
    document.body.dataset.change = update.id;
  }

  connection(word) {
    clearTimeout(this.cutting);
    if (word === "up") {
      this.cut.hidden = true;
    } else if (word === "dead") {
      this.state = null;
      this.cut.hidden = true;
      this.wait(t("dead"), t("deadHint"));
    } else {
      this.cutting = setTimeout(() => {
        setText(this.cut, t("cut"));
        this.cut.hidden = false;
      }, CUT_AFTER);
    }
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "f") {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void document.documentElement.requestFullscreen();
    } else if (key === "l") {
      this.choose("lang", LANGUAGES[(LANGUAGES.indexOf(lang()) + 1) % LANGUAGES.length]);
      speak(this.asked.get("lang"));
      if (this.state) this.paint({ quiet: true });
    } else if (key === "t") {
      this.choose("theme", document.documentElement.dataset.theme === "light" ? "dark" : "light");
      document.documentElement.dataset.theme = this.asked.get("theme");
    }
  }

  /** What was chosen by a key outlives a reload. */
  choose(name, value) {
    this.asked.set(name, value);
    history.replaceState(null, "", `${location.pathname}?${this.asked}`);
  }

  // ---- what is shown ----

  wait(big, below) {
    const { plain } = this.scenes;
    this.show(plain, "alone");
    plain.over.textContent = "";
    plain.big.textContent = big;
    plain.below.textContent = below;
    plain.fit();
  }

  paint({ quiet = false } = {}) {
    const { state, teams } = this;
    const [scene, shape] = this.sceneOf(state);
    setText(this.title, state.bracket?.title || told(state.contest?.title) || state.programme || "");
    setText(this.place, [state.bout && boutWords(state.bout), state.contest?.group, state.contest?.bank && t("bank", { bank: state.contest.bank })].filter(Boolean).join(" · "));
    document.title = this.title.textContent;
    this.ring.set(state.timer);
    this.show(scene, shape);
    scene.paint(state, teams);
    if (shape !== "alone") this.table.paint(state, teams, { quiet });
    if (shape === "full") this.band.paint(state, teams);
    this.app.dataset.dense = String(scene.dense || false);
    this.fit();
  }

  /** The scene that fits the state, and how much stands around it. */
  sceneOf(state) {
    const { scenes } = this;
    const { name } = state.phase;
    const lobby = state.teams?.some((team) => team.members);
    if (name === "tournament") return [scenes.bracket, "alone"];
    if (name === "waiting" || !state.contest?.id) return [scenes.plain, "alone"];
    if (name === "lobby") return [scenes.lobby, "alone"];
    if (name === "finished") return [scenes.finish, "alone"];
    if (name === "paused" || name === "aborted") return [scenes.plain, lobby ? "alone" : "beside"];
    if (state.question || state.outcome) return [scenes.question, "full"];
    return [scenes.plain, "beside"];
  }

  show(scene, shape) {
    this.app.dataset.shape = shape;
    if (this.shown === scene) return;
    this.shown?.leave?.();
    this.shown = scene;
    this.app.dataset.scene = Object.keys(this.scenes).find((name) => this.scenes[name] === scene);
    this.main.replaceChildren(scene.node);
  }

  fit(again = false) {
    this.shown?.fit?.(again);
  }
}

const page = new Page();
page.begin();
