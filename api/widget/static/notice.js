/** A notice to read: its text with the cited sentence lit and its published figures underlined. */
import { h, icon } from "./dom.js";
import { caption, date } from "./format.js";
import { cut, locate } from "./spans.js";

/**
 * @typedef {import("./types.js").Notice} Notice
 * @param {Notice} notice
 * @param {{quote: string, start: number, end: number, url?: string | null} | null} place  the sentence to light
 * @param {{say: import("./types.js").Say, language: string}} context
 */
export function noticeText(notice, place, { say, language }) {
  const found = place && locate(notice.text, place);
  const cited = found ? [{ ...found, kind: "cited", title: say("cited") }] : [];
  const figures = (notice.figures ?? []).map((f) => ({
    start: f.start, end: f.end, kind: "figure", title: caption(f, language, say).join(" · "),
  }));
  const pieces = cut(notice.text, [...cited, ...figures]);
  return h("article", { class: "notice" },
    h("p", { class: "meta" },
      notice.published && h("span", {}, say("published", { date: date(notice.published, language) })),
      notice.url && h("a", { href: notice.url, target: "_blank", rel: "noopener noreferrer" }, say("original"), icon("out"))),
    place && !found && h("p", { class: "warning" }, icon("note"), h("span", {}, say("notFound"))),
    h("div", { class: "text", dir: "auto", lang: notice.language || null }, pieces.map(piece)));
}

/** @param {{text: string, within: {kind: string, title: string}[]}} part */
function piece({ text, within }) {
  const figure = within.find((s) => s.kind === "figure");
  const inner = figure ? h("span", { class: "published", title: figure.title }, text) : text;
  return within.some((s) => s.kind === "cited") ? h("mark", {}, inner) : inner;
}

/** Bring the lit sentence to the upper third of its own scroller, moving nothing else. @param {HTMLElement} scroller */
export function scrollToCited(scroller) {
  const lit = scroller.querySelector("mark");
  if (!lit) return;
  const offset = lit.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroller.scrollTo({ top: scroller.scrollTop + offset - scroller.clientHeight / 3, behavior: calm ? "instant" : "smooth" });
}
