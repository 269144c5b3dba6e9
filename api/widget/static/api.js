/** The HTTP API as the interface uses it. Every failure is a Problem. */
import { Problem, lost, problemOf } from "./problem.js";
import { events } from "./sse.js";

/** @typedef {import("./types.js").Answer} Answer */

const SESSION = "X-Tally-Session";

export class Api {
  /**
   * @param {string} base  address of the server, no slash at its end
   * @param {import("./memory.js").Memory} memory
   * @param {{collection?: string, token?: string, silenceMs?: number}} [options]  `token`: a session that the host
   *   opened; `silenceMs`: a stream that says nothing for so long, heartbeats included, is given up
   */
  constructor(base, memory, { collection, token, silenceMs = 45_000 } = {}) {
    this.base = base;
    this.memory = memory;
    this.token = token;
    this.collection = collection || undefined;
    this.silenceMs = silenceMs;
  }

  /**
   * The events of one answer; adds an event `slow` when the server has been quiet for a while.
   * @param {import("./types.js").Turn} turn
   * @param {string | null} conversation
   * @param {AbortSignal} signal
   */
  async *ask(turn, conversation, signal) {
    const watch = new AbortController();
    const body = {
      question: turn.question,
      stream: true,
      conversation_id: conversation ?? undefined,
      collection: this.collection,
      interpretation: turn.interpretation ?? undefined,
    };
    let timer = setTimeout(() => watch.abort(), this.silenceMs);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => watch.abort(), this.silenceMs);
    };
    try {
      const both = AbortSignal.any([signal, watch.signal]);
      const response = await this.#fetch("/v1/chat", { method: "POST", body, signal: both, accept: "text/event-stream" });
      if (response.body) yield* withSlow(events(response.body, alive), this.silenceMs / 6);
    } catch (error) {
      if (error instanceof Problem || signal.aborted) throw error;
      throw watch.signal.aborted ? new Problem("slow") : lost();
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Wait until another try makes sense: at once when online again, or after a pause.
   * @param {AbortSignal} signal
   * @param {number} round
   */
  async reachable(signal, round) {
    if (navigator.onLine === false) await once(window, "online", signal);
    else await pause(400 * 3 ** round, signal);
  }

  /** The answers of a conversation, oldest first. @param {string} id @returns {Promise<Answer[]>} */
  async conversation(id) {
    const document = await this.json(`/v1/conversations/${encodeURIComponent(id)}`);
    /** @type {{question: string, answer: Answer | null}[]} */
    const turns = document.turns ?? [];
    return turns.flatMap((t) => (t.answer ? [{ ...t.answer, question: t.question }] : []));
  }

  /** @param {string} path @param {{method?: string, body?: object}} [options] @returns {Promise<any>} */
  async json(path, options = {}) {
    const response = await this.#fetch(path, { ...options, accept: "application/json" });
    return response.status === 204 ? null : response.json();
  }

  /** A picture or file. @param {string} path @param {string} accept */
  async blob(path, accept) {
    const response = await this.#fetch(path, { accept });
    return response.blob();
  }

  /** @param {string} id */
  async notice(id) {
    const { figure_rows: figures, ...notice } = await this.json(`/v1/notices/${encodeURIComponent(id)}`);
    return { ...notice, figures };
  }

  /** @param {string} id @param {"up" | "down"} rating @param {string} reason */
  feedback(id, rating, reason) {
    const body = reason ? { rating, reason } : { rating };
    return this.json(`/v1/answers/${encodeURIComponent(id)}/feedback`, { method: "POST", body });
  }

  /** @param {string} id */
  permalink(id) {
    return `${this.base}/#/answers/${encodeURIComponent(id)}`;
  }

  /**
   * Send a request as this session; a session that has ended is replaced by the one that the server opens.
   * @param {string} path
   * @param {{method?: string, body?: object, signal?: AbortSignal, accept: string}} options
   */
  async #fetch(path, options) {
    let response = await this.#send(path, options);
    if (response.status === 401 && this.memory.session && !this.token) {
      this.memory.session = null;
      response = await this.#send(path, options);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  /**
   * @param {string} path
   * @param {{method?: string, body?: object, signal?: AbortSignal, accept: string}} options
   */
  async #send(path, { method = "GET", body, signal, accept }) {
    const token = this.token ?? this.memory.session;
    /** @type {Record<string, string>} */
    const headers = { Accept: accept };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    /** @type {RequestInit} */
    const init = { method, headers, signal, credentials: "omit", body: body && JSON.stringify(body) };
    const response = await fetch(this.base + path, init).catch((error) => {
      throw signal?.aborted ? error : lost();
    });
    const opened = response.headers.get(SESSION);
    if (opened && !token) this.memory.session = opened;
    return response;
  }
}

/**
 * The stream, with an event `slow` whenever its next part is so long in coming.
 * @template T
 * @param {AsyncGenerator<T>} stream
 * @param {number} ms
 * @returns {AsyncGenerator<T | {event: "slow", id: string, data: null}>}
 */
async function* withSlow(stream, ms) {
  let next = stream.next();
  try {
    for (;;) {
      const wait = new AbortController();
      const quiet = pause(ms, wait.signal).then(() => null, () => null);
      const first = await Promise.race([next, quiet]);
      wait.abort();
      if (first === null) yield { event: "slow", id: "", data: null };
      const { value, done } = first ?? (await next);
      if (done) return;
      next = stream.next();
      yield value;
    }
  } finally {
    stream.return(undefined).catch(() => {}); // ended by its reader's own failure, told already
  }
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** @param {EventTarget} target @param {string} type @param {AbortSignal} signal @returns {Promise<void>} */
function once(target, type, signal) {
  return new Promise((resolve, reject) => {
    target.addEventListener(type, () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
