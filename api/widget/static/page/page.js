/** The full page: one section at a time, chosen by the address behind the `#`. */
import { Api } from "../api.js";
import "../chat.js";
import { h } from "../dom.js";
import { Memory } from "../memory.js";
import { Ask } from "./ask.js";
import { Figures } from "./figures.js";
import { followSystem, frame, topBar } from "./frame.js";
import { Notices } from "./notices.js";

/**
 * @typedef {import("./frame.js").Frame & {api: Api, memory: Memory}} PageContext
 * @typedef {{element: HTMLElement, show: (id: string) => void, title: string}} Section  `show` is told what follows
 *   the section's name in the address
 */

const memory = new Memory(location.origin);
const api = new Api(location.origin, memory);
/** @type {Record<string, (context: PageContext) => Section>} */
const SECTIONS = {
  ask: (context) => new Ask(context),
  answers: (context) => new Ask(context),
  notices: (context) => new Notices(context),
  figures: (context) => new Figures(context),
};

/** @type {{name: string, section: Section} | null} */
let shown = null;

/** The section and id of the address. */
function address() {
  const [, name = "ask", id = ""] = location.hash.match(/^#\/(\w+)(?:\/(.*))?$/) ?? [];
  return { name: name in SECTIONS ? name : "ask", id: decodeURIComponent(id) };
}

/** @param {boolean} [anew]  language or appearance have changed */
function route(anew = false) {
  if (location.hash === "#main") return; // the skip link
  const { name, id } = address();
  const context = { ...frame(), api, memory };
  if (anew || !shown || shown.name !== name) {
    const section = SECTIONS[name](context);
    shown = { name, section };
    const home = name === "answers" ? "ask" : name;
    document.body.replaceChildren(
      topBar(context, `/#/${home}`, () => route(true)),
      h("main", { id: "main", class: home, tabindex: "-1" }, section.element));
  }
  document.title = shown.section.title ? `${shown.section.title} · Tally` : "Tally";
  shown.section.show(name === "answers" ? `answer:${id}` : id);
}

addEventListener("hashchange", () => route());
followSystem(() => route(true));
route();
