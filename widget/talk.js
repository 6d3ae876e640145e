/**
 * What is said, by the person and by the assistant: joins what is seen with what waits to be sent.
 * It must never show or send anything twice.
 */
import { readMessage } from "./message.js";
import { Outbox, readSaid } from "./outbox.js";

export class Talk {
  #thread;
  #intro;
  #unread;
  #outbox;
  #bubbles = new Map();

  /**
   * @param {{thread: import("./view/thread.js").Thread, intro: import("./view/intro.js").Intro, unread: () => void,
   *          deliver: (message: object) => Promise<object>}} options `unread` counts one more that the assistant said
   */
  constructor({ thread, intro, unread, deliver }) {
    this.#thread = thread;
    this.#intro = intro;
    this.#unread = unread;
    this.#outbox = new Outbox(deliver, (id, state) => this.#bubbles.get(id)?.show(state));
  }

  /** Shows what the person typed, and sends it. */
  say(text) {
    const message = this.#outbox.add(text, { held: this.#thread.asking });
    this.#intro.begun();
    this.#bubbles.set(message.id, this.#thread.say(text, () => this.#outbox.send(message), message.id));
    this.#outbox.send(message);
  }

  /** What the server has of the person: from this tab, from another one, or from before. */
  said(raw) {
    const said = readSaid(raw);
    if (!said) return;
    this.#intro.begun();
    if (this.#bubbles.has(said.id)) this.#outbox.arrived(said.id);
    else this.#thread.said(said);
  }

  hear(raw, { live = true } = {}) {
    const message = readMessage(raw);
    if (!message || !this.#thread.hear(message, { live })) return;
    this.#intro.begun();
    this.#unread();
  }

  /** Shows what was said before and does not stand here yet; only what came last can still be answered. */
  catchUp({ messages, complete }) {
    if (this.#thread.empty && !complete) this.#thread.remark("resumed");
    const lastWord = messages.findLastIndex((message) => message?.from === "person");
    messages.forEach((raw, index) => (raw?.from === "person" ? this.said(raw) : this.hear(raw, { live: index > lastWord })));
  }

  /** Sends what waited for the connection, and returns how many messages only the person may send. */
  flush() {
    return this.#outbox.flush({ asking: this.#thread.asking });
  }
}
