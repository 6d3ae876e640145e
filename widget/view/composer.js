/** Where the person writes. It must never keep what was written anywhere but in the field itself. */
import { composing, h, icon, ICONS, spoken } from "./dom.js";

/** The server's limit, in characters. */
const LONGEST = 2_000;

export class Composer {
  #field;
  #note;
  #said;

  /** @param {{texts: object, said: (text: string) => void}} options */
  constructor({ texts, said }) {
    this.#said = said;
    this.#note = h("p", { class: "note", role: "status" });
    this.#field = h("textarea", {
      rows: 1,
      maxlength: LONGEST,
      placeholder: texts.composer.placeholder,
      "aria-label": texts.composer.label,
      autocomplete: "off",
      enterkeyhint: "send",
      dir: "auto",
      onkeydown: (event) => this.#keyed(event),
      oninput: () => this.#limit(texts.composer.too_long),
    });
    const send = h("button", { type: "submit", class: "send" }, icon(ICONS.send), spoken(texts.composer.send));
    this.node = h("form", { class: "composer", novalidate: true, onsubmit: (event) => this.#submit(event) }, this.#note, this.#field, send);
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** Enter sends and Shift+Enter begins a line; the one that ends a composed word does neither. */
  #keyed(event) {
    if (event.key === "Enter" && !event.shiftKey && !composing(event)) this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text) return this.focus();
    this.#field.value = "";
    this.#limit("");
    this.#said(text);
    this.focus();
  }

  #limit(words) {
    this.#note.textContent = this.#field.value.length >= LONGEST ? words : "";
  }
}
