/** The menu in the header: a button that shows a short list. It must never do a thing that cannot be undone by one press. */
import { h, icon, ICONS, spoken } from "./dom.js";

export class Menu {
  /** @param {{label: string, entries: [string, string, () => void][]}} options entries: a path to draw, words, what to do */
  constructor({ label, entries }) {
    const buttons = entries.map(([path, words, act]) => h("button", { type: "button", onclick: () => this.#chosen(act) }, icon(path), words));
    this.list = h("div", { class: "menu", id: "menu", role: "group", "aria-label": label, hidden: true }, ...buttons);
    this.button = h(
      "button",
      { type: "button", class: "round", "aria-expanded": "false", "aria-controls": "menu", onclick: () => this.#toggle(this.list.hidden) },
      icon(ICONS.more),
      spoken(label),
    );
    this.list.addEventListener("focusout", ({ relatedTarget }) => relatedTarget !== this.button && !this.list.contains(relatedTarget) && this.#toggle(false));
  }

  get open() {
    return !this.list.hidden;
  }

  /** Closes the list, and gives the focus back to where it was opened. */
  close() {
    this.#toggle(false);
    this.button.focus({ preventScroll: true });
  }

  #toggle(open) {
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.list.firstElementChild?.focus({ preventScroll: true });
  }

  #chosen(act) {
    this.#toggle(false);
    act();
  }
}
