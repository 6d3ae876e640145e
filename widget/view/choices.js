/**
 * Buttons that answer the assistant. A press is sent now or not at all, and once.
 * It must never press a button by itself, and never keep a press for later.
 */
import { h } from "./dom.js";

/** The channel's order of buttons below a question: the two answers first, then those that only ask, like *Why?* */
export const ANSWERS = 2;

/** One look for both answers, and a lighter one for what does not answer. */
export const equalAnswers = (index) => (index < ANSWERS ? "choice" : "text-button why");

export class Choices {
  #buttons = [];
  #note = h("p", { class: "note", hidden: true });
  #texts;
  #press;
  #busy = false;

  /**
   * @param {{title: string, payload: string, label?: string, about?: string}[]} buttons
   *        `label` is shown instead of the title where the place says what it is `about`; listeners hear both
   * @param {{texts: object, press: (button: object) => Promise<{ok: boolean, error?: string}>,
   *          className: (index: number) => string, lasting?: boolean}} options `lasting`: still useful after something else was said
   */
  constructor(buttons, { texts, press, className, lasting = false }) {
    this.lasting = lasting;
    this.#texts = texts.refused;
    this.#press = press;
    this.#buttons = buttons.map((button, index) => this.#make(button, className(index)));
    this.row = h("div", { class: "choices" }, ...this.#buttons);
    this.node = h("div", {}, this.row, this.#note);
  }

  /** Pressed and not yet settled. The buttons keep the focus, but do nothing. */
  get busy() {
    return this.#busy;
  }

  get focused() {
    return this.node.contains(this.node.getRootNode().activeElement);
  }

  hold() {
    this.#mark(true);
    this.#say("");
  }

  release(note = "") {
    this.#mark(false);
    this.#say(note);
  }

  remove() {
    this.node.remove();
  }

  #make({ title, payload, label, about }, className) {
    const name = label && `${label}: ${about}`;
    return h("button", { type: "button", class: className, "aria-label": name, onclick: () => this.#pressed({ title, payload }) }, label ?? title);
  }

  async #pressed(button) {
    if (this.#busy) return;
    this.hold();
    const { ok, error } = await this.#press(button);
    if (!ok) this.release(this.#texts[error] ?? this.#texts.other);
  }

  #mark(busy) {
    this.#busy = busy;
    for (const button of this.#buttons) button.setAttribute("aria-disabled", String(busy));
  }

  #say(note) {
    this.#note.textContent = note;
    this.#note.hidden = !note;
  }
}
