/**
 * Asks the portal about the person whose token this is, and asks it to act for them.
 * It must never send a token anywhere else, nor put it into an address.
 */

const ANSWER_WITHIN_MS = 15_000;
const FILE_NAME = /filename="([\w.-]{1,80})"/;

/** The portal did not do it. `code`: offline, too_fast, or what the portal says. */
export class Trouble extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export class PrivacyClient {
  #portal;
  #token;

  /**
   * @param {string} portal its address
   * @param {() => string | null} token the token at hand; none: nothing is known
   * @param {boolean} [named] whether the site says who this is: then there may be something, also without a token
   */
  constructor(portal, token, named = false) {
    this.#portal = portal;
    this.#token = token;
    this.named = named;
  }

  /** Whether there is anything to ask about. */
  get known() {
    return this.#token() !== null;
  }

  /** Every decision, every use, how long the conversation is kept, and in which language that is told. */
  async me() {
    const answer = await this.#ask("");
    return { ...readMe(await answer.json()), language: answer.headers.get("content-language") };
  }

  /** @param {{purpose: string, item: string} | {all: true}} what */
  async withdraw(what) {
    const { withdrawn } = await (await this.#ask("/withdraw", what)).json();
    return list(withdrawn).map((one) => text(one?.item)).filter(Boolean);
  }

  /** Erases everything. @returns {Promise<object>} the certificate */
  async forget() {
    return (await (await this.#ask("/forget", { sure: true })).json()).certificate;
  }

  /** @param {"export" | "receipt"} which @returns {Promise<{blob: Blob, name: string | null}>} a file to keep */
  async file(which) {
    const answer = await this.#ask(`/${which}`);
    const name = FILE_NAME.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? null;
    return { blob: await answer.blob(), name };
  }

  async #ask(path, body) {
    const headers = { authorization: `Bearer ${this.#token()}`, ...(body && { "content-type": "application/json" }) };
    const answer = await fetch(`${this.#portal}/api/me${path}`, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch(() => null);
    if (!answer) throw new Trouble("offline");
    if (answer.status === 429) throw new Trouble("too_fast");
    if (!answer.ok) throw new Trouble(text((await answer.json().catch(() => null))?.error) || "other");
    return answer;
  }
}

const text = (value) => (typeof value === "string" ? value.trim() : "");
const list = (value) => (Array.isArray(value) ? value : []);

function moment(value) {
  const at = new Date(text(value) || NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** What the portal said, in a shape that the view can trust. */
function readMe(raw) {
  const decisions = list(raw?.decisions).map((one) => ({
    purpose: text(one?.purpose),
    purposeText: text(one?.purpose_text),
    item: text(one?.item),
    name: text(one?.item_name),
    status: text(one?.status),
    decidedAt: moment(one?.decided_at),
    expiresAt: moment(one?.expires_at),
    hasValue: one?.has_value === true,
  }));
  const uses = list(raw?.uses).map((use) => ({
    at: moment(use?.at),
    program: text(use?.program_name) || text(use?.program),
    items: list(use?.items).map(text).filter(Boolean),
  }));
  const days = raw?.conversation?.days;
  return {
    decisions: decisions.filter(({ purpose, item, name }) => purpose && item && name),
    uses: uses.filter(({ at }) => at),
    days: Number.isInteger(days) ? days : null,
  };
}
