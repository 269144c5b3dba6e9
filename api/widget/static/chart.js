/** A chart drawn by the server, its table one press away, and both as files. */
import { marked, unmarked } from "./citations.js";
import { h } from "./dom.js";

const NUMBER = /^[^\p{L}\d]*\d/u; // what is set flush with its column's other numbers

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
  const frame = h("div", { class: "plot" });
  const rows = answer.table && grid(answer, context, alt);
  const told = h("p", { class: "note", role: "status" });
  if (rows) rows.hidden = true;
  const toggle = rows && h("button", { type: "button", class: "quiet", "aria-expanded": "false" }, say("showTable"));
  const show = (/** @type {boolean} */ open) => {
    if (!rows || !toggle) return;
    rows.hidden = !open;
    frame.hidden = open;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = say(open ? "showChart" : "showTable");
  };
  toggle?.addEventListener("click", () => show(rows?.hidden ?? false));
  picture(path, alt, api).then((drawn) => frame.replaceChildren(drawn)).catch(() => {
    told.textContent = say("chartMissing");
    show(true);
    toggle?.remove();
    frame.remove();
  });
  const png = h("button", { type: "button", class: "quiet", on: { click: async () => {
    const file = await api.blob(`${path}.png`, "image/png").catch(() => null);
    if (file) save(URL.createObjectURL(file), `tally-${answer.answer_id}.png`);
    else told.textContent = say("pngMissing");
  } } }, say("png"));
  return h("figure", { class: "chart" }, frame, rows, told,
    h("div", { class: "row" }, toggle, png, answer.table && csvButton(answer, context)));
}

/**
 * The drawing: an image, or a canvas where the host's policy has no `img-src blob:`.
 * @param {string} path
 * @param {string} alt
 * @param {import("./api.js").Api} api
 * @returns {Promise<HTMLElement>}
 */
async function picture(path, alt, api) {
  const url = URL.createObjectURL(await api.blob(`${path}.svg`, "image/svg+xml"));
  const image = h("img", { alt, src: url });
  try {
    await image.decode();
    return image;
  } catch {
    return await canvas(await api.blob(`${path}.png`, "image/png"), alt);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {Blob} png @param {string} alt */
async function canvas(png, alt) {
  const bitmap = await createImageBitmap(png);
  const drawn = h("canvas", { role: "img", "aria-label": alt, width: bitmap.width, height: bitmap.height });
  drawn.getContext("2d")?.drawImage(bitmap, 0, 0);
  return drawn;
}

/** @param {Answer} answer @param {Context} context */
export function table(answer, context) {
  return h("figure", { class: "chart" }, grid(answer, context, context.say("table")),
    h("div", { class: "row" }, csvButton(answer, context)));
}

/** @param {Answer} answer @param {Context} context @param {string} label */
function grid(answer, context, label) {
  const data = /** @type {Table} */ (answer.table);
  const show = (/** @type {unknown} */ cell) => typeof cell === "number"
    ? new Intl.NumberFormat(context.language, { useGrouping: Math.abs(cell) >= 10_000 }).format(cell)
    : marked(String(cell ?? ""), answer, context);
  const numeric = data.columns.map((_, i) => i > 0 && data.rows.every((r) => NUMBER.test(String(r[i] ?? ""))));
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label },
    h("table", {},
      h("thead", {}, h("tr", {}, data.columns.map((c, i) => h("th", { scope: "col", class: numeric[i] && "number" }, c)))),
      h("tbody", {}, data.rows.map((row) => h("tr", {}, row.map((cell, i) => i === 0
        ? h("th", { scope: "row" }, show(cell)) : h("td", { class: numeric[i] && "number" }, show(cell))))))));
}

/** @param {Answer} answer @param {Context} context */
function csvButton(answer, { say }) {
  const data = /** @type {Table} */ (answer.table);
  const plain = (/** @type {unknown} */ cell) => (typeof cell === "string" ? unmarked(cell, answer) : cell);
  return h("button", { type: "button", class: "quiet", on: { click: () => {
    const rows = data.rows.map((row) => row.map(plain));
    const url = URL.createObjectURL(new Blob(["\ufeff", csv({ ...data, rows })], { type: "text/csv" }));
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
