/**
 * Whose conversation this is: asks the portal for a token, for anybody or for whom the site says somebody is.
 * It must never keep the token of somebody whom the site named: who is logged in may change with the next page.
 */
import { TokenKeeper } from "./token.js";

const ANSWER_WITHIN_MS = 10_000;
const BEFORE_IT_ENDS_MS = 5_000;

/** The portal did not give a token. `code`: offline, dropped meanwhile, or what it says. */
export class NoSession extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export class Session {
  #keeper;
  #identity;
  #named = null;
  #asked = null;
  #drops = 0;

  /**
   * @param {string} portal the portal's address
   * @param {{identity?: string | null, lasting?: boolean, changed?: (how: {ended: boolean}) => void}} [options] `identity`: the site's signed word for who
   *        this is; the others as for TokenKeeper
   */
  constructor(portal, { identity = null, lasting = false, changed } = {}) {
    this.portal = portal;
    this.#identity = identity;
    this.#keeper = new TokenKeeper(portal, { lasting, changed });
  }

  /** The token at hand, or null. */
  get token() {
    return this.#current?.token ?? null;
  }

  /** Whether the site says who this is. */
  get named() {
    return this.#identity !== null;
  }

  get #current() {
    return this.named ? this.#named : this.#keeper.held;
  }

  /**
   * The token and the assistant's address; asks the portal only if there is none that still holds.
   * @returns {Promise<{token: string, assistant: string}>} rejects with NoSession
   */
  get() {
    const held = this.#current;
    if (holds(held)) return Promise.resolve(held);
    this.#asked ??= this.#ask(this.#identity).finally(() => (this.#asked = null));
    return this.#asked;
  }

  /** From now on the site says this about the person; null: nothing. Returns whether it is somebody else. */
  rename(identity) {
    const other = subject(identity) !== subject(this.#identity);
    this.#identity = identity;
    this.#asked = null;
    if (other) this.#named = null;
    return other;
  }

  /** The token is of no use any more, or the person wants it gone. */
  drop() {
    this.#named = null;
    this.#asked = null;
    this.#drops += 1;
    if (!this.named) this.#keeper.drop();
  }

  /** Hears of the page's other elements and of other tabs, until `stop`. */
  start() {
    this.#keeper.start();
  }

  stop() {
    this.#keeper.stop();
  }

  async #ask(identity) {
    const drops = this.#drops;
    const answer = await this.#fetched(identity ? { identity } : {}).catch((reason) => reason);
    if (identity !== this.#identity) return this.get();
    if (answer instanceof Error) throw answer;
    if (drops !== this.#drops) throw new NoSession("dropped");
    if (holds(this.#current)) return this.#current; // another element or tab was first
    const { token, assistant, expires_at: ends } = answer;
    if (typeof token !== "string" || typeof assistant !== "string") throw new NoSession("other");
    const held = { token, assistant, expiresAt: ends ? Date.parse(ends) : null };
    if (this.named) this.#named = held;
    else this.#keeper.keep(held);
    return held;
  }

  async #fetched(body) {
    const request = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    };
    const answer = await fetch(`${this.portal}/api/session`, request).catch(() => null);
    if (!answer) throw new NoSession("offline");
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new NoSession(typeof content?.error === "string" ? content.error : "other");
    return content ?? {};
  }
}

/** Whether there is a token, and it does not end at once. */
function holds(held) {
  return held !== null && !(held.expiresAt !== null && held.expiresAt - BEFORE_IT_ENDS_MS < Date.now());
}

/** Who is meant, to see whether somebody else is: never to believe it. The portal checks the signature. */
function subject(identity) {
  try {
    const { iss, sub } = JSON.parse(atob(identity.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
    return JSON.stringify([iss, sub]);
  } catch {
    return identity;
  }
}
