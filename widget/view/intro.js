/** What stands above the first message. It must never look like something that was already said. */
import { h } from "./dom.js";

export class Intro {
  #suggestions;

  /** @param {{texts: object, suggestions: string[], said: (text: string) => void}} options */
  constructor({ texts, suggestions, said }) {
    const buttons = suggestions.map((text) => h("button", { type: "button", class: "chip", onclick: () => said(text) }, text));
    this.#suggestions = h("div", { class: "choices", role: "group", "aria-label": texts.panel.suggestions }, ...buttons);
    this.node = h("div", { class: "intro" }, h("h3", {}, texts.intro.heading), h("p", {}, texts.intro.body), buttons.length ? this.#suggestions : null);
  }

  /** The conversation has begun. */
  begun() {
    this.#suggestions.remove();
  }
}
