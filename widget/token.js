/**
 * Keeps what the portal issued: the conversation's token, and where its assistant is. For this tab, until it is closed;
 * for this browser only if the site says so. It must never make a token up, nor put it into an address, a cookie or a log.
 */

/** The keepers of this page: what one keeps or drops, the others hear of. (The browser tells only other tabs.) */
const here = new Set();

export class TokenKeeper {
  #key;
  #storage;
  #changed;
  #held = null;

  /**
   * @param {string} portal the portal's address, so that two assistants on one page stay apart
   * @param {{lasting?: boolean, changed?: (how: {ended: boolean}) => void}} [options] `lasting`: all tabs of this browser share the conversation, and it
   *        stays when they are closed; `changed`: somebody else here has another conversation now, or ended this one
   */
  constructor(portal, { lasting = false, changed = () => {} } = {}) {
    this.#key = `ask-first:${portal}`;
    this.#storage = lasting ? () => localStorage : () => sessionStorage;
    this.#changed = changed;
    this.#held = this.#read();
    this.watch = ({ key, storageArea }) => {
      if (lasting && (key === null || key === this.#key) && storageArea === this.#use((storage) => storage)) this.#look();
    };
    this.start();
  }

  /** @returns {{token: string, assistant: string, expiresAt: number | null} | null} what is at hand, also by another element */
  get held() {
    return (this.#held ??= this.#read());
  }

  keep(held) {
    this.#held = held;
    this.#use((storage) => storage.setItem(this.#key, JSON.stringify(held)));
    this.#tell();
  }

  /** Drops what was at hand, but not what another element or tab has kept since. */
  drop() {
    const token = this.held?.token;
    this.#held = null;
    if (token !== this.#read()?.token) return;
    this.#use((storage) => storage.removeItem(this.#key));
    this.#tell();
  }

  /** Hears of the others, from now on and what was missed. */
  start() {
    addEventListener("storage", this.watch);
    here.add(this);
    this.#look();
  }

  stop() {
    removeEventListener("storage", this.watch);
    here.delete(this);
  }

  #tell() {
    for (const keeper of here) if (keeper !== this) keeper.#look();
  }

  #look() {
    if (!this.#use((storage) => storage)) return;
    const before = this.#held?.token;
    this.#held = this.#read();
    if (before && this.#held?.token !== before) this.#changed({ ended: this.#held === null });
  }

  #read() {
    return readHeld(this.#use((storage) => storage.getItem(this.#key)));
  }

  /** Storage may be forbidden (private windows, site settings): then the token lives as long as the page. */
  #use(use) {
    try {
      return use(this.#storage()) ?? null;
    } catch {
      return null;
    }
  }
}

function readHeld(text) {
  try {
    const { token, assistant, expiresAt = null } = JSON.parse(text ?? "null") ?? {};
    return typeof token === "string" && typeof assistant === "string" ? { token, assistant, expiresAt } : null;
  } catch {
    return null;
  }
}
