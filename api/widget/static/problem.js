/** What went wrong, by what the asker can do about it. */

/** @typedef {"offline" | "cut" | "slow" | "busy" | "denied" | "gone" | "refused" | "server"} ProblemKind */

export class Problem extends Error {
  /**
   * @param {ProblemKind} kind
   * @param {string} [detail]  the server's own words, shown as text
   * @param {number} [wait]  seconds until another try makes sense
   */
  constructor(kind, detail = "", wait = 0) {
    super(detail || kind);
    this.kind = kind;
    this.detail = detail;
    this.wait = wait;
  }

  /** Whether asking again by itself may help. */
  get passing() {
    return this.kind === "cut" || this.kind === "offline";
  }
}

/** @type {Record<number, ProblemKind>} */
const BY_STATUS = { 401: "denied", 403: "denied", 404: "gone", 410: "gone", 429: "busy", 503: "busy" };

/**
 * The problem of a response that is not ok; reads problem documents (RFC 9457).
 * @param {Response} response
 */
export async function problemOf(response) {
  const document = await response.json().catch(() => ({}));
  const words = [document.detail || document.title, document.remedy].filter((w) => typeof w === "string" && w);
  const kind = BY_STATUS[response.status] ?? (response.status < 500 ? "refused" : "server");
  return new Problem(kind, words.join(" "), Number(response.headers.get("retry-after")) || 0);
}

/**
 * What happened and what to do, in the interface's language.
 * @param {unknown} problem
 * @param {import("./types.js").Say} say
 */
export function explain(problem, say) {
  if (!(problem instanceof Problem)) return say("server");
  const words = say(problem.kind === "slow" ? "problem_slow" : problem.kind, { wait: problem.wait || 30 });
  return problem.kind === "refused" && problem.detail ? `${words} ${problem.detail}` : words;
}

/** The problem of a request that never arrived. */
export function lost() {
  return new Problem(navigator.onLine === false ? "offline" : "cut");
}
