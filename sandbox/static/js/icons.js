// Line icons, drawn here: 24 by 24, stroke of the current colour.

const PATHS = {
  send: ["M4.5 12 3.4 4.6c-.1-.8.7-1.4 1.4-1l16 7.6c.7.3.7 1.3 0 1.6l-16 7.6c-.7.4-1.5-.2-1.4-1L4.5 12Z", "M4.5 12h8"],
  attach: ["m19.5 11.5-7.7 7.7a5 5 0 0 1-7.1-7.1l8-8a3.4 3.4 0 0 1 4.8 4.8l-7.9 7.9a1.7 1.7 0 0 1-2.4-2.4l7.1-7.1"],
  slash: ["M5 3.5h14a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 19V5A1.5 1.5 0 0 1 5 3.5Z", "m14 7.5-4 9"],
  reply: ["M9.5 6 4 11.5 9.5 17", "M4 11.5h9a6.5 6.5 0 0 1 6.5 6.5v1"],
  edit: ["m14.5 5.5 4 4", "M4.5 19.5l1-5L16 4a2.1 2.1 0 0 1 3 0l1 1a2.1 2.1 0 0 1 0 3L9.5 18.5l-5 1Z"],
  close: ["m6 6 12 12", "m18 6-12 12"],
  back: ["m14.5 5-7 7 7 7"],
  fold: ["m9.5 6.5 5.5 5.5-5.5 5.5"],
  down: ["m6 9.5 6 6 6-6"],
  file: ["M6.5 3h7.5l4.5 4.5V20a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Z", "M13.5 3v5h5"],
  photo: ["M4.5 4.5h15A1.5 1.5 0 0 1 21 6v12a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18V6a1.5 1.5 0 0 1 1.5-1.5Z", "m3.5 17 5-5 4 4 3-3 5 5", "M15.5 9h.01"],
  book: ["M12 6.5C10 5.2 7.6 4.8 4.5 5.2v13c3.1-.4 5.5 0 7.5 1.3 2-1.3 4.4-1.7 7.5-1.3v-13c-3.1-.4-5.5 0-7.5 1.3Z", "M12 6.5v13"],
  bolt: ["M13 2.8 4.8 13.6h6.3L10.3 21.2 19.2 9.9h-6.5L13 2.8Z"],
  play: ["M7 4.5v15l12.5-7.5L7 4.5Z"],
  stop: ["M6.5 6.5h11v11h-11z"],
  bulb: ["M9.5 18h5", "M10.5 21h3", "M12 3a6.2 6.2 0 0 0-3.8 11.1c.8.6 1.3 1.3 1.3 2.2v.2h5v-.2c0-.9.5-1.6 1.3-2.2A6.2 6.2 0 0 0 12 3Z"],
  seat: ["M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M4.5 20.5c.5-4 3.5-6.3 7.5-6.3s7 2.3 7.5 6.3"],
  away: ["M8 5h11v11", "M18.5 5.5 5.5 18.5"],
  stopped: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z", "m6 6 12 12"],
  check: ["m5 12.5 4.5 4.5L19.5 7"],
};

const SPACE = "http://www.w3.org/2000/svg";

/** A decorative icon; whoever uses it says the words beside it or in a label. */
export function icon(name) {
  const svg = document.createElementNS(SPACE, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SPACE, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
