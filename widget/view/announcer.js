/**
 * Says in words what others see at a glance: that an answer is being written, that a message was not sent.
 * It must never repeat what was said in the conversation, which is read out there.
 */
import { h } from "./dom.js";

export class Announcer {
  #texts;
  #words = h("p", { class: "spoken", role: "status" });
  #dots = h("div", { class: "typing", hidden: true, "aria-hidden": "true" }, h("i"), h("i"), h("i"));

  constructor({ texts }) {
    this.#texts = texts;
    this.nodes = [this.#dots, this.#words];
  }

  /** The dots come and go; however often that is told, it is said once. */
  typing(on) {
    if (this.#dots.hidden === !on) return;
    this.#dots.hidden = !on;
    this.say(on ? this.#texts.typing : "");
  }

  say(words) {
    this.#words.textContent = words;
  }
}
