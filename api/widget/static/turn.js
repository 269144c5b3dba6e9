/** One exchange: the question and whatever has become of it. */
import { answerCard } from "./answer.js";
import { h, icon } from "./dom.js";
import { period } from "./format.js";
import { explain } from "./problem.js";

/**
 * @typedef {import("./types.js").Turn} Turn
 * @typedef {import("./answer.js").Context & {
 *   stop: () => void, retry: (turn: Turn) => void, withdraw: (turn: Turn) => void
 * }} TurnContext
 */

/** @param {Turn} turn @param {TurnContext} context @param {boolean} last */
export function turnView(turn, context, last) {
  const element = h("article", { class: "turn", "data-turn": turn.key, "aria-label": turn.question });
  fill(element, turn, context, last);
  return element;
}

/** Draw the turn anew. @param {Element} element @param {Turn} turn @param {TurnContext} context @param {boolean} last */
export function fill(element, turn, context, last) {
  if (turn.status === "asking" && progress(element, turn, context)) return;
  element.setAttribute("data-status", turn.status);
  element.replaceChildren(question(turn, context), reply(turn, context, last));
}

/** @param {Turn} turn @param {TurnContext} context */
function question(turn, { say, language }) {
  const changes = Object.entries(turn.interpretation ?? {}).map(([name, value]) =>
    `${say(name)} → ${name === "time_period" ? period(value, language, say) : name === "scenario" ? say(value) : value}`);
  return h("div", { class: "question" },
    h("p", { dir: "auto" }, h("span", { class: "sr" }, `${say("you")}: `), turn.question),
    changes.length > 0 && h("p", { class: "note" }, say("changed", { changes: changes.join(", ") })));
}

/** @param {Turn} turn @param {TurnContext} context @param {boolean} last @returns {HTMLElement} */
function reply(turn, context, last) {
  if (turn.status === "done" && turn.answer) return answerCard(turn.answer, context, last);
  if (turn.status === "asking") return waiting(turn, context);
  if (turn.status === "queued") return queued(turn, context);
  return ended(turn, context);
}

/** @param {Turn} turn @param {TurnContext} context */
function waiting(turn, context) {
  return h("div", { class: "card waiting", "aria-busy": "true" },
    h("p", { class: "step" }, h("span", { class: "pulse", "aria-hidden": "true" }), h("span", { class: "words" }, stepWords(turn, context))),
    h("p", { class: "draft", dir: "auto" }, turn.text),
    h("p", { class: "note slow" }, turn.slow && context.say("slow")));
}

/** Update an answer in the making in place; false when it is not drawn yet.
 * @param {Element} element @param {Turn} turn @param {TurnContext} context */
function progress(element, turn, context) {
  const words = element.querySelector(".waiting .words");
  if (!words) return false;
  const write = (/** @type {string} */ selector, /** @type {string} */ text) => {
    const node = element.querySelector(selector);
    if (node && node.textContent !== text) node.textContent = text;
  };
  write(".waiting .words", stepWords(turn, context));
  write(".draft", turn.text);
  write(".slow", turn.slow ? context.say("slow") : "");
  return true;
}

/** @param {Turn} turn @param {TurnContext} context */
function stepWords(turn, { say }) {
  const key = `step_${turn.step || "start"}`;
  const words = say(key);
  return words === key.replaceAll("_", " ") ? turn.step : words; // a step of a newer server, in its own words
}

/** @param {Turn} turn @param {TurnContext} context */
function queued(turn, { say, withdraw }) {
  return h("div", { class: "card waiting" },
    h("p", { class: "step" }, say("queued"),
      h("button", { type: "button", class: "quiet", on: { click: () => withdraw(turn) } }, say("withdraw"))));
}

/** Stopped or failed: what happened and what to do. @param {Turn} turn @param {TurnContext} context */
function ended(turn, { say, retry }) {
  const stopped = turn.status === "stopped";
  return h("div", { class: "card failed", role: stopped ? null : "alert" },
    h("p", { class: "warning" }, icon(stopped ? "stop" : "note"), h("span", {}, stopped ? say("stopped") : explain(turn.problem, say))),
    h("button", { type: "button", class: "quiet retry", on: { click: () => retry(turn) } }, icon("retry"),
      say(stopped ? "askAgain" : "retry")));
}
