/**
 * The buttons below messages: which are still offered, and which are over.
 * It must never press anything by itself.
 */
import { Choices } from "./choices.js";

export class Offers {
  #press;
  #open = [];

  /** @param {{press: (button: object, choices: Choices) => Promise<object>}} options */
  constructor({ press }) {
    this.#press = press;
  }

  /**
   * The node with a message's buttons, or null if it has none.
   * `lasting`: they stay until newer help comes, not only until the next thing is said.
   */
  add({ buttons, offer }, { texts, className, lasting = false }) {
    if (!buttons.length) return null;
    const choices = new Choices(buttons, {
      texts,
      press: (button) => this.#press(button, choices),
      className,
      lasting,
    });
    if (offer) choices.node.classList.add("answers");
    this.#open.push(choices);
    return choices.node;
  }

  /** Something was said: buttons that only made sense as the next thing said are over, and `also` those. */
  pass(also = null) {
    this.#retire(this.#open.filter((choices) => choices === also || !choices.lasting));
  }

  /** All are over. */
  end() {
    this.#retire(this.#open);
  }

  #retire(choices) {
    choices.forEach((each) => each.remove());
    this.#open = this.#open.filter((each) => !choices.includes(each));
  }
}
