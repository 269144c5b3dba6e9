/**
 * One conversation: its turns and what happens to them. Knows the API, knows nothing of the page.
 *
 * Events: `turns` (all of them changed), `turn` (one changed; detail is the Turn), `settled` (one ended).
 */
import { Problem } from "./problem.js";

/** @typedef {import("./types.js").Turn} Turn */

const RETRIES = 2;
let nextKey = 0;

export class Conversation extends EventTarget {
  /** @type {Turn[]} */
  turns = [];
  /** @type {AbortController | null} */
  #running = null;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./memory.js").Memory} memory
   */
  constructor(api, memory) {
    super();
    this.api = api;
    this.memory = memory;
  }

  get id() {
    return this.memory.conversation;
  }

  get busy() {
    return this.#running !== null;
  }

  /**
   * Ask now, or after the questions that are still open.
   * @param {string} question
   * @param {Record<string, string> | null} [interpretation]  changed parts of what was understood
   */
  ask(question, interpretation = null) {
    const turn = blank(question, interpretation);
    this.turns.push(turn);
    this.#tell("turns");
    this.#next();
    return turn;
  }

  /** Stop the answer that is being made. */
  stop() {
    this.#running?.abort();
  }

  /** @param {Turn} turn */
  retry(turn) {
    Object.assign(turn, blank(turn.question, turn.interpretation), { key: turn.key });
    this.#tell("turn", turn);
    this.#next();
  }

  /** Take a question out of the queue. @param {Turn} turn */
  withdraw(turn) {
    if (turn.status === "asking") return;
    this.turns = this.turns.filter((t) => t !== turn);
    this.#tell("turns");
  }

  /** Begin anew; the old conversation stays on the server. */
  reset() {
    this.#abandon();
    this.memory.conversation = null;
    this.#tell("turns");
  }

  /**
   * Show a stored conversation; a conversation that is gone begins a new one.
   * @param {string} id
   */
  async load(id) {
    this.#abandon();
    this.memory.conversation = id;
    try {
      const answers = await this.api.conversation(id);
      if (this.memory.conversation !== id) return;
      this.turns = [...answers.map(settled), ...this.turns];
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== "gone") throw error;
      this.memory.conversation = null;
    } finally {
      this.#tell("turns");
    }
  }

  /** Show a single stored answer. @param {import("./types.js").Answer} answer */
  show(answer) {
    this.#abandon();
    this.memory.conversation = null;
    this.turns = [settled(answer)];
    this.#tell("turns");
  }

  #abandon() {
    this.stop();
    this.turns = [];
  }

  #next() {
    if (this.#running) return;
    const turn = this.turns.find((t) => t.status === "queued");
    if (turn) this.#run(turn);
  }

  /** @param {Turn} turn */
  async #run(turn) {
    const control = new AbortController();
    this.#running = control;
    try {
      await this.#attempt(turn, control.signal, RETRIES);
      turn.status = "done";
    } catch (error) {
      turn.status = control.signal.aborted ? "stopped" : "failed";
      turn.problem = error instanceof Problem ? error : new Problem("server");
      if (!(error instanceof Problem) && !control.signal.aborted) console.error(error);
    }
    this.#running = null;
    if (this.turns.includes(turn)) {
      this.#tell("turn", turn);
      this.#tell("settled", turn);
    }
    this.#next();
  }

  /**
   * @param {Turn} turn
   * @param {AbortSignal} signal
   * @param {number} retries
   */
  async #attempt(turn, signal, retries) {
    Object.assign(turn, { status: "asking", step: "", text: "", slow: false, problem: null });
    this.#tell("turn", turn);
    try {
      for await (const event of this.api.ask(turn, this.id, signal)) this.#apply(turn, event);
      if (!turn.answer) throw new Problem("cut");
    } catch (error) {
      if (signal.aborted || !(error instanceof Problem) || !error.passing || retries === 0) throw error;
      turn.step = "reconnecting";
      this.#tell("turn", turn);
      await this.api.reachable(signal, RETRIES - retries);
      turn.answer = await this.#finishedMeanwhile(turn);
      if (!turn.answer) await this.#attempt(turn, signal, retries - 1);
    }
  }

  /** The server may have ended the answer though we lost the stream. @param {Turn} turn */
  async #finishedMeanwhile(turn) {
    if (!this.id) return null;
    const answers = await this.api.conversation(this.id).catch(() => []);
    const last = answers.at(-1);
    const known = this.turns.some((t) => t.answer?.answer_id === last?.answer_id);
    return last && !known && last.question === turn.question ? last : null;
  }

  /**
   * @param {Turn} turn
   * @param {import("./types.js").ServerEvent} event
   */
  #apply(turn, { event, data }) {
    if (event === "step") turn.step = String(data?.tool ?? data?.text ?? "");
    else if (event === "text") turn.text = (data?.replace ? "" : turn.text) + String(data?.text ?? "");
    else if (event === "slow") turn.slow = true;
    else if (event === "error") throw new Problem("server", String(data?.detail ?? ""));
    else if (event === "answer") this.#arrive(turn, data);
    else return;
    this.#tell("turn", turn);
  }

  /**
   * @param {Turn} turn
   * @param {import("./types.js").Answer} answer
   */
  #arrive(turn, answer) {
    turn.answer = answer;
    if (answer.conversation_id && this.turns.includes(turn)) this.memory.conversation = answer.conversation_id;
  }

  /**
   * @param {string} type
   * @param {Turn} [detail]
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * @param {string} question
 * @param {Record<string, string> | null} interpretation
 * @returns {Turn}
 */
function blank(question, interpretation) {
  nextKey += 1;
  return {
    key: nextKey, question, interpretation, status: "queued", step: "", text: "", slow: false, answer: null, problem: null,
  };
}

/** @param {import("./types.js").Answer} answer @returns {Turn} */
function settled(answer) {
  return { ...blank(answer.question, null), status: "done", answer };
}
