/** What covers the conversation for a moment, with the way back. It must never hide that there is one. */
import { h, icon, ICONS, spoken } from "./dom.js";

export class Sheet {
  #heading;

  /** @param {{texts: object, heading: string, back: () => void}} options @param {...Node} parts */
  constructor({ texts, heading, back }, ...parts) {
    this.#heading = h("h3", { id: "sheet-title", tabindex: -1 }, heading);
    const button = h("button", { type: "button", class: "round", onclick: back }, icon(ICONS.back), spoken(texts.sheet.back));
    const body = h("div", { class: "sheet-body", tabindex: 0, role: "group", "aria-labelledby": "sheet-title" }, ...parts);
    this.node = h("section", { class: "sheet", "aria-labelledby": "sheet-title" }, h("div", { class: "sheet-bar" }, button, this.#heading), body);
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }
}

/** A question before something ends: what it does, and the ways on, none of them chosen beforehand. */
export function question(body, ...ways) {
  const buttons = ways.map(([words, act]) => h("button", { type: "button", class: "choice", onclick: act }, words));
  return h("div", { class: "question" }, h("p", {}, body), h("div", { class: "ways" }, ...buttons));
}
