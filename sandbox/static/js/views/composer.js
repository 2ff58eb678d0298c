// Writing a message: Enter sends, Shift+Enter breaks the line, "/" lists the bot's commands; files by button, by
// dropping or by pasting; what was begun in a chat is still there on coming back.

import { el, setAttr, setText } from "../dom.js";
import { fileSize, fullName } from "../format.js";
import { icon } from "../icons.js";
import { t } from "../texts.js";
import { summary } from "./bubble.js";
import { CommandMenu } from "./commands.js";

const PICTURES = /^image\/(jpeg|png|webp)$/;

export class Composer {
  /**
   * @param {{send: Function, sendFile: Function, edit: Function, commands: () => object[], lastOwn: () => object|null}} acts
   *   each sending act resolves to whether it worked
   */
  constructor(acts) {
    this.acts = acts;
    this.drafts = new Map();
    this.fresh();
    this.about = el("div", { class: "about", hidden: true });
    this.area = el("textarea", { rows: "1", autocomplete: "off", enterkeyhint: "send", data: { testid: "composer" } });
    this.attach = round("attach", () => this.toggleAttach(), { "aria-haspopup": "menu", "aria-expanded": "false" });
    this.slash = round("slash", () => this.menu.toggle(), { "aria-haspopup": "listbox", "aria-expanded": "false" });
    this.sender = round("send", () => this.submit(), { "data-testid": "send" });
    this.sender.classList.add("send");
    this.photoInput = this.picker("image/jpeg,image/png,image/webp", "photo");
    this.fileInput = this.picker(null, "document");
    this.menu = new CommandMenu({
      commands: acts.commands,
      pick: (command) => this.picked(command),
      opened: (open) => setAttr(this.slash, "aria-expanded", String(open)),
    });
    this.attachMenu = el("div", { class: "menu small", role: "menu", hidden: true });
    const bar = el("div", { class: "composer" }, this.attach, this.slash, this.area, this.sender);
    this.node = el(
      "div",
      { class: "writing" },
      this.menu.node,
      this.attachMenu,
      this.about,
      bar,
      this.photoInput,
      this.fileInput,
    );
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.keyed(event));
    this.area.addEventListener("paste", (event) => this.pasted(event));
    document.addEventListener("pointerdown", (event) => this.pressedElsewhere(event));
  }

  fresh() {
    this.replyTo = null;
    this.edited = null;
    this.file = null;
  }

  /** Another chat or person: keep what was begun, bring back what was begun there. */
  moveTo(place) {
    if (this.place === place) return;
    if (this.place && !this.edited) this.drafts.set(this.place, this.area.value);
    this.place = place;
    this.fresh();
    this.area.value = this.drafts.get(place) ?? "";
    this.menu.close();
    this.closeAttach();
    this.paint();
  }

  focus() {
    this.area.focus({ preventScroll: true });
  }

  reply(message) {
    this.edited = null;
    this.replyTo = message;
    this.paint();
    this.focus();
  }

  startEdit(message) {
    this.fresh();
    this.edited = message;
    this.area.value = message.text ?? "";
    this.paint();
    this.focus();
  }

  fill(text) {
    this.area.value = text;
    this.paint();
    this.focus();
  }

  take(file, kind) {
    this.edited = null;
    this.file = { file, kind };
    this.paint();
    this.focus();
  }

  cancel() {
    if (this.edited) this.area.value = "";
    this.fresh();
    this.paint();
  }

  paint() {
    const empty = this.area.value.trim() === "" && !this.file;
    setAttr(this.sender, "aria-disabled", empty ? "true" : null);
    const hint = this.file ? t("caption") : t("write");
    setAttr(this.area, "placeholder", hint);
    setAttr(this.area, "aria-label", hint);
    for (const [button, words] of [[this.attach, t("attach")], [this.slash, t("commands")], [this.sender, t("send")]]) {
      setAttr(button, "aria-label", words);
      setAttr(button, "title", words);
    }
    this.grow();
    this.paintAbout();
  }

  grow() {
    this.area.style.height = "40px";
    if (this.area.scrollHeight > 42) this.area.style.height = `${Math.min(this.area.scrollHeight + 2, 180)}px`;
  }

  paintAbout() {
    const words = this.aboutWords();
    this.about.hidden = !words;
    if (this.preview) URL.revokeObjectURL(this.preview);
    this.preview = null;
    if (!words) return this.about.replaceChildren();
    const picture = this.file?.kind === "photo";
    if (picture) this.preview = URL.createObjectURL(this.file.file);
    const shut = el("button", { type: "button", class: "round", "aria-label": t("cancel"), title: t("cancel") }, icon("close"));
    shut.addEventListener("click", () => {
      this.cancel();
      this.focus();
    });
    this.about.replaceChildren(
      picture ? el("img", { src: this.preview, alt: "" }) : icon(words.icon),
      el("div", { class: "about-words" }, el("b", {}, words.title), el("span", {}, words.body)),
      shut,
    );
    return undefined;
  }

  aboutWords() {
    if (this.file) {
      return { icon: "file", title: this.file.file.name, body: fileSize(this.file.file.size) };
    }
    if (this.edited) return { icon: "edit", title: t("editing"), body: summary(this.edited) };
    if (this.replyTo) {
      return { icon: "reply", title: t("replyTo", { name: fullName(this.replyTo.from) }), body: summary(this.replyTo) };
    }
    return null;
  }

  typed() {
    setAttr(this.sender, "aria-disabled", this.area.value.trim() === "" && !this.file ? "true" : null);
    this.grow();
    this.menu.follow(this.area.value);
  }

  keyed(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter ends a Chinese input, it does not send.
    if (this.menu.keyed(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.aboutWords()) {
      event.preventDefault();
      this.cancel();
    } else if (event.key === "ArrowUp" && this.area.value === "" && !this.file) {
      const last = this.acts.lastOwn();
      if (!last) return;
      event.preventDefault();
      this.startEdit(last);
    }
  }

  async submit() {
    const text = this.area.value.trim();
    if ((text === "" && !this.file) || this.sending) return;
    const { file, edited, replyTo } = this;
    this.menu.close();
    this.sending = true;
    const kept = this.area.value;
    const place = this.place;
    this.area.value = "";
    this.fresh();
    this.paint();
    let worked = false;
    if (file) worked = await this.acts.sendFile({ ...file, caption: text, replyTo: replyTo?.message_id });
    else if (edited) worked = text === edited.text || (await this.acts.edit(edited, text));
    else worked = await this.acts.send(text, replyTo?.message_id);
    this.sending = false;
    if (worked || this.place !== place || this.area.value !== "") return;
    // It did not go out: give the words back rather than lose them.
    this.area.value = kept;
    Object.assign(this, { file, edited, replyTo });
    this.paint();
  }

  /** The bot's commands arrived, or are others now: show them to whoever is just asking for them. */
  commandsCame() {
    if (document.activeElement === this.area && this.area.value.startsWith("/")) this.menu.follow(this.area.value);
    else if (this.menu.open) this.menu.show(this.acts.commands());
  }

  picked(command) {
    this.area.value = "";
    this.paint();
    this.focus();
    this.acts.send(`/${command}`);
  }

  picker(accept, kind) {
    const input = el("input", { type: "file", accept, hidden: true, data: { testid: `pick-${kind}` } });
    input.addEventListener("change", () => {
      const [file] = input.files;
      input.value = "";
      if (file) this.take(file, kind);
    });
    return input;
  }

  toggleAttach() {
    if (!this.attachMenu.hidden) return this.closeAttach();
    const item = (mark, words, input) =>
      el(
        "button",
        {
          type: "button",
          class: "menu-item",
          role: "menuitem",
          on: {
            click: () => {
              this.closeAttach();
              input.click();
            },
          },
        },
        icon(mark),
        words,
      );
    this.attachMenu.replaceChildren(
      item("photo", t("attachPhoto"), this.photoInput),
      item("file", t("attachFile"), this.fileInput),
    );
    this.attachMenu.hidden = false;
    setAttr(this.attach, "aria-expanded", "true");
    this.attachMenu.onkeydown = (event) => {
      if (event.key === "Escape") {
        this.closeAttach();
        this.attach.focus();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const items = [...this.attachMenu.children];
        const step = event.key === "ArrowDown" ? 1 : -1;
        items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
      }
    };
    this.attachMenu.firstElementChild.focus();
    return undefined;
  }

  closeAttach() {
    this.attachMenu.hidden = true;
    setAttr(this.attach, "aria-expanded", "false");
  }

  pressedElsewhere(event) {
    if (!this.attachMenu.contains(event.target) && !this.attach.contains(event.target)) this.closeAttach();
    if (!this.node.contains(event.target)) this.menu.close();
  }

  pasted(event) {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.takeAny(file);
  }

  /** Dropped or pasted: a picture goes as a photo, all else as a file. */
  takeAny(file) {
    this.take(file, PICTURES.test(file.type) ? "photo" : "document");
  }
}

function round(mark, act, attributes = {}) {
  return el("button", { type: "button", class: "round", on: { click: act }, ...attributes }, icon(mark));
}
