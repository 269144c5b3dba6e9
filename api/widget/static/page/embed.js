/** The page that writes the one line for a host page, with every option live. */
import "../chat.js";
import { h } from "../dom.js";
import { followSystem, frame, topBar } from "./frame.js";

const OPTIONS = ["lang", "theme", "accent", "heading", "greeting", "suggestions", "position"];
/** @type {Record<string, string>} */
const chosen = { placement: "launcher", lang: "", theme: "", accent: "", heading: "", greeting: "", suggestions: "", position: "" };

function draw() {
  const { say, language, theme } = frame();
  document.title = `${say("embedTitle")} · Tally`;
  const code = h("code", {});
  const policy = h("code", {});
  const told = h("span", { class: "told", role: "status" });
  const stage = h("div", { class: "stage" });
  const refresh = () => {
    code.textContent = snippet();
    policy.textContent = `script-src ${location.origin}; connect-src ${location.origin}; img-src blob:`;
    stage.replaceChildren(preview(language, theme));
  };
  const copy = async () => {
    await navigator.clipboard.writeText(code.textContent ?? "");
    told.textContent = say("copied");
  };
  document.body.replaceChildren(
    topBar({ say, language, theme }, "/embed", draw),
    h("main", { id: "main", class: "embedding", tabindex: "-1" },
      h("div", { class: "intro" }, h("h1", {}, say("embedTitle")), h("p", {}, say("embedLead"))),
      h("div", { class: "halves" },
        h("div", {},
          h("h2", {}, say("embedOptions")), options(say, refresh),
          h("h2", {}, say("embedSnippet")),
          h("pre", { tabindex: "0", "aria-label": say("embedSnippet") }, code),
          navigator.clipboard && h("div", { class: "row" }, h("button", { type: "button", class: "primary", on: { click: copy } }, say("copySnippet")), told),
          h("p", { class: "note" }, say("embedCsp")),
          h("pre", { tabindex: "0", "aria-label": say("embedCsp") }, policy),
          h("p", { class: "note" }, say("embedCors"))),
        h("div", {}, h("h2", {}, say("embedPreview")), stage))));
  refresh();
}

/** @param {import("../types.js").Say} say @param {() => void} refresh */
function options(say, refresh) {
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ input) => {
    input.name = name;
    if (chosen[name]) input.value = chosen[name];
    input.addEventListener("input", () => {
      chosen[name] = input.value;
      refresh();
    });
    return h("label", {}, h("span", {}, say(label)), input);
  };
  const select = (/** @type {Record<string, string>} */ values) =>
    h("select", {}, Object.entries(values).map(([value, words]) => h("option", { value }, words)));
  return h("form", { class: "filters", on: { submit: (/** @type {Event} */ event) => event.preventDefault() } },
    field("placement", "optPlacement", select({ launcher: say("asLauncher"), inline: say("asInline") })),
    field("lang", "language", select({ "": say("auto"), en: "English", zh: "中文" })),
    field("theme", "theme", select({ "": say("auto"), light: say("light"), dark: say("dark") })),
    field("position", "optPosition", select({ "": say("posEnd"), start: say("posStart") })),
    field("accent", "optAccent", h("input", { type: "color", value: chosen.accent || "#0d5f57" })),
    field("heading", "optHeading", h("input", { type: "text", placeholder: "Tally" })),
    field("greeting", "optGreeting", h("input", { type: "text" })),
    field("suggestions", "optSuggestions", h("textarea", { rows: "3" })));
}

/** @param {string} name */
function value(name) {
  return name === "suggestions" ? chosen.suggestions.split("\n").map((s) => s.trim()).filter(Boolean).join("|") : chosen[name];
}

function snippet() {
  const inline = chosen.placement === "inline";
  const set = OPTIONS.filter((name) => value(name) && !(inline && name === "position"));
  const attributes = set.map((name) => ` ${inline ? "" : "data-"}${name}="${escaped(value(name))}"`).join("");
  const script = `<script src="${location.origin}/widget.js" async${inline ? "" : attributes}></script>`;
  return inline ? `<tally-chat${attributes}></tally-chat>\n${script}` : script;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** @param {string} language @param {string} theme */
function preview(language, theme) {
  const chat = document.createElement("tally-chat");
  chat.setAttribute("lang", language);
  chat.setAttribute("theme", theme);
  for (const name of OPTIONS) if (value(name)) chat.setAttribute(name, value(name));
  chat.setAttribute("layout", "inline");
  return chat;
}

followSystem(draw);
draw();
