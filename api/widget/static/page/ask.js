/** Asking: the conversations at one side, the chat beside them. */
import { h, iconButton } from "../dom.js";
import { period } from "../format.js";
import { explain } from "../problem.js";

/** @typedef {import("./page.js").PageContext} PageContext */

const ASKABLE = /^[^|()]{3,40}$/; // a label short enough to be a question by itself

export class Ask {
  title = "";

  /** @param {PageContext} context */
  constructor(context) {
    this.context = context;
    const { say, language, theme } = context;
    this.chat = /** @type {import("../chat.js").TallyChat} */ (document.createElement("tally-chat"));
    for (const [name, value] of Object.entries({ layout: "page", lang: language, theme, greeting: say("welcome") })) {
      this.chat.setAttribute(name, value);
    }
    this.list = h("ul", { class: "list" });
    this.told = h("p", { class: "stored", role: "status" });
    this.element = h("div", { class: "asking" },
      h("h1", { class: "sr" }, say("navAsk")),
      h("details", { class: "side", open: matchMedia("(min-width: 900px)").matches },
        h("summary", {}, say("conversations")),
        h("button", { type: "button", class: "quiet fresh", on: { click: () => this.#fresh() } }, say("fresh")),
        h("nav", { "aria-label": say("conversations") }, this.list)),
      h("div", { class: "stage" }, this.told, this.chat));
    this.chat.addEventListener("tally-answer", () => this.#answered());
    this.#suggest();
    this.#refresh();
  }

  /** @param {string} id  a conversation, `answer:` and an answer, or nothing */
  async show(id) {
    await this.chat.ready;
    this.told.textContent = "";
    const answer = id.startsWith("answer:") ? id.slice("answer:".length) : "";
    try {
      if (answer) await this.#stored(answer);
      else if (id && id !== this.#shown()) await this.chat.conversation.load(id);
      else if (!id && this.context.memory.conversation && this.chat.conversation.turns.length === 0) {
        history.replaceState(null, "", `#/ask/${encodeURIComponent(this.context.memory.conversation)}`);
        await this.chat.conversation.load(this.context.memory.conversation);
      }
    } catch (problem) {
      this.told.textContent = explain(problem, this.context.say);
    }
    this.#mark();
  }

  /** The conversation on view. */
  #shown() {
    return this.chat.conversation.turns.length > 0 ? this.context.memory.conversation : null;
  }

  /** @param {string} id */
  async #stored(id) {
    const { say, api } = this.context;
    const document = await api.json(`/v1/answers/${encodeURIComponent(id)}`);
    this.chat.conversation.show(document.answer ?? document);
    const holds = document.holds ?? document.still_holds;
    this.told.textContent = say(holds === undefined || holds === null ? "stored" : holds ? "storedHolds" : "storedChanged");
  }

  #fresh() {
    this.chat.reset();
    history.pushState(null, "", "#/ask");
    this.#mark();
  }

  #answered() {
    const id = this.context.memory.conversation;
    this.told.textContent = "";
    if (id) history.replaceState(null, "", `#/ask/${encodeURIComponent(id)}`);
    this.#refresh();
  }

  /** Questions of what is known: plain yearly figures, each of another notice and indicator, latest first. */
  async #suggest() {
    const { api, say, language } = this.context;
    const page = await api.json("/v1/figures?scenario=actual&change_kind=level&sort=-time_period&limit=1000")
      .catch(() => ({ figures: [] })); // the greeting does alone
    const seen = new Set();
    const questions = [];
    for (const f of /** @type {import("../types.js").Figure[]} */ (page.figures)) {
      if (!/^\d{4}$/.test(f.time_period) || !ASKABLE.test(f.label) || seen.has(f.indicator) || seen.has(f.notice_id)) continue;
      seen.add(f.indicator).add(f.notice_id);
      const label = f.label[0].toUpperCase() + f.label.slice(1);
      questions.push(say("tryThis", { label, period: period(f.time_period, language, say) }));
    }
    if (questions.length > 0) this.chat.setAttribute("suggestions", questions.slice(0, 4).join("|"));
  }

  async #refresh() {
    const { api, say } = this.context;
    const document = await api.json("/v1/conversations").catch((problem) => ({ problem }));
    const rows = document.conversations ?? [];
    const words = document.problem ? explain(document.problem, say) : say("noConversations");
    this.list.replaceChildren(...(rows.length > 0 ? rows.map((/** @type {any} */ r) => this.#row(r)) : [h("li", { class: "note" }, words)]));
    this.#mark();
  }

  /** @param {{conversation_id: string, title: string}} row */
  #row({ conversation_id: id, title }) {
    const { say } = this.context;
    const item = h("li", {},
      h("a", { href: `#/ask/${encodeURIComponent(id)}`, "data-id": id }, title),
      iconButton("trash", say("forget", { title }), () => this.#confirm(item, id)));
    return item;
  }

  /** @param {HTMLElement} item @param {string} id */
  #confirm(item, id) {
    const { say } = this.context;
    const old = [...item.childNodes];
    const yes = h("button", { type: "button", class: "primary", on: { click: () => this.#forget(id) } }, say("forgetYes"));
    const no = h("button", { type: "button", class: "quiet", on: { click: () => item.replaceChildren(...old) } }, say("cancel"));
    item.replaceChildren(h("div", { class: "sure" }, h("p", {}, say("forgetSure")), yes, no));
    no.focus();
  }

  /** @param {string} id */
  async #forget(id) {
    await this.context.api.json(`/v1/conversations/${encodeURIComponent(id)}`, { method: "DELETE" }).catch((problem) => {
      this.told.textContent = explain(problem, this.context.say);
    });
    if (this.context.memory.conversation === id) this.#fresh();
    await this.#refresh();
  }

  #mark() {
    for (const link of this.list.querySelectorAll("a")) {
      if (link.dataset.id === this.#shown()) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
