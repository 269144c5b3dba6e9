/**
 * The one line for any page: <script src="https://HOST/widget.js" async></script>
 *
 * data-lang, data-theme, data-accent, data-heading, data-greeting, data-suggestions, data-position, data-api,
 * data-collection, data-token become attributes of a <tally-chat layout="launcher"> at the end of the body.
 * data-launcher="off" adds none; a page that places its own <tally-chat> gets none either.
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL("widget/VERSION/", script.src);
  const options = { ...script.dataset };
  const loaded = import(new URL("chat.js", home).href);

  /** @returns {any} the launcher, or the first chat of the page */
  const chat = () => document.querySelector('tally-chat[layout="launcher"]') ?? document.querySelector("tally-chat");
  const call = (/** @type {string} */ name) => async (/** @type {any[]} */ ...args) => {
    await placed;
    await chat()?.ready;
    return chat()?.[name](...args);
  };

  const place = () => {
    if (options.launcher === "off" || document.querySelector("tally-chat")) return;
    const element = document.createElement("tally-chat");
    const known = ["lang", "theme", "accent", "heading", "greeting", "suggestions", "position", "api", "collection", "token", "timeout"];
    for (const name of known) if (options[name]) element.setAttribute(name, options[name]);
    element.setAttribute("layout", "launcher");
    document.body.append(element);
  };
  const parsed = document.readyState === "loading"
    ? new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true })) : Promise.resolve();
  const placed = Promise.all([loaded, parsed]).then(place);

  /** @type {any} */ (window).Tally = Object.freeze({
    open: call("open"), close: call("close"), toggle: call("toggle"), ask: call("ask"), reset: call("reset"),
    on: (/** @type {string} */ type, /** @type {(detail: any) => void} */ listener) =>
      document.addEventListener(`tally-${type}`, (event) => listener(/** @type {CustomEvent} */ (event).detail)),
  });
})();
