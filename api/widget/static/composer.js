/** Where a question is written: Enter asks, Shift+Enter breaks the line, arrow up brings back the last question. */
import { h, icon } from "./dom.js";

/**
 * @param {{say: import("./types.js").Say, ask: (question: string) => void, stop: () => void, last: () => string}} context
 */
export function composer({ say, ask, stop, last }) {
  const field = h("textarea", {
    rows: "1", maxlength: "2000", "aria-label": say("ask"), placeholder: say("placeholder"), enterkeyhint: "send",
  });
  const send = h("button", { type: "submit", class: "send", title: say("send"), "aria-label": say("send") }, icon("send"));
  const halt = h("button", {
    type: "button", class: "send halt", title: say("stop"), "aria-label": say("stop"), hidden: true, on: { click: stop },
  }, icon("stop"));
  const form = h("form", { class: "composer" }, h("div", { class: "field" }, field, halt, send));

  const fit = () => {
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
  };
  const submit = () => {
    const question = field.value.trim();
    if (!question) return;
    field.value = "";
    fit();
    ask(question);
  };
  field.addEventListener("input", fit);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is choosing characters
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && field.value === "") {
      field.value = last();
      fit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return {
    element: form,
    focus: () => field.focus({ preventScroll: true }),
    /** @param {boolean} on */
    busy: (on) => {
      if (!on && halt.matches(":focus")) field.focus();
      halt.hidden = !on;
    },
  };
}
