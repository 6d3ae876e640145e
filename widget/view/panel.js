/**
 * The window of the chat: header, banner, conversation, field. Beside the page where there is room, over it where there is not.
 * It must never take the focus unless the person opened it.
 */
import { composing, h, icon, ICONS, spoken } from "./dom.js";
import { Menu } from "./menu.js";

/** Phones, and pages zoomed to 400 %. The styles use the same condition. */
export const SMALL = "(max-width: 32em), (max-height: 26em)";

export class Panel {
  #small = matchMedia(SMALL);
  #closed;
  #bar;
  #buttons;
  #menu = null;
  #sheet = null;
  #fit = () => this.node.open && this.#show();

  /** @param {{texts: object, title: string, closed: () => void, parts: HTMLElement[]}} options */
  constructor({ texts, title, closed, parts }) {
    this.#closed = closed;
    const close = h("button", { type: "button", class: "round", onclick: () => this.close() }, icon(ICONS.close), spoken(texts.panel.close));
    const heading = h("div", { class: "titles" }, h("h2", { id: "title" }, title), h("p", {}, texts.panel.program), h("p", { class: "subtitle" }, texts.panel.subtitle));
    this.#buttons = h("div", { class: "bar-buttons" }, close);
    this.#bar = h("div", { class: "bar" }, heading, this.#buttons);
    this.node = h("dialog", { class: "panel", title: "", "aria-labelledby": "title" }, this.#bar, ...parts);
    this.node.addEventListener("keydown", (event) => this.#keyed(event));
    this.node.addEventListener("close", () => this.#ended());
  }

  get open() {
    return this.node.open;
  }

  /** Opens the window. On a small screen it covers the page, which then cannot be reached by keyboard. */
  show() {
    this.#small.addEventListener("change", this.#fit);
    this.#show();
  }

  close() {
    this.node.close();
  }

  /** The page put it to another place: a window over the page is none there any more. */
  moved() {
    if (this.node.open) this.#show();
  }

  /** Puts a menu into the header. @param {string} label @param {[string, string, () => void][]} entries as for Menu */
  offer(label, entries) {
    this.#menu = new Menu({ label, entries });
    this.#buttons.prepend(this.#menu.button);
    this.#bar.append(this.#menu.list);
  }

  /** Shows a sheet over the conversation, which goes on behind it. @param {import("./sheet.js").Sheet} sheet */
  cover(sheet) {
    this.#sheet?.node.remove();
    this.#sheet = sheet;
    this.#bar.after(sheet.node);
    this.node.dataset.covered = "";
    sheet.focus();
  }

  /** Takes the sheet away; the focus goes back to the menu, from where it came. */
  uncover() {
    if (!this.#sheet) return;
    this.#sheet.node.remove();
    this.#sheet = null;
    delete this.node.dataset.covered;
    this.#menu?.button.focus({ preventScroll: true });
  }

  #show() {
    const focused = this.node.getRootNode().activeElement;
    if (this.node.open) this.node.removeAttribute("open");
    if (this.#small.matches) this.node.showModal();
    else this.node.setAttribute("open", "");
    if (this.node.contains(focused)) focused.focus({ preventScroll: true });
  }

  #keyed(event) {
    if (event.key !== "Escape" || composing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#menu?.open) this.#menu.close();
    else if (this.#sheet) this.uncover();
    else this.close();
  }

  #ended() {
    this.#small.removeEventListener("change", this.#fit);
    this.#closed();
  }
}
