/** Asking: the conversations at one side, the chat beside them. */
import { h, iconButton } from "../dom.js";
import { period } from "../format.js";

/** @typedef {import("./page.js").PageContext} PageContext */

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
      this.told.textContent = /** @type {Error} */ (problem).message;
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

  /** Questions of what is known: the indicators with most figures, at their latest plain year. */
  async #suggest() {
    const { api, say, language } = this.context;
    const { indicators } = await api.json("/v1/indicators").catch(() => ({ indicators: [] })); // the greeting does alone
    const questions = indicators.slice(0, 4).flatMap((/** @type {{labels: string[], time_periods: string[]}} */ known) => {
      const year = known.time_periods.filter((p) => /^\d{4}$/.test(p)).sort().at(-1);
      const label = known.labels[0] ?? "";
      return year && label ? [say("tryThis", { label: label[0].toUpperCase() + label.slice(1), period: period(year, language, say) })] : [];
    });
    if (questions.length > 0) this.chat.setAttribute("suggestions", questions.join("|"));
  }

  async #refresh() {
    const { api, say } = this.context;
    const document = await api.json("/v1/conversations").catch((problem) => ({ problem }));
    const rows = document.conversations ?? [];
    const words = document.problem?.message ?? say("noConversations");
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
      this.told.textContent = problem.message;
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
