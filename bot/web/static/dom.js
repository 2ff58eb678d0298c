// Making elements. Names and questions come from anybody: they become text nodes, without exception.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "vars") for (const [key, what] of Object.entries(value)) node.style.setProperty(key, what);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function setText(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** Give the text of a box the largest scale at which everything fits; 1 is the size that its style says. */
export function fit(box, least = 0.22, most = 1) {
  if (!box?.isConnected) return;
  const fits = (scale) => {
    box.style.setProperty("--fit", scale.toFixed(3));
    return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
  };
  if (fits(most)) return;
  let [small, large] = [least, most];
  for (let step = 0; step < 7; step += 1) {
    const middle = (small + large) / 2;
    if (fits(middle)) small = middle;
    else large = middle;
  }
  fits(small);
}

export const phone = () => matchMedia("(max-width: 760px)").matches;
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
