/**
 * What the person typed and how far it got. A message that could not go waits for the connection.
 * It must never hold a pressed button, and never send by itself what was typed while a permission was asked:
 * a "yes" that arrives late could answer another question than the one it was meant for.
 */
import { newId } from "./identifier.js";

export class Outbox {
  #waiting = [];
  #deliver;
  #report;

  /**
   * @param {(message: {id: string, text: string}) => Promise<{ok: boolean, error?: string}>} deliver
   * @param {(id: string, state: "sending" | "sent" | "waiting" | "unconfirmed" | "failed") => void} report
   */
  constructor(deliver, report) {
    this.#deliver = deliver;
    this.#report = report;
  }

  /** Takes a message over. `held`: only the person may send it later, not the outbox. */
  add(text, { held }) {
    return { id: newId(), text, held };
  }

  /** Sends a message now, under the same id as before, so that the server can tell a repeat. */
  async send(message) {
    this.#waiting = this.#waiting.filter((other) => other !== message);
    this.#report(message.id, "sending");
    const { ok, error } = await this.#deliver({ id: message.id, text: message.text });
    if (ok) return this.#report(message.id, "sent");
    if (error === "offline") this.#waiting.push(message);
    this.#report(message.id, { offline: "waiting", unconfirmed: "unconfirmed" }[error] ?? "failed");
  }

  /** After a reconnect: sends what waited, in order, up to the first that only the person may send. Returns how many stay. */
  flush() {
    const firstHeld = this.#waiting.findIndex((message) => message.held);
    const free = firstHeld < 0 ? [...this.#waiting] : this.#waiting.slice(0, firstHeld);
    free.forEach((message) => this.send(message));
    return this.#waiting.length;
  }
}
