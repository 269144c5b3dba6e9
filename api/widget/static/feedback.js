/** Thumbs, and a reason for the one that points down. */
import { h, iconButton } from "./dom.js";
import { explain } from "./problem.js";

/**
 * @param {import("./types.js").Answer} answer
 * @param {import("./answer.js").Context} context
 */
export function feedback(answer, { say, api, emit }) {
  const told = h("span", { class: "told", role: "status" });
  const send = async (/** @type {"up" | "down"} */ rating, reason = "") => {
    try {
      await api.feedback(answer.answer_id, rating, reason);
      told.textContent = say("thanks");
      emit("feedback", { answer_id: answer.answer_id, rating, reason });
    } catch (problem) {
      told.textContent = explain(problem, say);
    }
  };
  const press = (/** @type {HTMLElement} */ chosen) => [up, down].forEach((b) => b.setAttribute("aria-pressed", String(b === chosen)));
  const up = iconButton("up", say("good"), () => {
    press(up);
    form.replaceChildren();
    send("up");
  }, { "aria-pressed": "false" });
  const down = iconButton("down", say("bad"), () => {
    press(down);
    ask();
  }, { "aria-pressed": "false" });
  const form = h("form", { class: "reason", on: { submit: (/** @type {Event} */ event) => {
    event.preventDefault();
    const reason = form.querySelector("input")?.value.trim() ?? "";
    form.replaceChildren();
    down.focus();
    send("down", reason);
  } } });
  const ask = () => {
    const field = h("input", { type: "text", maxlength: "500", "aria-label": say("reason"), placeholder: say("reasonHint") });
    form.replaceChildren(field, h("button", { type: "submit", class: "primary" }, say("sendFeedback")));
    field.focus();
  };
  return [up, down, told, form];
}
