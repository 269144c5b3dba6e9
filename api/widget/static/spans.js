/** Places in a text. The server counts code points, strings here count UTF-16 units: converted in one pass. */

/**
 * UTF-16 offsets of code point offsets.
 * @param {string} text
 * @param {Iterable<number>} points  in any order; beyond the end means the end
 * @returns {Map<number, number>}
 */
export function utf16Offsets(text, points) {
  const wanted = [...new Set(points)].sort((a, b) => a - b);
  /** @type {Map<number, number>} */
  const found = new Map();
  let unit = 0;
  let point = 0;
  for (const want of wanted) {
    while (point < want && unit < text.length) {
      unit += Number(text.codePointAt(unit)) > 0xffff ? 2 : 1;
      point += 1;
    }
    found.set(want, unit);
  }
  return found;
}

/** @typedef {{start: number, end: number}} Span */

/**
 * The text cut at every span's edges; each piece knows the spans that cover it. Pieces join to the text.
 * @template {Span} S
 * @param {string} text
 * @param {S[]} spans  code points; empty or inverted ones are ignored
 * @returns {{text: string, within: S[]}[]}
 */
export function cut(text, spans) {
  const real = spans.filter((s) => Number.isInteger(s.start) && Number.isInteger(s.end) && s.start >= 0 && s.end > s.start);
  const offsets = utf16Offsets(text, real.flatMap((s) => [s.start, s.end]));
  const at = (/** @type {number} */ point) => offsets.get(point) ?? 0;
  const edges = [...new Set([0, ...offsets.values(), text.length])].sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const within = real.filter((s) => at(s.start) <= edges[i] && at(s.end) >= edges[i + 1]);
    pieces.push({ text: text.slice(edges[i], edges[i + 1]), within });
  }
  return pieces;
}

/**
 * Where the quote stands: the given span if it holds, else the quote's first occurrence, else null.
 * @param {string} text
 * @param {{start: number, end: number, quote: string}} place
 * @returns {Span | null}
 */
export function locate(text, place) {
  const offsets = utf16Offsets(text, [place.start, place.end]);
  const stands = text.slice(offsets.get(place.start), offsets.get(place.end));
  if (stands && (!place.quote || stands === place.quote)) return { start: place.start, end: place.end };
  const at = place.quote ? text.indexOf(place.quote) : -1;
  if (at < 0) return null;
  const start = [...text.slice(0, at)].length;
  return { start, end: start + [...place.quote].length };
}
