/** Why a number can be trusted: the arithmetic as a tree down to published figures, each with its source. */
import { mark } from "./citations.js";
import { h } from "./dom.js";
import { amount, caption, joined } from "./format.js";

/**
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./answer.js").Context} Context
 */

/** The working, or the figures used when nothing was computed; nothing when the headline says it all.
 * @param {Answer} answer @param {Context} context */
export function working(answer, context) {
  const derivations = answer.derivations ?? [];
  const figures = answer.figures ?? [];
  if (derivations.length > 0) return computed(answer, context);
  if (figures.length < 2) return null;
  return fold(context.say("figuresUsed"), figures.length > 4, h("ul", { class: "tree" },
    figures.map((f) => h("li", {}, published(f, answer, context)))));
}

/** @param {Answer} answer @param {Context} context */
function computed(answer, context) {
  const inner = new Set(answer.derivations.flatMap((d) => d.operands));
  const roots = answer.derivations.filter((d) => !inner.has(d.handle));
  const tops = roots.length > 0 ? roots : answer.derivations;
  const deep = answer.figures.length > 6;
  return fold(context.say("working"), deep, h("ul", { class: "tree" },
    tops.map((d) => branch(d.handle, answer, context, new Set()))));
}

/**
 * @param {string} handle
 * @param {Answer} answer
 * @param {Context} context
 * @param {Set<string>} above  handles on the way here: a circle is cut
 * @returns {HTMLElement | null}
 */
function branch(handle, answer, context, above) {
  const figure = answer.figures.find((f) => f.handle === handle);
  if (figure) return h("li", {}, published(figure, answer, context));
  const derivation = answer.derivations.find((d) => d.handle === handle);
  if (!derivation || above.has(handle)) return null;
  const path = new Set([...above, handle]);
  return h("li", {}, result(derivation, context),
    h("ul", {}, [...new Set(derivation.operands)].map((o) => branch(o, answer, context, path))));
}

/** @param {import("./types.js").Derivation} derivation @param {Context} context */
function result(derivation, { say, language }) {
  const show = (/** @type {number} */ end) =>
    joined(amount({ value: Number(end.toPrecision(4)), unit: derivation.unit }, language), language);
  const { interval } = derivation;
  const value = derivation.text || joined(amount(derivation, language, { interval }), language);
  return h("div", { class: "node" },
    h("span", { class: "amount" }, value),
    h("span", { class: "formula" }, `= ${derivation.formula.replaceAll(" * ", " × ").replaceAll(" / ", " ÷ ")}`),
    interval && interval[0] !== interval[1] &&
      h("span", { class: "note" }, say("between", { low: show(interval[0]), high: show(interval[1]) })));
}

/** @param {import("./types.js").Figure} figure @param {Answer} answer @param {Context} context */
function published(figure, answer, context) {
  const citation = (answer.citations ?? []).find((c) => c.n === figure.citation);
  return h("div", { class: "node" },
    h("span", { class: "amount" }, figure.published_as, citation && mark(citation, context)),
    h("span", { class: "note" }, caption(figure, context.language, context.say).join(" · ")));
}

/** @param {string} title @param {boolean} closed @param {HTMLElement} body */
function fold(title, closed, body) {
  return h("details", { class: "working", open: !closed }, h("summary", {}, title), body);
}
