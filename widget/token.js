/**
 * Keeps the conversation's token: what the server issued, for this tab and until it is closed.
 * It must never make a token up, and never put it into an address, a cookie or a log.
 */
export class TokenKeeper {
  #key;
  #held = null;

  /** @param {string} server the assistant's address, so that two assistants on one page stay apart */
  constructor(server) {
    this.#key = `ask-first:${server}`;
    this.#held = this.#stored((storage) => storage.getItem(this.#key));
  }

  /** The token, or null before the server issued one. */
  get token() {
    return this.#held;
  }

  keep(token) {
    this.#held = token;
    this.#stored((storage) => storage.setItem(this.#key, token));
  }

  drop() {
    this.#held = null;
    this.#stored((storage) => storage.removeItem(this.#key));
  }

  /** Storage may be forbidden (private windows, site settings): then the token lives as long as the page. */
  #stored(use) {
    try {
      return use(sessionStorage) ?? null;
    } catch {
      return null;
    }
  }
}
