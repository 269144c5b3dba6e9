/** What the browser keeps between visits: the open conversation and the anonymous session, per API address. */

export class Memory {
  /** @param {string} scope  the API's address, and the collection if there is one */
  constructor(scope) {
    this.scope = scope;
  }

  /** @returns {string | null} */
  get conversation() {
    return this.#get("conversation");
  }

  set conversation(id) {
    this.#set("conversation", id);
  }

  /** @returns {string | null} */
  get session() {
    return this.#get("session");
  }

  set session(token) {
    this.#set("session", token);
  }

  /** @param {string} name */
  #get(name) {
    const key = `tally:${this.scope}:${name}`;
    try {
      return localStorage.getItem(key) ?? fallback.get(key) ?? null;
    } catch {
      return fallback.get(key) ?? null; // storage is blocked: this page view only
    }
  }

  /**
   * @param {string} name
   * @param {string | null} value
   */
  #set(name, value) {
    const key = `tally:${this.scope}:${name}`;
    if (value === null) fallback.delete(key);
    else fallback.set(key, value);
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // storage is blocked: kept for this page view above
    }
  }
}

/** @type {Map<string, string>} */
const fallback = new Map();
