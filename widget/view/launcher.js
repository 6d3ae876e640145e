/** The round button that opens the chat, with the number of unread messages. It must never open it by itself. */
import { fill } from "../texts/index.js";
import { h, icon, ICONS } from "./dom.js";

export class Launcher {
  #texts;
  #title;
  #unread = 0;
  #badge = h("span", { class: "badge", hidden: true, "aria-hidden": "true" });

  /** @param {{texts: object, title: string, open: () => void}} options */
  constructor({ texts, title, open }) {
    this.#texts = texts.launcher;
    this.#title = title;
    this.node = h("button", { type: "button", class: "launcher", title: "", "aria-haspopup": "dialog", onclick: open }, icon(ICONS.chat), this.#badge);
    this.#label();
  }

  /** The chat is open: everything is read, and its own button closes it. */
  hide() {
    this.#unread = 0;
    this.node.hidden = true;
    this.#label();
  }

  /** The chat was closed: the focus comes back to where it was opened. */
  show() {
    this.node.hidden = false;
    this.node.focus({ preventScroll: true });
  }

  /** One more message came while the chat was closed. */
  count() {
    this.#unread += 1;
    this.#label();
  }

  #label() {
    const unread = this.#unread ? `, ${fill(this.#texts.unread, { count: this.#unread })}` : "";
    this.node.setAttribute("aria-label", fill(this.#texts.open, { title: this.#title }) + unread);
    this.#badge.textContent = this.#unread > 9 ? "9+" : String(this.#unread);
    this.#badge.hidden = !this.#unread;
  }
}
