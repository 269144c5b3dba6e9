/** A chart drawn by the server, its table one press away, and both as files. */
import { h } from "./dom.js";

/**
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./types.js").Table} Table
 * @typedef {import("./answer.js").Context} Context
 */

/** @param {Answer} answer @param {Context} context */
export function chart(answer, context) {
  const { say, api } = context;
  const path = `/v1/charts/${encodeURIComponent(answer.answer_id)}`;
  const alt = answer.chart_alt || say("chart");
  const rows = answer.table ? grid(answer.table, context, alt) : null;
  if (rows) rows.hidden = true;
  const picture = h("img", { alt, class: "plot", decoding: "async" });
  const failed = h("p", { class: "note", role: "status" });
  const toggle = rows && h("button", { type: "button", class: "quiet", "aria-expanded": "false" }, say("showTable"));
  const show = (/** @type {boolean} */ open) => {
    if (!rows || !toggle) return;
    rows.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = say(open ? "showChart" : "showTable");
    picture.hidden = open || picture.classList.contains("broken");
  };
  toggle?.addEventListener("click", () => show(rows?.hidden ?? false));
  api.blobUrl(`${path}.svg`, "image/svg+xml").then((url) => {
    picture.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
    picture.src = url;
  }).catch(() => {
    picture.classList.add("broken");
    failed.textContent = say("chartMissing");
    show(true);
  });
  const png = h("button", { type: "button", class: "quiet", on: { click: async () => {
    const url = await api.blobUrl(`${path}.png`, "image/png").catch(() => "");
    if (url) save(url, `tally-${answer.answer_id}.png`);
    else failed.textContent = say("chartMissing");
  } } }, say("png"));
  return h("figure", { class: "chart" }, picture, rows, failed,
    h("div", { class: "row" }, toggle, png, answer.table && csvButton(answer.table, answer, context)));
}

/** @param {Table} data @param {Context} context @param {Answer} answer */
export function table(data, context, answer) {
  return h("figure", { class: "chart" }, grid(data, context, context.say("table")),
    h("div", { class: "row" }, csvButton(data, answer, context)));
}

/** @param {Table} data @param {Context} context @param {string} label */
function grid(data, { language }, label) {
  const numeric = data.columns.map((_, i) => data.rows.every((r) => typeof r[i] === "number"));
  const show = (/** @type {unknown} */ cell) => typeof cell === "number"
    ? new Intl.NumberFormat(language, { useGrouping: Math.abs(cell) >= 10_000 }).format(cell) : String(cell ?? "");
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    h("table", {},
      h("thead", {}, h("tr", {}, data.columns.map((c, i) => h("th", { scope: "col", class: numeric[i] && "number" }, c)))),
      h("tbody", {}, data.rows.map((row) => h("tr", {}, row.map((cell, i) => i === 0
        ? h("th", { scope: "row" }, show(cell)) : h("td", { class: numeric[i] && "number" }, show(cell))))))));
}

/** @param {Table} data @param {Answer} answer @param {Context} context */
function csvButton(data, answer, { say }) {
  return h("button", { type: "button", class: "quiet", on: { click: () => {
    const url = URL.createObjectURL(new Blob(["\ufeff", csv(data)], { type: "text/csv" }));
    save(url, `tally-${answer.answer_id}.csv`);
  } } }, say("csv"));
}

/** RFC 4180; a text that a spreadsheet would run as a formula is quoted off. @param {Table} data */
export function csv(data) {
  const cell = (/** @type {unknown} */ value) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [data.columns, ...data.rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {string} url @param {string} name */
function save(url, name) {
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
