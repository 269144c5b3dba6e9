/** The figures: every published number as a row; filter, sort, chart, download. */
import { h } from "../dom.js";
import { amount, caption, date, joined, period } from "../format.js";
import { explain } from "../problem.js";
import { plot } from "./plot.js";

/**
 * @typedef {import("../types.js").Figure} Figure
 * @typedef {{indicator: string, labels: string[], units: string[], ref_areas: string[]}} Indicator
 */

const PAGE = 100;
const COLUMNS = /** @type {const} */ ([["label", "label"], ["ref_area", "areaFilter"], ["time_period", "periodFilter"], ["value", "value"]]);

export class Figures {
  /** @type {Figure[]} */
  rows = [];
  total = 0;
  sort = "";
  charted = false;

  /** @param {import("./page.js").PageContext} context */
  constructor(context) {
    this.context = context;
    const { say } = context;
    this.title = say("navFigures");
    this.filters = this.#form([], []);
    this.count = h("p", { class: "count", role: "status" });
    this.body = h("tbody", {});
    this.head = h("tr", {});
    this.chart = h("div", { class: "plotted" });
    this.downloads = h("div", { class: "row" });
    this.toggle = h("button", { type: "button", class: "quiet", "aria-expanded": "false", on: { click: () => this.#chart(!this.charted) } }, say("drawThese"));
    this.next = h("button", { type: "button", class: "quiet", hidden: true, on: { click: () => this.#load(this.rows.length) } }, say("more"));
    this.element = h("div", { class: "exploring" },
      h("h1", { class: "sr" }, this.title),
      this.filters,
      h("div", { class: "row tools" }, this.count, this.toggle, this.downloads),
      this.chart,
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.title },
        h("table", {}, h("thead", {}, this.head), this.body)),
      this.next);
    /** @type {Map<string, {title: string, published: string | null}>} */
    this.notices = new Map();
    this.#headers();
    this.#choices();
  }

  /** @param {string} query  filters as in the address */
  show(query) {
    const wanted = new URLSearchParams(query);
    for (const [name, value] of wanted) {
      const field = /** @type {HTMLInputElement | null} */ (this.filters.elements.namedItem(name));
      if (field) field.value = value;
    }
    this.#load(0);
  }

  async #choices() {
    const { api } = this.context;
    const none = () => ({ indicators: [], notices: [] }); // the text fields still filter
    const [{ indicators }, { notices }] = await Promise.all([
      api.json("/v1/indicators").catch(none), api.json("/v1/notices?limit=1000").catch(none),
    ]);
    this.notices = new Map(notices.map((/** @type {any} */ n) => [n.notice_id, n]));
    this.body.replaceChildren(...this.rows.map((f) => this.#row(f)));
    const known = /** @type {Indicator[]} */ (indicators);
    const before = new FormData(this.filters);
    const form = this.#form(known, [...new Set(known.flatMap((i) => i.units))].sort());
    for (const [name, value] of before) {
      const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
      if (field) field.value = String(value);
    }
    this.filters.replaceWith(form);
    this.filters = form;
  }

  /** @param {Indicator[]} indicators @param {string[]} units */
  #form(indicators, units) {
    const { say } = this.context;
    const areas = [...new Set(indicators.flatMap((i) => i.ref_areas))].filter(Boolean).sort();
    const text = (/** @type {string} */ name, /** @type {string} */ label, hint = "") =>
      h("label", {}, h("span", {}, say(label)), h("input", { type: "search", name, placeholder: hint && say(hint), autocomplete: "off" }));
    const choice = (/** @type {string} */ name, /** @type {string} */ label, /** @type {[string, string][]} */ options) =>
      h("label", {}, h("span", {}, say(label)), h("select", { name },
        h("option", { value: "" }, say("any")), options.map(([value, words]) => h("option", { value }, words))));
    const same = (/** @type {string} */ value) => /** @type {[string, string]} */ ([value, value]);
    return h("form", { class: "filters", on: {
      submit: (/** @type {Event} */ event) => event.preventDefault(),
      input: () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.#load(0), 250);
      },
    } },
    text("text", "searchFigures"),
    choice("indicator", "indicatorFilter", indicators.map((i) => [i.indicator, i.labels[0] ?? i.indicator])),
    choice("ref_area", "areaFilter", areas.map(same)),
    text("time_period", "periodFilter", "periodHint"),
    choice("scenario", "scenarioFilter", ["actual", "target", "forecast"].map((s) => [s, say(s)])),
    choice("unit", "unitFilter", units.filter(Boolean).map(same)));
  }

  /** The filters that are set, as the API takes them. */
  #query() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(this.filters)) if (String(value).trim()) query.set(name, String(value).trim());
    if (this.sort) query.set("sort", this.sort);
    return query;
  }

  /** @param {number} offset */
  async #load(offset) {
    const { api, say } = this.context;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const query = this.#query();
    query.set("limit", String(PAGE));
    query.set("offset", String(offset));
    const page = await api.json(`/v1/figures?${query}`).catch((problem) => ({ problem, figures: [], total: 0 }));
    if (turn !== this.turn) return;
    this.rows = offset > 0 ? [...this.rows, ...page.figures] : page.figures;
    this.total = page.total;
    const count = this.total > 0 ? say("countOf", { shown: this.rows.length, total: this.total }) : say("noFigures");
    this.count.textContent = page.problem ? explain(page.problem, say) : count;
    this.body.replaceChildren(...this.rows.map((f) => this.#row(f)));
    this.next.hidden = this.rows.length >= this.total;
    this.#links();
    this.#chart(this.charted);
  }

  /** @param {Figure} f */
  #row(f) {
    const { say, language } = this.context;
    const [, ...more] = caption({ ...f, ref_area: "", time_period: "" }, language, say);
    const value = joined(amount(f, language, { published: f.published_as }), language);
    const notice = this.notices.get(f.notice_id);
    const words = f.qualifier !== "exact" ? `${say(f.qualifier)} ${value}` : value;
    return h("tr", {},
      h("th", { scope: "row" }, f.label, more.length > 0 && h("span", { class: "note" }, ` ${more.join(" · ")}`)),
      h("td", {}, f.ref_area),
      h("td", {}, period(f.time_period, language, say)),
      h("td", { class: "number", title: f.published_as }, words),
      h("td", {}, h("a", { href: `#/notices/${encodeURIComponent(f.notice_id)}`, title: `${notice?.title ?? f.source}\n${f.quote}` },
        date(notice?.published ?? null, language) || say("sourceColumn"))));
  }

  #headers() {
    const { say } = this.context;
    this.head.replaceChildren(...COLUMNS.map(([column, key]) => {
      const order = this.sort === column ? "ascending" : this.sort === `-${column}` ? "descending" : "none";
      return h("th", { scope: "col", "aria-sort": order, class: column === "value" && "number" },
        h("button", { type: "button", title: say("sortBy", { column: say(key) }), on: { click: () => this.#sortBy(column) } }, say(key)));
    }), h("th", { scope: "col" }, say("sourceColumn")));
  }

  /** @param {string} column */
  #sortBy(column) {
    this.sort = this.sort === column ? `-${column}` : this.sort === `-${column}` ? "" : column;
    this.#headers();
    /** @type {HTMLElement} */ (this.head.querySelectorAll("button")[COLUMNS.findIndex(([c]) => c === column)]).focus();
    this.#load(0);
  }

  #links() {
    const formats = { csv: "CSV", json: "JSON", parquet: "Parquet", "sdmx-csv": "SDMX" };
    const link = (/** @type {[string, string]} */ [format, name]) => {
      const query = this.#query();
      query.set("format", format);
      query.set("limit", "10000");
      return h("button", { type: "button", class: "quiet", "aria-label": `${this.context.say("download")} ${name}`, on: {
        click: () => this.#download(`/v1/figures?${query}`, `figures.${format === "sdmx-csv" ? "sdmx.csv" : format}`),
      } }, name);
    };
    this.downloads.replaceChildren(h("span", { class: "label" }, this.context.say("download")), ...Object.entries(formats).map(link));
  }

  /** @param {string} path @param {string} name */
  async #download(path, name) {
    try {
      const url = URL.createObjectURL(await this.context.api.blob(path, "*/*"));
      h("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (problem) {
      this.count.textContent = explain(problem, this.context.say);
    }
  }

  /** @param {boolean} on */
  #chart(on) {
    const { say, language } = this.context;
    this.charted = on;
    this.toggle.setAttribute("aria-expanded", String(on));
    this.toggle.textContent = say(on ? "hideChart" : "drawThese");
    this.chart.replaceChildren(...(on ? [plot(this.rows, language, say)] : []));
  }
}
