// Building nodes. Text only ever becomes text nodes: no string is parsed as HTML anywhere in this page.

/**
 * A new element. `props` are attributes, except `on` (listeners), `data` (data-attributes) and `class`;
 * null, undefined and false leave an attribute out. Children are nodes, strings, or nothing.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "style") node.style.cssText = value; // as the CSP allows it; an attribute it would refuse
    else if (name === "data") for (const [key, datum] of Object.entries(value)) setData(node, key, datum);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setData(node, key, value) {
  if (value !== null && value !== undefined) node.dataset[key] = String(value);
}

/** Replace the children only if they would look different: no flicker, no lost focus. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Attributes that may come and go; null removes. */
export function setAttr(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/**
 * Make the children of `parent` the nodes for `items`, in order, keeping those that exist already.
 * `make(item)` builds a node, `patch(node, item)` brings it up to date.
 */
export function keyed(parent, items, key, make, patch) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let after = null;
  for (const item of items) {
    const name = String(key(item));
    let node = old.get(name);
    if (node) old.delete(name);
    else {
      node = make(item);
      node.dataset.key = name;
    }
    patch(node, item);
    const place = after ? after.nextSibling : parent.firstChild;
    if (node !== place) parent.insertBefore(node, place);
    after = node;
  }
  for (const node of old.values()) node.remove();
}
