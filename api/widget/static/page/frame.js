/** What every page shares: the top bar, the language and the appearance, kept between visits. */
import { h } from "../dom.js";
import { languageOf, sayer } from "../strings.js";
import { WORDS } from "./words.js";

/**
 * @typedef {{say: import("../types.js").Say, language: "en" | "zh", theme: string}} Frame
 * @typedef {"lang" | "theme"} Choice
 */

/** @param {Choice} name */
function kept(name) {
  try {
    return localStorage.getItem(`tally:${name}`) ?? "auto";
  } catch {
    return "auto"; // storage is blocked: the browser's own choice
  }
}

/** @param {Choice} name @param {string} value */
function keep(name, value) {
  try {
    localStorage.setItem(`tally:${name}`, value);
  } catch {
    // storage is blocked: holds for this page view
  }
}

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The language and appearance as chosen. @returns {Frame} */
export function frame() {
  const language = languageOf(kept("lang"));
  const say = sayer(language, WORDS);
  const wanted = kept("theme");
  const theme = wanted === "light" || wanted === "dark" ? wanted : dark.matches ? "dark" : "light";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.body.dataset.theme = theme;
  return { say, language, theme };
}

/**
 * The top bar. @param {Frame} frame
 * @param {string} here  address of the section shown
 * @param {() => void} changed  called when language or appearance have been chosen
 */
export function topBar({ say }, here, changed) {
  const links = [["navAsk", "/#/ask"], ["navNotices", "/#/notices"], ["navFigures", "/#/figures"], ["navEmbed", "/embed"]];
  return h("header", { class: "top" },
    h("a", { class: "skip", href: "#main" }, say("skip")),
    h("a", { class: "brand", href: "/#/ask" }, h("img", { src: new URL("../mark.svg", import.meta.url).href, alt: "", width: 26, height: 26 }), "Tally"),
    h("nav", { "aria-label": say("sections") },
      links.map(([key, href]) => h("a", { href, "aria-current": href === here && "page" }, say(key)))),
    h("div", { class: "choosers" },
      chooser("lang", say("language"), { auto: say("autoLanguage"), en: "English", zh: "中文" }, changed),
      chooser("theme", say("theme"), { auto: say("autoTheme"), light: say("light"), dark: say("dark") }, changed)));
}

/** @param {Choice} name @param {string} label @param {Record<string, string>} options @param {() => void} changed */
function chooser(name, label, options, changed) {
  const now = kept(name);
  const select = h("select", { "aria-label": label, title: label, on: { change: () => {
    keep(name, select.value);
    changed();
  } } }, Object.entries(options).map(([value, words]) => h("option", { value, selected: value === now }, words)));
  return select;
}

/** Call back when the system's appearance changes. @param {() => void} changed */
export function followSystem(changed) {
  dark.addEventListener("change", changed);
}
