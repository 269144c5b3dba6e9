/** The host's accent colour, made legible: shaded until it meets WCAG AA on the ground it stands on. */

const AA = 4.5;
const GROUND = { light: [255, 255, 255], dark: [27, 26, 25] };
const WORST = { light: [239, 237, 232], dark: [46, 44, 42] }; // the ground that leaves text the least contrast

/**
 * @typedef {number[]} Rgb  three channels, 0-255
 * @param {string} text  `#rgb` or `#rrggbb`
 * @returns {Rgb | null}
 */
export function parse(text) {
  const [, hex] = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim()) ?? [];
  if (!hex) return null;
  const full = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
  return [0, 2, 4].map((i) => Number.parseInt(full.slice(i, i + 2), 16));
}

/** Contrast ratio of WCAG 2. @param {Rgb} a @param {Rgb} b */
export function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** @param {Rgb} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * The colour as text on any ground of the theme, the colour of text upon it, and a tint of it to set text on.
 * @param {Rgb} rgb
 * @param {"light" | "dark"} theme
 */
export function legible(rgb, theme) {
  const goal = theme === "light" ? 0 : 255;
  let ink = rgb;
  while (contrast(ink, WORST[theme]) < AA + 0.1) ink = ink.map((c) => Math.round(c + (goal - c) * 0.08 + Math.sign(goal - c)));
  const on = contrast(ink, [255, 255, 255]) >= contrast(ink, [20, 20, 20]) ? [255, 255, 255] : [20, 20, 20];
  const tint = GROUND[theme].map((c, i) => Math.round(c * 0.92 + ink[i] * 0.08));
  return { ink: css(ink), on: css(on), tint: css(tint) };
}

/** @param {Rgb} rgb */
function css(rgb) {
  return `rgb(${rgb.map((c) => Math.max(0, Math.min(255, c))).join(" ")})`;
}
