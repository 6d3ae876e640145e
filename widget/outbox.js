/**
 * What the person typed and how far it got. A message that could not go waits for the connection.
 * It must never hold a pressed button, and never send by itself what was typed, or would arrive, while a permission is asked:
 * a "yes" that arrives late could answer another question than the one it was meant for.
 */
import { newId } from "./identifier.js";

/**
 * @param {unknown} raw what the server says that the person said: `user_said`, or a message of the history
 * @returns {{id: string, text: string, at: Date | null} | null} null if it cannot be shown
 */
export function readSaid(raw) {
  const { id, text, at } = typeof raw === "object" && raw !== null ? raw : {};
  if (typeof id !== "string" || typeof text !== "string" || !id || !text.trim()) return null;
  const moment = new Date(typeof at === "string" ? at : NaN);
  return { id, text, at: Number.isNaN(moment.valueOf()) ? null : moment };
}

export class Outbox {
  #waiting = [];
  #arrived = new Set();
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

  /** Sends a message now, under the same id as before: the server handles each id once. */
  async send(message) {
    this.#drop(message.id);
    this.#report(message.id, "sending");
    const { ok, error } = await this.#deliver({ id: message.id, text: message.text });
    if (ok || this.#arrived.has(message.id)) return this.#report(message.id, "sent");
    const waits = ["offline", "unconfirmed"].includes(error);
    if (waits) this.#waiting.push(message);
    this.#report(message.id, { offline: "waiting", unconfirmed: "unconfirmed" }[error] ?? "failed");
  }

  /** The server has it, whatever became of its acknowledgement. */
  arrived(id) {
    this.#arrived.add(id);
    this.#drop(id);
    this.#report(id, "sent");
  }

  /**
   * After a reconnect: sends what waited, in order, up to the first that only the person may send. Returns how many stay.
   * `asking`: a permission is being asked now, so that all of it stays.
   */
  flush({ asking }) {
    if (asking) for (const message of this.#waiting) message.held = true;
    const firstHeld = this.#waiting.findIndex((message) => message.held);
    const free = firstHeld < 0 ? [...this.#waiting] : this.#waiting.slice(0, firstHeld);
    free.forEach((message) => this.send(message));
    return this.#waiting.length;
  }

  #drop(id) {
    this.#waiting = this.#waiting.filter((message) => message.id !== id);
  }
}
