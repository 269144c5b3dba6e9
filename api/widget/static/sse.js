/** Server-sent events out of a fetch body; EventSource cannot post. */

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} [alive]  called for every chunk, heartbeats included
 * @returns {AsyncGenerator<import("./types.js").ServerEvent>}  `data` parsed as JSON where it is JSON
 */
export async function* events(body, alive = () => {}) {
  const reader = body.pipeThrough(/** @type {ReadableWritablePair<string, any>} */ (new TextDecoderStream())).getReader();
  let buffer = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      buffer += value;
      const blocks = buffer.split(/\r\n\r\n|\n\n|\r\r/);
      buffer = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // already broken: nothing left to release
  }
}

/** @param {string} block */
function parse(block) {
  const event = { event: "message", id: "", data: /** @type {any} */ (null) };
  const lines = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === "data") lines.push(value);
    else if (field === "event") event.event = value;
    else if (field === "id") event.id = value;
  }
  if (!lines.length) return null;
  event.data = json(lines.join("\n"));
  return event;
}

/** @param {string} text */
function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
