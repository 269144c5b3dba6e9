/**
 * Builds elements. The only way in which the interface makes DOM: strings become text nodes, never markup,
 * so that it runs under Trusted Types and nothing in an answer can become an element.
 */

const SVG = "http://www.w3.org/2000/svg";
const FORBIDDEN = /^(on|style$|srcdoc$|innerhtml$|outerhtml$)/i;

/** @typedef {Node | string | number | null | undefined | false} Single  nothing is made of the last three */
/** @typedef {Single | Single[] | Single[][]} Child */

/**
 * An element with attributes, listeners (`on: {click: f}`) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]  true writes an empty attribute; false, null and undefined write none
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  append(node, children);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {string} name
 * @param {any} value
 */
function setProp(node, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (name === "on") {
    for (const [type, listener] of Object.entries(value)) node.addEventListener(type, /** @type {any} */ (listener));
  } else if (FORBIDDEN.test(name)) {
    throw new TypeError(`${name} is not set from here`);
  } else if (name === "href" || name === "src") {
    const url = safeUrl(String(value));
    if (url) node.setAttribute(name, url);
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * @param {Element} parent
 * @param {Child[]} children
 */
export function append(parent, children) {
  for (const child of /** @type {Single[]} */ (children.flat(2))) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/**
 * An http(s), blob or same-page address; "" for anything that could run.
 * @param {string} url
 */
export function safeUrl(url) {
  if (url.startsWith("#")) return url;
  try {
    const parsed = new URL(url, document.baseURI);
    return ["http:", "https:", "blob:"].includes(parsed.protocol) ? parsed.href : "";
  } catch {
    return "";
  }
}

/**
 * An SVG element with attributes only.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (FORBIDDEN.test(name)) throw new TypeError(`${name} is not set from here`);
    node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

const ICONS = {
  chat: "M5 18.5V6.8C5 5.8 5.8 5 6.8 5h10.4c1 0 1.8.8 1.8 1.8v7.4c0 1-.8 1.8-1.8 1.8H9.2L5 19.2M9 9h6M9 12h4",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M8 8h8v8H8z",
  copy: "M9 9h9.5v10.5H9zM6 15H5V4.5h10V6",
  link: "M10 14a4 4 0 0 0 5.7 0l2.8-2.8a4 4 0 0 0-5.7-5.7L11.5 6.8M14 10a4 4 0 0 0-5.7 0l-2.8 2.8a4 4 0 0 0 5.7 5.7l1.3-1.3",
  up: "M8 20H5v-9h3zm0-9l4-7c1.3 0 2 .9 2 2v4h4.2c1 0 1.8 1 1.6 2l-1.3 6.4c-.2.9-1 1.6-1.9 1.6H8",
  down: "M8 4H5v9h3zm0 9l4 7c1.3 0 2-.9 2-2v-4h4.2c1 0 1.8-1 1.6-2l-1.3-6.4C18.3 4.7 17.5 4 16.6 4H8",
  plus: "M12 5v14M5 12h14",
  retry: "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
  more: "M7 10l5 5 5-5",
  note: "M12 8v5M12 16.200v.1M12 4.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15z",
  out: "M13 5h6v6M19 5l-9 9M16 13.500V19H5V8h5.500",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l1 12.500h8L17 7",
};

/**
 * A line drawing beside a label; hidden from assistive technology.
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
  const path = svg("path", { d: ICONS[name] });
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" }, path);
}

/**
 * A button that shows an icon and is named by words.
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {() => void} press
 * @param {Record<string, any>} [props]
 */
export function iconButton(name, label, press, props = {}) {
  const all = { type: "button", class: "tool", title: label, "aria-label": label, ...props, on: { click: press } };
  return h("button", all, icon(name));
}
