/** Says how the connection is, above the conversation. It must never claim that something was sent. */
import { h } from "./dom.js";

const CALM_AFTER_MS = 6_000;

export class Banner {
  #texts;
  #words = h("span", {});
  #retry;
  #calm = 0;

  /** @param {{texts: object, retry: () => void}} options */
  constructor({ texts, retry }) {
    this.#texts = texts.connection;
    this.#retry = h("button", { type: "button", class: "text-button", onclick: retry, hidden: true }, this.#texts.retry);
    this.node = h("div", { class: "banner", "data-shown": "no" }, h("span", { role: "status" }, this.#words), this.#retry);
  }

  connecting() {
    this.#show("connecting");
  }

  lost() {
    this.#show("lost", { retry: true });
  }

  /** The site has to say anew who this is. */
  unknown() {
    this.#show("unknown", { retry: true });
  }

  /** @param {{again: boolean, held: number}} how `again`: it was lost before; `held`: messages that only the person may send */
  online({ again, held }) {
    if (!again) return this.#hide();
    this.#show(held ? "held" : "back");
    this.#calm = setTimeout(() => this.#hide(), CALM_AFTER_MS);
  }

  #show(state, { retry = false } = {}) {
    clearTimeout(this.#calm);
    this.#words.textContent = this.#texts[state];
    this.#retry.hidden = !retry;
    this.node.dataset.shown = state;
  }

  #hide() {
    clearTimeout(this.#calm);
    this.#words.textContent = "";
    this.#retry.hidden = true;
    this.node.dataset.shown = "no";
  }
}
