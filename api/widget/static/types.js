/**
 * The shapes that cross the wire, for editors and readers: nothing here is loaded by a page.
 *
 * @typedef {{value: number | boolean, unit: string, qualifier: string, text?: string}} Value
 * @typedef {{
 *   n: number, notice_id: string, source: string, title: string, published: string | null, url: string | null,
 *   quote: string, start: number, end: number
 * }} Citation  `start` and `end` count code points into the notice's text
 * @typedef {{
 *   figure_id: string, handle: string, citation: number, indicator: string, label: string, ref_area: string,
 *   dimensions: Record<string, string>, time_period: string, value: number, unit: string, qualifier: string,
 *   scenario: string, change_kind: string, base_period: string | null, obs_status: string, published_as: string,
 *   notice_id: string, source: string, quote: string, start: number, end: number, status: string
 * }} Figure  one published number; `value` in base units
 * @typedef {{
 *   handle: string, expression: string, operands: string[], value: number, unit: string, qualifier: string,
 *   interval: [number, number] | null, formula: string, text?: string
 * }} Derivation  a computed number
 * @typedef {{columns: string[], rows: unknown[][]}} Table
 * @typedef {{
 *   answer_id: string, conversation_id: string | null, question: string,
 *   status: "answered" | "refused" | "clarify", text: string, language: string, value: Value | null,
 *   figures: Figure[], derivations: Derivation[], citations: Citation[], table: Table | null,
 *   chart: object | null, chart_alt: string | null, interpretation: Record<string, unknown>,
 *   suggestions: string[], options: string[], warnings: string[], answered_by: string, elapsed_ms: number
 * }} Answer
 * @typedef {{
 *   notice_id: string, title: string, published: string | null, url: string | null, source: string,
 *   language: string, text: string, figures?: Figure[]
 * }} Notice
 * @typedef {{event: string, id: string, data: any}} ServerEvent
 * @typedef {"queued" | "asking" | "done" | "stopped" | "failed"} TurnStatus
 * @typedef {{
 *   key: number, question: string, interpretation: Record<string, string> | null, status: TurnStatus,
 *   step: string, text: string, slow: boolean, answer: Answer | null, problem: import("./problem.js").Problem | null
 * }} Turn  one exchange as the page shows it
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say  the interface's words
 */
export {};
