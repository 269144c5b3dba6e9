/** An answer as a card: headline, sentence, working, chart, notes, what was understood, actions. */
import { chart, table } from "./chart.js";
import { chips, labelled } from "./chips.js";
import { marked, sources, withSources } from "./citations.js";
import { h, icon, iconButton } from "./dom.js";
import { working } from "./evidence.js";
import { feedback } from "./feedback.js";
import { amount, caption, joined, period } from "./format.js";

/**
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {{
 *   say: import("./types.js").Say, language: string, api: import("./api.js").Api,
 *   cite: (citation: import("./types.js").Citation, opener: HTMLElement) => void,
 *   ask: (question: string, interpretation?: Record<string, string> | null) => void,
 *   emit: (type: string, detail: object) => void
 * }} Context  what a view may use of the world
 */

/** @param {Answer} answer @param {Context} context @param {boolean} last  whether it is the newest */
export function answerCard(answer, context, last) {
  const chartAndTable = answer.chart ? chart(answer, context) : answer.table && table(answer, context);
  return h("div", { class: `card ${answer.status}`, "data-answer": answer.answer_id },
    headline(answer, context),
    prose(answer, context),
    answer.status === "clarify" && choices(answer.options ?? [], context),
    (answer.warnings ?? []).map((w) => h("p", { class: "warning" }, icon("note"), h("span", {}, w))),
    chartAndTable,
    working(answer, context),
    sources(answer, context),
    chips(answer, context),
    actions(answer, context),
    last && suggestions(answer.suggestions ?? [], context));
}

/** The figure that answers, set off above the sentence. @param {Answer} answer @param {Context} context */
function headline(answer, { say, language }) {
  const value = answer.value;
  if (!value || answer.status !== "answered") return null;
  const figure = (answer.figures ?? []).find((f) => f.value === value.value && f.unit === value.unit);
  const derivation = (answer.derivations ?? []).find((d) => d.value === value.value && d.unit === value.unit);
  const words = derivation || !figure ? operation(answer, language, say) : caption(figure, language, say);
  const { before, number, after } = split(inWords(answer, figure, derivation, language, say));
  return h("div", { class: "headline" },
    h("p", { class: "figure" },
      before && h("span", { class: "unit" }, before),
      h("span", { class: "number" }, number),
      after && h("span", { class: after.startsWith("%") ? "unit tight" : "unit" }, after)),
    words.length > 0 && h("p", { class: "caption" }, words.join(" · ")));
}

/**
 * The headline as the server words it; from its parts where a server does not.
 * @param {Answer} answer
 * @param {import("./types.js").Figure | undefined} figure
 * @param {import("./types.js").Derivation | undefined} derivation
 * @param {string} language
 * @param {Context["say"]} say
 */
function inWords({ value }, figure, derivation, language, say) {
  if (!value) return "";
  if (typeof value.value === "boolean") return say(value.value ? "yes" : "no");
  if (value.text) return value.text;
  const shown = amount(value, language, { published: figure?.published_as, interval: derivation?.interval });
  const qualifier = value.qualifier && value.qualifier !== "exact" ? `${say(value.qualifier)} ` : "";
  return qualifier + joined(shown, language);
}

/** Words before, the number with its currency sign, words after. @param {string} text */
function split(text) {
  const [, before, number, after] = /^(.*?)((?:[-−]\s?)?(?:[A-Z]{0,3}[$€£¥]\s?)?[-−]?\d(?:[\d.,\u00a0\u202f']*\d)?)(.*)$/su.exec(text) ?? [];
  return number ? { before, number, after } : { before: "", number: text, after: "" };
}

/** What a computed headline is. @param {Answer} answer @param {string} language @param {Context["say"]} say */
function operation({ interpretation = {} }, language, say) {
  const key = `operation_${interpretation.operation}`;
  const named = say(key);
  return [named !== key.replaceAll("_", " ") && named, labelled("indicator", interpretation), labelled("ref_area", interpretation),
    period(String(interpretation.time_period ?? ""), language, say)].filter(Boolean);
}

/** The sentence, its `[n]` as buttons. @param {Answer} answer @param {Context} context */
function prose(answer, context) {
  const paragraphs = answer.text.split(/\n+/).filter((line) => line.trim());
  return h("div", { class: "prose", lang: answer.language || null },
    paragraphs.map((line) => h("p", { dir: "auto" }, marked(line, answer, context))));
}

/** @param {string[]} options @param {Context} context */
function choices(options, { ask, say }) {
  return h("div", { class: "choices", role: "group", "aria-label": say("choose") },
    options.map((option) => h("button", { type: "button", class: "choice", on: { click: () => ask(option) } }, option)));
}

/** @param {string[]} questions @param {Context} context */
export function suggestions(questions, { ask, say }) {
  if (!questions.length) return null;
  return h("div", { class: "suggestions", role: "group", "aria-label": say("next") },
    questions.map((q) => h("button", { type: "button", class: "suggestion", on: { click: () => ask(q) } }, q)));
}

/** @param {Answer} answer @param {Context} context */
function actions(answer, context) {
  const { say, api } = context;
  const told = h("span", { class: "told", role: "status" });
  const put = async (/** @type {string} */ text, /** @type {string} */ done) => {
    await copy(text, told);
    told.textContent = say(done);
  };
  const model = answer.answered_by?.replace(/^openai:/, "");
  const by = !model || model === "embedded" ? say("answeredBy") : say("answeredByModel", { model });
  return h("div", { class: "actions" },
    iconButton("copy", say("copy"), () => put(withSources(answer), "copied")),
    iconButton("link", say("link"), () => put(api.permalink(answer.answer_id), "linked")),
    feedback(answer, context),
    told,
    h("span", { class: "by" }, by));
}

/** @param {string} text @param {HTMLElement} near */
async function copy(text, near) {
  if (navigator.clipboard) {
    try {
      return await navigator.clipboard.writeText(text);
    } catch {
      // not permitted on this page: the selection below is
    }
  }
  const area = h("textarea", { class: "sr", "aria-hidden": "true", tabindex: "-1" });
  area.value = text;
  near.after(area);
  const focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (near.getRootNode()).activeElement);
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus();
}
