/**
 * Help that was computed from what the person allowed, with what it used and their say in it.
 * It must never hide what was used, or what was not.
 */
import { fill } from "../texts/index.js";
import { assistantBubble } from "./bubble.js";
import { chartFigure } from "./chart.js";
import { Choices } from "./choices.js";
import { h, icon, ICONS } from "./dom.js";

export class TailoredAnswer {
  #texts;
  #day;
  #press;
  #used = [];

  /**
   * @param {object} message a checked message with `help`
   * @param {{texts: object, day: (at: Date) => string, press: (button: object) => Promise<object>}} options
   */
  constructor({ text, help, at }, { texts, day, press, time }) {
    this.#texts = texts;
    this.#day = day;
    this.#press = press;
    const chips = [...help.used.map((entry) => this.#usedChip(entry)), ...help.without.map((name) => this.#withoutChip(name))];
    const list = chips.length ? h("ul", { class: "facts", "aria-label": texts.help.facts }, ...chips) : null;
    const chart = help.chart ? chartFigure(help.chart, texts) : null;
    this.node = assistantBubble(help.text || text, texts, { at, time }, chart, list);
    this.node.classList.add("tailored");
  }

  /** Something newer was said: a press that changed nothing may be repeated. */
  release() {
    for (const { choices } of this.#used) choices?.release();
  }

  /** These items were taken back: the answer stays, and says so. */
  tookBack(items) {
    for (const used of this.#used.filter(({ item }) => items.includes(item))) this.#mark(used);
  }

  /** A newer answer took this one's place, or everything is forgotten. What it used stays readable. */
  retire() {
    for (const used of this.#used) {
      used.choices?.remove();
      used.choices = null;
    }
  }

  #mark(used) {
    const hadFocus = used.choices?.focused;
    used.choices?.remove();
    used.choices = null;
    used.node.classList.add("gone");
    used.state.textContent = this.#texts.help.taken_back;
    if (hadFocus) used.node.focus({ preventScroll: true });
  }

  #usedChip({ item, name, allowedAt, without, takeBack }) {
    const { help } = this.#texts;
    const buttons = [without && { ...without, label: help.answer_without, about: name }, takeBack && { ...takeBack, label: help.take_back, about: name }];
    const offered = buttons.filter(Boolean);
    const choices = offered.length
      ? new Choices(offered, { texts: this.#texts, press: this.#press, className: () => "text-button" })
      : null;
    const state = h("span", { class: "since" }, allowedAt ? fill(help.allowed_at, { at: this.#day(allowedAt) }) : "");
    const words = h("div", { class: "chip-words" }, h("span", { class: "chip-name" }, fill(help.used, { name })), state);
    const node = h("li", { class: "fact-chip used", tabindex: -1 }, icon(ICONS.check), words, choices?.node);
    this.#used.push({ item, node, state, choices });
    return node;
  }

  #withoutChip(name) {
    return h("li", { class: "fact-chip without" }, icon(ICONS.minus), h("span", {}, fill(this.#texts.help.without, { name })));
  }
}
