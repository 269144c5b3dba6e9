/** Bars for figures of one unit, drawn here: zero based, labelled with the published value. */
import { h, svg } from "../dom.js";
import { amount, joined, period } from "../format.js";

/** @typedef {import("../types.js").Figure} Figure */

const MOST = 16;
const WIDTH = 860;
const ROW = 30;
const LABELS = 360;
const VALUES = 150;

/** @param {Figure[]} figures @param {string} language @param {import("../types.js").Say} say */
export function plot(figures, language, say) {
  const units = new Set(figures.map((f) => f.unit));
  if (units.size !== 1) return h("p", { class: "note" }, say("plotNone"));
  const unit = figures[0].unit;
  const drawn = figures.slice(0, MOST);
  const low = Math.min(0, ...drawn.map((f) => f.value));
  const high = Math.max(0, ...drawn.map((f) => f.value));
  const x = (/** @type {number} */ value) => LABELS + ((value - low) / (high - low || 1)) * (WIDTH - LABELS - VALUES);
  const bars = drawn.map((f, i) => bar(f, i, x, language, say));
  const axis = svg("line", { x1: x(0), x2: x(0), y1: 0, y2: drawn.length * ROW, class: "axis" });
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${drawn.length * ROW + 8}`, role: "img", class: "bars",
    "aria-label": say("plotAlt", { n: drawn.length, unit }),
  }, ...bars, axis);
  return h("figure", {}, picture, h("figcaption", { class: "note" }, say("plotFirst", { n: drawn.length, unit })));
}

/**
 * @param {Figure} f
 * @param {number} i
 * @param {(value: number) => number} x
 * @param {string} language
 * @param {import("../types.js").Say} say
 */
function bar(f, i, x, language, say) {
  const y = i * ROW;
  const [from, to] = [x(Math.min(0, f.value)), x(Math.max(0, f.value))];
  const label = [f.label, f.ref_area, period(f.time_period, language, say), f.scenario !== "actual" && say(f.scenario)].filter(Boolean).join(" · ");
  const value = joined(amount(f, language, { published: f.published_as }), language);
  return svg("g", {},
    svg("title", {}, `${label}: ${value}`),
    svg("text", { x: LABELS - 12, y: y + 20, "text-anchor": "end" }, shortened(label)),
    svg("rect", { x: from, y: y + 6, width: Math.max(1, to - from), height: ROW - 11, rx: 3, class: f.scenario === "actual" ? "bar" : "bar planned" }),
    svg("text", { x: to + 8, y: y + 20, class: "value" }, value));
}

/** @param {string} label */
function shortened(label) {
  const points = [...label];
  return points.length > 52 ? `${points.slice(0, 51).join("")}…` : label;
}
