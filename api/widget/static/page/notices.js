/** The notices: a list to search, and one of them to read with its figures marked. */
import { h } from "../dom.js";
import { caption, date } from "../format.js";
import { noticeText, scrollToCited } from "../notice.js";
import { explain } from "../problem.js";

/** @typedef {import("../types.js").Notice} Notice */

export class Notices {
  /** @param {import("./page.js").PageContext} context */
  constructor(context) {
    this.context = context;
    const { say } = context;
    this.title = say("navNotices");
    this.list = h("ul", { class: "list" });
    this.reader = h("div", { class: "reader", tabindex: "-1" }, h("p", { class: "empty" }, say("pick")));
    const search = h("input", { type: "search", "aria-label": say("searchNotices"), placeholder: say("searchNotices"), on: {
      input: () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.#fill(search.value), 200);
      },
    } });
    this.element = h("div", { class: "browsing" },
      h("div", { class: "side" }, h("h1", { class: "sr" }, this.title), search, h("nav", { "aria-label": this.title }, this.list)),
      this.reader);
    this.#fill("");
  }

  /** @param {string} id */
  async show(id) {
    this.id = id;
    this.element.toggleAttribute("data-reading", id !== "");
    this.#mark();
    if (!id) return;
    const { api, say } = this.context;
    const notice = await api.notice(id).catch((problem) => problem);
    if (this.id !== id) return;
    if (notice instanceof Error) this.reader.replaceChildren(h("p", { class: "empty" }, explain(notice, say)));
    else this.#read(notice, null);
    this.reader.scrollTop = 0;
    this.reader.focus({ preventScroll: true });
  }

  /** @param {Notice} notice @param {import("../types.js").Figure | null} lit */
  #read(notice, lit) {
    const { say } = this.context;
    const place = lit && { start: lit.start, end: lit.end, quote: lit.published_as };
    this.reader.replaceChildren(
      h("a", { class: "back", href: "#/notices" }, say("backToList")),
      h("h2", {}, notice.title),
      noticeText(notice, place, this.context),
      this.#figures(notice));
    if (lit) scrollToCited(this.reader);
  }

  /** @param {Notice} notice */
  #figures(notice) {
    const { say, language } = this.context;
    const figures = notice.figures ?? [];
    if (figures.length === 0) return "";
    const row = (/** @type {import("../types.js").Figure} */ f) => h("li", {},
      h("button", { type: "button", title: say("showInText", { value: f.published_as }), on: { click: () => this.#read(notice, f) } },
        h("span", { class: "amount" }, f.published_as), h("span", { class: "note" }, caption(f, language, say).join(" · "))));
    return h("section", { class: "figures-of", "aria-label": say("figuresOf") },
      h("h3", {}, say("figuresOf")), h("ul", {}, figures.map(row)));
  }

  /** @param {string} text */
  async #fill(text) {
    const { api, say, language } = this.context;
    const query = new URLSearchParams({ limit: "500", ...(text.trim() && { text: text.trim() }) });
    const document = await api.json(`/v1/notices?${query}`).catch((problem) => ({ problem, notices: [] }));
    const rows = document.notices.map((/** @type {any} */ n) => h("li", {},
      h("a", { href: `#/notices/${encodeURIComponent(n.notice_id)}`, "data-id": n.notice_id },
        h("span", {}, n.title || n.source),
        h("span", { class: "note" }, [date(n.published, language), say("figureCount", { n: n.figures })].filter(Boolean).join(" · ")))));
    const none = document.problem ? explain(document.problem, say) : say(text ? "noNotices" : "noLibrary");
    this.list.replaceChildren(...(rows.length > 0 ? rows : [h("li", { class: "note" }, none)]));
    this.#mark();
  }

  #mark() {
    for (const link of this.list.querySelectorAll("a")) {
      if (link.dataset.id === this.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
