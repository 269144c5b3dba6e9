/** Numbers and periods in words; base units and SDMX periods come in, display strings go out. */

/** @typedef {import("./types.js").Say} Say */

const SCALES = {
  en: [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]],
  zh: [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]],
};
const UNITS = {
  en: { CNY: "yuan", USD: "US dollars", EUR: "euros", HKD: "Hong Kong dollars", GBP: "pounds", percent: "%", times: "times" },
  zh: {
    CNY: "元", USD: "美元", EUR: "欧元", HKD: "港元", GBP: "英镑", percent: "%", "percentage points": "个百分点", times: "倍",
    projects: "个项目", enterprises: "家企业", companies: "家公司", institutions: "家机构", people: "人",
  },
};

/**
 * @typedef {{number: string, unit: string}} Shown  `unit` carries its own scale word, "%" sticks to the number
 * @param {{value: number | boolean, unit: string}} item
 * @param {string} language
 * @param {{published?: string, interval?: [number, number] | null}} [hints]  the printed token, or what rounding allows
 * @returns {Shown}
 */
export function amount({ value, unit }, language, hints = {}) {
  if (typeof value !== "number") return { number: String(value), unit: "" };
  const lang = language === "zh" ? "zh" : "en";
  const scaled = scale(value, lang, Boolean(unit) && unit !== "percent");
  const digits = decimals(scaled.value, scaled.factor, hints);
  const number = new Intl.NumberFormat(lang, digits).format(scaled.value).replace("-", "−");
  const [counted, ...per] = unit.split(" per ");
  const word = [/** @type {Record<string, string>} */ (UNITS[lang])[counted] ?? counted, ...per].join(lang === "zh" ? "/" : " per ");
  const gap = lang === "zh" ? "" : " ";
  return { number, unit: [scaled.word, word].filter(Boolean).join(gap) };
}

/**
 * @param {number} value
 * @param {"en" | "zh"} lang
 * @param {boolean} counted
 */
function scale(value, lang, counted) {
  const least = lang === "zh" ? 1e5 : 1e6;
  const fits = counted && Math.abs(value) >= least ? SCALES[lang].find(([f]) => Math.abs(value) >= Number(f)) : undefined;
  const [factor, word] = fits ?? [1, ""];
  return { value: round(value / Number(factor), 12), factor: Number(factor), word: String(word) };
}

/**
 * How many decimals to print: those printed, those that the interval supports, or the value's own.
 * @param {number} value
 * @param {number} factor
 * @param {{published?: string, interval?: [number, number] | null}} hints
 */
function decimals(value, factor, { published, interval }) {
  const token = published?.match(/\d[\d,]*(?:\.(\d+))?/);
  if (token && Number(token[0].replaceAll(",", "")) === Math.abs(value)) {
    const printed = token[1]?.length ?? 0;
    return { minimumFractionDigits: printed, maximumFractionDigits: printed };
  }
  const width = interval ? Math.abs(interval[1] - interval[0]) / factor : 0;
  const supported = width > 0 ? Math.max(0, Math.min(6, Math.ceil(-Math.log10(width)))) : 6;
  return { maximumFractionDigits: Math.min(supported, own(value)) };
}

/** @param {number} value */
function own(value) {
  const text = String(round(value, 10));
  const places = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  return places > 4 ? 2 : places;
}

/** @param {number} value @param {number} digits */
function round(value, digits) {
  return Number(value.toPrecision(digits));
}

/** The amount as one string. @param {Shown} shown @param {string} language */
export function joined(shown, language) {
  const tight = language === "zh" || shown.unit.startsWith("%");
  return shown.number + (shown.unit && !tight ? " " : "") + shown.unit;
}

/**
 * An SDMX period in words; what is not understood is shown as it stands.
 * @param {string} code
 * @param {string} language
 * @param {Say} say
 * @returns {string}
 */
export function period(code, language, say) {
  if (!code) return "";
  if (code.startsWith("to ")) return say("asOf", { date: period(code.slice(3), language, say) });
  if (code.includes("/")) return range(code, language, say);
  const [, year, half, quarter] = /^(\d{4})-(?:H([12])|Q([1-4]))$/.exec(code) ?? [];
  if (half) return say(`half${half}`, { year });
  if (quarter) return say("quarter", { year, n: quarter });
  if (/^\d{4}$/.test(code)) return language === "zh" ? `${code}年` : code;
  return date(code, language);
}

/** @param {string} code @param {string} language @param {Say} say */
function range(code, language, say) {
  const [from, to] = code.split("/");
  const months = [from, to].map((c) => /^(\d{4})-(\d{2})$/.exec(c));
  if (months[0] && months[1]) {
    const [first, last] = months.map((m) => new Date(Date.UTC(Number(m?.[1]), Number(m?.[2]) - 1, 1)));
    return formatter(language, { year: "numeric", month: "long" }).formatRange(first, last);
  }
  return `${period(from, language, say)} – ${period(to, language, say)}`;
}

/**
 * A date or month of ISO 8601 in words.
 * @param {string | null} iso
 * @param {string} language
 */
export function date(iso, language) {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(iso ?? "") ?? [];
  if (!year) return iso ?? "";
  const when = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: "numeric", month: "long", ...(day ? { day: "numeric" } : {}) };
  const stands = when.getUTCMonth() + 1 === Number(month) && when.getUTCDate() === Number(day ?? 1);
  return stands ? formatter(language, parts).format(when) : String(iso);
}

/** @param {string} language @param {Intl.DateTimeFormatOptions} parts */
function formatter(language, parts) {
  return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { ...parts, timeZone: "UTC" });
}

/**
 * What a figure is, without its number: label, area, dimensions, period, and whatever is not plain actual.
 * @param {import("./types.js").Figure} figure
 * @param {string} language
 * @param {Say} say
 * @returns {string[]}
 */
export function caption(figure, language, say) {
  const parts = [figure.label, figure.ref_area, ...Object.values(figure.dimensions ?? {}).map(String)];
  parts.push(period(figure.time_period, language, say));
  if (figure.scenario && figure.scenario !== "actual") parts.push(say(figure.scenario));
  if (figure.change_kind && !["level", "rank"].includes(figure.change_kind)) parts.push(say(figure.change_kind));
  if (figure.obs_status && figure.obs_status !== "normal") parts.push(say(figure.obs_status));
  return parts.filter(Boolean);
}
