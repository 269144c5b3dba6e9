/**
 * `<tally-chat>`: the chat as a custom element.
 *
 * Attributes: layout (launcher, inline, page), api, lang, theme, accent, heading, greeting, suggestions (by `|`),
 * position (end, start), collection, token, timeout (seconds of silence after which a stream is given up).
 * Events, all bubbling: tally-open, tally-close, tally-ask, tally-answer, tally-citation, tally-feedback, tally-error.
 */
import { legible, parse } from "./accent.js";
import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { h, icon } from "./dom.js";
import { Memory } from "./memory.js";
import { Panel } from "./panel.js";
import { languageOf, sayer } from "./strings.js";

const HOME = new URL(".", import.meta.url);
const ORIGIN = HOME.origin;
const DRAWN = ["lang", "heading", "greeting", "suggestions", "layout", "position"];

/** @type {Promise<CSSStyleSheet> | null} */
let sheet = null;

/** The component's styles, fetched once: a constructed sheet needs no `style-src` of the host. */
function styles() {
  sheet ??= fetch(new URL("chat.css", HOME)).then(async (response) => {
    const made = new CSSStyleSheet();
    made.replaceSync(await response.text());
    return made;
  });
  return sheet;
}

export class TallyChat extends HTMLElement {
  static observedAttributes = [...DRAWN, "theme", "accent"];

  /** @type {Conversation | null} */
  #conversation = null;
  /** @type {Panel | null} */
  #panel = null;
  /** @type {HTMLDialogElement | null} */
  #dialog = null;
  /** @type {HTMLElement | null} */
  #root = null;
  /** @type {Promise<void> | null} */
  #ready = null;
  #dark = matchMedia("(prefers-color-scheme: dark)");

  connectedCallback() {
    this.#ready ??= this.#begin();
  }

  attributeChangedCallback(/** @type {string} */ name) {
    if (!this.#root) return;
    if (DRAWN.includes(name)) this.#draw();
    else this.#paint();
  }

  /** Resolves when the chat is drawn and its history loaded. */
  get ready() {
    return this.#ready ?? Promise.resolve();
  }

  get layout() {
    return this.getAttribute("layout") ?? "inline";
  }

  get conversation() {
    return /** @type {Conversation} */ (this.#conversation);
  }

  get api() {
    return this.conversation.api;
  }

  async #begin() {
    const base = (this.getAttribute("api") ?? ORIGIN).replace(/\/+$/, "");
    const collection = this.getAttribute("collection") ?? undefined;
    const memory = new Memory(collection ? `${base}#${collection}` : base);
    const seconds = Number(this.getAttribute("timeout"));
    const api = new Api(base, memory, {
      collection, token: this.getAttribute("token") ?? undefined, silenceMs: seconds > 0 ? seconds * 1000 : undefined,
    });
    this.#conversation = new Conversation(api, memory);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [await styles()];
    this.#dark.addEventListener("change", () => this.#paint());
    this.#draw();
    await this.#resume();
  }

  async #resume() {
    const id = this.layout === "page" ? null : this.conversation.memory.conversation;
    if (!id) return;
    await this.conversation.load(id).catch((problem) => this.#emit("error", { kind: problem.kind, detail: problem.detail }));
  }

  #draw() {
    const language = languageOf(this.getAttribute("lang"));
    const say = sayer(language);
    const launcher = this.layout === "launcher";
    const title = this.getAttribute("heading") || say("title");
    const wasOpen = this.#dialog?.open;
    this.#panel = new Panel(this.conversation, {
      say, language, title, api: this.api,
      greeting: this.getAttribute("greeting") || say("greeting"),
      suggestions: (this.getAttribute("suggestions") ?? "").split("|").map((s) => s.trim()).filter(Boolean),
      emit: (type, detail) => this.#emit(type, detail),
      close: launcher ? () => this.close() : undefined,
    });
    this.#root = h("div", {
      class: "tally", lang: language === "zh" ? "zh-CN" : "en", "data-layout": this.layout,
      "data-position": this.getAttribute("position") ?? "end",
    }, launcher ? this.#launcher(say("open", { title }), this.#panel) : h("section", { class: "inline", "aria-labelledby": "title" }, this.#panel.element));
    this.#root.addEventListener("keydown", (event) => this.#key(event));
    this.#paint();
    /** @type {ShadowRoot} */ (this.shadowRoot).replaceChildren(this.#root);
    if (wasOpen) this.open();
  }

  /** @param {string} label @param {Panel} panel */
  #launcher(label, panel) {
    this.#dialog = h("dialog", { class: "panel", "aria-labelledby": "title", on: { close: () => this.#emit("close", {}) } }, panel.element);
    const button = h("button", {
      type: "button", class: "launcher", "aria-label": label, title: label, "aria-haspopup": "dialog",
      on: { click: () => this.toggle() },
    }, icon("chat"));
    return [button, this.#dialog];
  }

  #paint() {
    const wanted = this.getAttribute("theme");
    const theme = wanted === "light" || wanted === "dark" ? wanted : this.#dark.matches ? "dark" : "light";
    const root = /** @type {HTMLElement} */ (this.#root);
    root.dataset.theme = theme;
    const rgb = parse(this.getAttribute("accent") ?? "");
    const colours = rgb && legible(rgb, theme);
    root.style.setProperty("--accent", colours?.ink ?? null);
    root.style.setProperty("--on-accent", colours?.on ?? null);
    root.style.setProperty("--tint", colours?.tint ?? null);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (this.#panel?.escape()) event.preventDefault();
    else if (this.#dialog?.open) {
      event.preventDefault();
      this.close();
    }
  }

  /** Show the panel of a launcher; on a phone it covers the page and keeps the focus. */
  open() {
    if (!this.#dialog || this.#dialog.open) return;
    if (matchMedia("(max-width: 560px)").matches) this.#dialog.showModal();
    else this.#dialog.show();
    this.#root?.setAttribute("data-open", "");
    this.#panel?.focus();
    this.#emit("open", {});
  }

  close() {
    this.#dialog?.close();
    this.#root?.removeAttribute("data-open");
    /** @type {HTMLElement | null | undefined} */ (this.#root?.querySelector(".launcher"))?.focus();
  }

  toggle() {
    if (this.#dialog?.open) this.close();
    else this.open();
  }

  /** Ask as if it had been typed. @param {string} question @param {Record<string, string>} [interpretation] */
  async ask(question, interpretation) {
    await this.ready;
    this.open();
    this.#panel?.ask(question, interpretation ?? null);
  }

  /** Begin a new conversation. */
  reset() {
    this.conversation.reset();
  }

  /** @param {string} type @param {object} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(`tally-${type}`, { detail, bubbles: true, composed: true }));
  }
}

customElements.define("tally-chat", TallyChat);
