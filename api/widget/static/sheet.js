/** The side sheet: a notice beside the answer. One at a time; closing gives focus back to what opened it. */
import { h, iconButton } from "./dom.js";
import { noticeText, scrollToCited } from "./notice.js";
import { explain } from "./problem.js";

/** @typedef {import("./types.js").Citation} Citation */

export class Sheet {
  /** @type {HTMLElement | null} */
  #opener = null;
  #turn = 0;

  /**
   * @param {{say: import("./types.js").Say, language: string, api: import("./api.js").Api}} context
   * @param {(open: boolean) => void} changed
   */
  constructor(context, changed) {
    this.context = context;
    this.changed = changed;
    this.heading = h("h2", { class: "name", tabindex: "-1", id: "sheet-title" });
    this.body = h("div", { class: "body", tabindex: "0", role: "region", "aria-labelledby": "sheet-title" });
    this.element = h("aside", { class: "sheet", hidden: true, "aria-labelledby": "sheet-title" },
      h("header", {}, this.heading, iconButton("close", context.say("close"), () => this.close())),
      this.body);
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @param {Citation} citation @param {HTMLElement} opener */
  async open(citation, opener) {
    const turn = ++this.#turn;
    this.#opener?.removeAttribute("aria-current");
    this.#opener = opener;
    opener.setAttribute("aria-current", "true");
    this.element.hidden = false;
    this.heading.textContent = citation.title || citation.source;
    this.body.replaceChildren(h("p", { class: "note" }, this.context.say("loading")));
    this.changed(true);
    this.heading.focus({ preventScroll: true });
    const content = await this.#content(citation);
    if (turn !== this.#turn || !this.isOpen) return;
    this.body.replaceChildren(content);
    scrollToCited(this.body);
  }

  /** @param {Citation} citation */
  async #content(citation) {
    try {
      const notice = await this.context.api.notice(citation.notice_id);
      return noticeText({ ...notice, url: notice.url ?? citation.url }, citation, this.context);
    } catch (problem) {
      return h("div", {},
        h("p", { class: "warning" }, explain(problem, this.context.say)),
        h("blockquote", {}, citation.quote));
    }
  }

  close() {
    if (!this.isOpen) return;
    this.#turn += 1;
    this.element.hidden = true;
    this.changed(false);
    this.#opener?.removeAttribute("aria-current");
    this.#opener?.focus();
    this.#opener = null;
  }
}
