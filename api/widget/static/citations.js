/** Citations: the marks in a text, the list below it, and both as plain text. */
import { h, safeUrl } from "./dom.js";
import { date } from "./format.js";

/**
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./types.js").Citation} Citation
 * @typedef {import("./answer.js").Context} Context
 */

const JOINER = "\u2060"; // keeps a mark on the line of the word before it
const MARKS = /(\s*\[\d{1,3}\])/;
const MARK = /^\s*\[(\d+)\]$/;

/** A text with its `[n]` as buttons; what no citation has stays text.
 * @param {string} text @param {Answer} answer @param {Context} context */
export function marked(text, answer, context) {
  const known = new Map((answer.citations ?? []).map((c) => [c.n, c]));
  return text.split(MARKS).flatMap((part) => {
    const citation = known.get(Number(MARK.exec(part)?.[1]));
    return citation ? [JOINER, mark(citation, context)] : [part];
  });
}

/** A text without its marks. @param {string} text @param {Answer} answer */
export function unmarked(text, answer) {
  const known = new Set((answer.citations ?? []).map((c) => c.n));
  return text.split(MARKS).filter((part) => !known.has(Number(MARK.exec(part)?.[1]))).join("");
}

/** A citation mark. @param {Citation} citation @param {Context} context */
export function mark(citation, { say, cite }) {
  const label = say("source", { n: citation.n, title: citation.title });
  const button = h("button", {
    type: "button", class: "mark", "aria-label": label, title: label, "data-n": citation.n,
    on: { click: () => cite(citation, button) },
  }, String(citation.n));
  return button;
}

/** The notices cited, each opens at its sentence. @param {Answer} answer @param {Context} context */
export function sources(answer, context) {
  const { say, language, cite } = context;
  const items = (answer.citations ?? []).map((citation) => {
    const open = h("button", { type: "button", class: "source", on: { click: () => cite(citation, open) } },
      h("span", { class: "n" }, String(citation.n)),
      h("span", { class: "name" }, citation.title || citation.source),
      citation.published && h("time", { datetime: citation.published }, date(citation.published, language)));
    return h("li", {}, open);
  });
  return items.length > 0 && h("ol", { class: "sources", "aria-label": say("sources") }, items);
}

/** The sentence and its sources as plain text. @param {Answer} answer */
export function withSources(answer) {
  const lines = (answer.citations ?? []).map((c) =>
    `[${c.n}] ${[c.title || c.source, c.published, c.url && safeUrl(c.url)].filter(Boolean).join(", ")}`);
  return [answer.text, ...lines].join("\n");
}
