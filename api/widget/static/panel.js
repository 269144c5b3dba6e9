/** The chat itself: bar, log, composer and side sheet, drawn from one Conversation. */
import { suggestions } from "./answer.js";
import { composer } from "./composer.js";
import { h, iconButton } from "./dom.js";
import { Sheet } from "./sheet.js";
import { fill, turnView } from "./turn.js";

/**
 * @typedef {import("./types.js").Turn} Turn
 * @typedef {{
 *   say: import("./types.js").Say, language: string, api: import("./api.js").Api, title: string, greeting: string,
 *   suggestions: string[], emit: (type: string, detail: object) => void, close?: () => void
 * }} PanelContext
 */

export class Panel {
  /** @param {import("./conversation.js").Conversation} conversation @param {PanelContext} context */
  constructor(conversation, context) {
    const { say } = context;
    this.conversation = conversation;
    this.context = {
      ...context,
      cite: (/** @type {any} */ citation, /** @type {HTMLElement} */ opener) => {
        this.sheet.open(citation, opener);
        context.emit("citation", { citation });
      },
      ask: (/** @type {string} */ question, /** @type {Record<string, string> | null} */ interpretation = null) => {
        this.ask(question, interpretation);
      },
      stop: () => conversation.stop(),
      retry: (/** @type {Turn} */ turn) => conversation.retry(turn),
      withdraw: (/** @type {Turn} */ turn) => conversation.withdraw(turn),
    };
    this.sheet = new Sheet(context, (open) => this.element.toggleAttribute("data-sheet", open));
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": say("log"), tabindex: "0" });
    this.status = h("p", { class: "sr", role: "status" });
    this.composer = composer({
      say, ask: (q) => this.ask(q), stop: () => conversation.stop(), last: () => conversation.turns.at(-1)?.question ?? "",
    });
    // The interface's languages run left to right whatever the page does; answers find their own direction.
    this.element = h("div", { class: "chat", dir: "ltr" },
      this.#bar(),
      h("div", { class: "columns" },
        h("div", { class: "thread" }, this.log, this.composer.element),
        this.sheet.element),
      this.status);
    conversation.addEventListener("turns", () => this.#draw());
    conversation.addEventListener("turn", (event) => this.#update(/** @type {CustomEvent} */ (event).detail));
    conversation.addEventListener("settled", (event) => this.#settle(/** @type {CustomEvent} */ (event).detail));
    this.#draw();
  }

  #bar() {
    const { say, title, close } = this.context;
    return h("header", { class: "bar" },
      h("h2", { class: "title", id: "title" }, title),
      iconButton("plus", say("fresh"), () => {
        this.sheet.close();
        this.conversation.reset();
        this.composer.focus();
      }, { class: "tool fresh" }),
      close && iconButton("close", say("close"), close));
  }

  /** @param {string} question @param {Record<string, string> | null} [interpretation] */
  ask(question, interpretation = null) {
    this.context.emit("ask", { question, interpretation });
    const turn = this.conversation.ask(question, interpretation);
    this.#element(turn)?.scrollIntoView({ block: "nearest" });
    this.#toEnd();
    this.composer.focus();
    return turn;
  }

  focus() {
    this.composer.focus();
  }

  /** Escape closes the sheet first. @returns {boolean} whether there was a sheet to close */
  escape() {
    if (!this.sheet.isOpen) return false;
    this.sheet.close();
    return true;
  }

  #draw() {
    const { turns } = this.conversation;
    const { greeting, suggestions: questions } = this.context;
    if (turns.length === 0) {
      this.log.replaceChildren(h("div", { class: "welcome" }, h("p", {}, greeting), suggestions(questions, this.context)));
    } else {
      this.log.replaceChildren(...turns.map((t) => this.#element(t) ?? turnView(t, this.context, t === turns.at(-1))));
    }
    for (const old of this.log.querySelectorAll(".turn:not(:last-child) .suggestions")) old.remove();
    this.composer.busy(this.conversation.busy);
    this.#toEnd();
  }

  /** @param {Turn} turn */
  #update(turn) {
    const element = this.#element(turn);
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    if (element) fill(element, turn, this.context, turn === this.conversation.turns.at(-1));
    this.composer.busy(this.conversation.busy);
    if (atEnd) this.#reveal(turn);
  }

  /** @param {Turn} turn */
  #settle(turn) {
    const { say, emit } = this.context;
    if (turn.answer && turn.status === "done") {
      this.status.textContent = say("answerReady", { text: turn.answer.text });
      emit("answer", { answer: turn.answer });
    } else if (turn.problem) {
      emit("error", { kind: turn.problem.kind, detail: turn.problem.detail });
    }
  }

  /** @param {Turn} turn */
  #element(turn) {
    return this.log.querySelector(`[data-turn="${turn.key}"]`);
  }

  #toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** The end, unless that hides the beginning of the answer. @param {Turn} turn */
  #reveal(turn) {
    const element = /** @type {HTMLElement | null} */ (this.#element(turn));
    if (!element) return;
    const top = element.getBoundingClientRect().top - this.log.getBoundingClientRect().top + this.log.scrollTop;
    this.log.scrollTop = Math.min(this.log.scrollHeight, top);
  }
}
