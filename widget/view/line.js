/** How the line to the assistant is, for the banner, and for who looks at `data-connection`. It must never speak to a server. */

/** Why there is none. */
const AWAY = ["lost", "unknown"];

export class Line {
  #banner;
  #root;

  /** @param {{banner: import("./banner.js").Banner, root: HTMLElement}} parts */
  constructor({ banner, root }) {
    this.#banner = banner;
    this.#root = root;
    this.#now("unopened");
  }

  /** @returns {"unopened" | "connecting" | "online" | "lost" | "unknown" | "again" | "ready"} */
  get state() {
    return this.#root.dataset.connection;
  }

  /** What the connection says. That it is there again is said once everything from before is told. */
  connected(state) {
    if (state === "online" && this.state === "ready") return;
    const away = AWAY.includes(state);
    if (away) this.#banner[state]();
    else if (!this.#again) this.#banner.connecting();
    this.#now(!away && this.#again ? "again" : state);
  }

  /** Everything from before is told. `held`: messages that only the person may send. */
  ready(held) {
    this.#banner.online({ again: this.#again, held });
    this.#now("ready");
  }

  /** Whether the connection was there, and was lost. */
  get #again() {
    return [...AWAY, "again"].includes(this.state);
  }

  #now(state) {
    this.#root.dataset.connection = state;
  }
}
