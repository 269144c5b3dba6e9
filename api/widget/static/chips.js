/** What was understood, as chips; a chip can be changed and the question asked anew. */
import { h, icon } from "./dom.js";
import { period } from "./format.js";

/** @typedef {import("./answer.js").Context} Context */

/** The parts that can be changed, in the order shown, and how. */
const PARTS = /** @type {const} */ ({
  indicator: "text",
  ref_area: "text",
  time_period: "text",
  scenario: ["actual", "target", "forecast"],
  unit: "text",
});

/** @param {import("./types.js").Answer} answer @param {Context} context */
export function chips(answer, context) {
  const { say } = context;
  const interpretation = answer.interpretation ?? {};
  const names = /** @type {(keyof typeof PARTS)[]} */ (Object.keys(PARTS)).filter((name) => plain(interpretation[name]));
  if (!names.length) return null;
  const editor = h("div", { class: "editor" });
  const buttons = names.map((name) => chip(name, interpretation, answer, editor, context));
  return h("div", { class: "understood", role: "group", "aria-label": say("understood") },
    h("div", { class: "chips" }, h("span", { class: "label" }, say("understood")), buttons), editor);
}

/** @param {unknown} value */
function plain(value) {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

/**
 * @param {keyof typeof PARTS} name
 * @param {Record<string, unknown>} interpretation
 * @param {import("./types.js").Answer} answer
 * @param {HTMLElement} editor
 * @param {Context} context
 */
function chip(name, interpretation, answer, editor, context) {
  const { say, language } = context;
  const value = String(interpretation[name]);
  const words = shown(name, interpretation, say, language);
  const button = h("button", {
    type: "button", class: "chip", "aria-expanded": "false", "data-part": name,
    "aria-label": say("change", { name: say(name), value: words }),
    on: {
      click: () => {
        const open = button.getAttribute("aria-expanded") === "true";
        close(editor);
        if (open) return;
        button.setAttribute("aria-expanded", "true");
        const form = edit(name, value, answer, context, () => {
          close(editor);
          button.focus();
        });
        editor.replaceChildren(form);
        /** @type {HTMLElement} */ (form.elements[0]).focus();
      },
    },
  }, words, icon("more"));
  return button;
}

/** @param {HTMLElement} editor */
function close(editor) {
  editor.replaceChildren();
  editor.parentElement?.querySelector('[aria-expanded="true"]')?.setAttribute("aria-expanded", "false");
}

/**
 * @param {keyof typeof PARTS} name
 * @param {Record<string, unknown>} interpretation
 * @param {Context["say"]} say
 * @param {string} language
 */
function shown(name, interpretation, say, language) {
  const value = String(interpretation[name]);
  if (name === "time_period") return period(value, language, say);
  if (name === "scenario") return say(value);
  return labelled(name, interpretation);
}

/** A part in words: the label beside its code, or the code itself.
 * @param {string} name @param {Record<string, unknown>} interpretation */
export function labelled(name, interpretation) {
  const words = name === "indicator" ? interpretation.label : null;
  return String(words || interpretation[name] || "").replaceAll("_", " ");
}

/**
 * @param {keyof typeof PARTS} name
 * @param {string} value
 * @param {import("./types.js").Answer} answer
 * @param {Context} context
 * @param {() => void} cancel
 */
function edit(name, value, answer, { say, ask }, cancel) {
  const kind = PARTS[name];
  const label = say(name);
  const field = kind === "text"
    ? h("input", { type: "text", name, value, "aria-label": label, autocomplete: "off", required: true })
    : h("select", { name, "aria-label": label }, kind.map((k) => h("option", { value: k, selected: k === value }, say(k))));
  const form = h("form", {
    class: "edit",
    on: {
      submit: (/** @type {Event} */ event) => {
        event.preventDefault();
        const changed = field.value.trim();
        if (changed) ask(answer.question, { [name]: changed });
        cancel();
      },
      keydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        cancel();
      },
    },
  }, field,
  h("button", { type: "submit", class: "primary" }, say("askAgain")),
  h("button", { type: "button", class: "quiet", on: { click: cancel } }, say("cancel")));
  return form;
}
