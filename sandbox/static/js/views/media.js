// Pictures, files, sounds and films inside a bubble.

import { el } from "../dom.js";
import { fileSize } from "../format.js";
import { icon } from "../icons.js";
import { t } from "../texts.js";
import { fileAddress } from "../town.js";

/** The first of a message's media fields that is there, as `{kind, ...}`; null for a plain text. */
export function mediaOf(message) {
  if (message.photo?.length) return { kind: "photo", ...message.photo.at(-1) };
  for (const kind of ["animation", "video", "voice", "audio", "document"]) {
    if (message[kind]) return { kind, ...message[kind] };
  }
  return null;
}

/** What a list or a quotation says of it. */
export function mediaWords(media) {
  if (media.kind === "document") return media.file_name ?? t("file");
  if (media.kind === "animation") return t("video");
  return t(media.kind);
}

export function mediaNode(media, openPhoto) {
  const address = fileAddress(media.file_id);
  switch (media.kind) {
    case "photo":
      return photo(media, address, openPhoto);
    case "voice":
    case "audio":
      return el("audio", { class: "sound", controls: true, preload: "metadata", src: address, "aria-label": t(media.kind) });
    case "video":
    case "animation":
      return el("video", { class: "film", controls: true, preload: "metadata", src: address, "aria-label": t("video") });
    default:
      return file(media, address);
  }
}

/** The width in pixels that a photo is shown with: in its own shape, neither tiny nor taller than the screen. */
export function photoWidth({ width, height }) {
  if (!width || !height) return 320;
  return Math.round(Math.max(200, Math.min(width, 440, (420 * width) / height)));
}

function photo(media, address, openPhoto) {
  const { width, height } = media;
  const image = el("img", { src: address, alt: t("photo"), decoding: "async", draggable: "false" });
  const shape = width && height ? `aspect-ratio: ${width} / ${Math.min(height, width * 2.1)}` : null;
  return el(
    "button",
    {
      type: "button",
      class: "photo",
      style: shape,
      "aria-label": t("openPhoto"),
      data: { testid: "photo" },
      on: { click: () => openPhoto(address) },
    },
    image,
  );
}

function file(media, address) {
  const name = media.file_name ?? t("file");
  return el(
    "a",
    { class: "file", href: address, download: name, "aria-label": t("download", { name }), data: { testid: "file" } },
    el("span", { class: "file-mark" }, icon("file")),
    el(
      "span",
      { class: "file-words" },
      el("span", { class: "file-name" }, name),
      el("span", { class: "file-size" }, fileSize(media.file_size)),
    ),
  );
}
