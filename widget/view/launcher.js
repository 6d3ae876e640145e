/** The round button that opens and closes the chat. It must never open it by itself. */
import { fill } from "../texts/index.js";
import { h, icon, ICONS } from "./dom.js";

export class Launcher {
  #texts;
  #title;
  #unread = 0;
  #badge = h("span", { class: "badge", hidden: true, "aria-hidden": "true" });

  /** @param {{texts: object, title: string, toggle: () => void}} options */
  constructor({ texts, title, toggle }) {
    this.#texts = texts.launcher;
    this.#title = title;
    this.node = h("button", { type: "button", class: "launcher", title: "", "aria-haspopup": "dialog", onclick: toggle });
    this.show(false);
  }

  /** @param {boolean} open whether the chat is open now */
  show(open) {
    if (open) this.#unread = 0;
    this.node.replaceChildren(icon(open ? ICONS.close : ICONS.chat), this.#badge);
    this.node.setAttribute("aria-expanded", String(open));
    this.#label(open ? "close" : "open");
  }

  /** One more message came while the chat was closed. */
  count() {
    this.#unread += 1;
    this.#label("open");
  }

  #label(name) {
    const unread = this.#unread ? `, ${fill(this.#texts.unread, { count: this.#unread })}` : "";
    this.node.setAttribute("aria-label", fill(this.#texts[name], { title: this.#title }) + unread);
    this.#badge.textContent = this.#unread > 9 ? "9+" : String(this.#unread);
    this.#badge.hidden = !this.#unread;
  }
}
