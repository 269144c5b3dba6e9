/** Citations: the marks in the sentence, the list below it, and both as plain text. */
import { h, safeUrl } from "./dom.js";
import { date } from "./format.js";

/**
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./answer.js").Context} Context
 */

/** A citation mark. @param {import("./types.js").Citation} citation @param {Context} context */
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
  return items.length > 0 && h("section", { class: "sources", "aria-label": say("sources") }, h("ol", {}, items));
}

/** The sentence and its sources as plain text. @param {Answer} answer */
export function withSources(answer) {
  const lines = (answer.citations ?? []).map((c) =>
    `[${c.n}] ${[c.title || c.source, c.published, c.url && safeUrl(c.url)].filter(Boolean).join(", ")}`);
  return [answer.text, ...lines].join("\n");
}
