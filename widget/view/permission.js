/**
 * The permission card: one question, what follows from each answer, two equal buttons, and Why?
 * It must never say "noted" before the server did, and never make one answer easier, bigger or brighter than the other.
 */
import { fill } from "../texts/index.js";
import { PERMISSION_FIELDS } from "../message.js";
import { ANSWERS, Choices, equalAnswers } from "./choices.js";
import { h, icon, ICONS } from "./dom.js";
import { words } from "./words.js";

export class PermissionCard {
  #texts;
  #choices;
  #takeBack = null;
  #name;
  #all;
  #undo;
  #state;
  #answered = false;

  /**
   * @param {object} message a checked message with `permission`
   * @param {{texts: object, answer: (button) => Promise<object>, ask: (button) => Promise<object>, undo: (button) => Promise<object>}} options
   *        `answer` sends one of the two answers, `ask` sends *Why?*, `undo` takes an allowed one back
   */
  constructor(message, { texts, answer, ask, undo }) {
    this.item = message.permission.item;
    this.#name = message.permission.itemName;
    this.#all = texts;
    this.#undo = undo;
    this.#texts = texts.permission;
    const answers = message.buttons.slice(0, ANSWERS);
    this.#choices = new Choices(message.buttons, {
      texts,
      press: (button) => (answers.some(({ payload }) => payload === button.payload) ? this.#answer(button, answer) : this.#ask(button, ask)),
      className: equalAnswers,
    });
    this.#choices.node.classList.add("answers");
    this.#state = h("p", { class: "card-state", tabindex: -1, hidden: true });
    this.node = this.#build(message);
  }

  /** Asked and not yet closed. */
  get open() {
    return this.#choices !== null;
  }

  /** An answer was sent, and the server has not said yet what became of it. */
  get waiting() {
    return this.open && this.#answered;
  }

  /** The server noted an answer: `given`, `refused` or `deferred`. `takeBack`: the button for what was allowed, or null. */
  settle(status, takeBack) {
    this.#close(this.#texts[status], ICONS.check);
    this.node.dataset.status = status;
    if (takeBack) this.#offerBack(takeBack);
  }

  /** The server noted that it was taken back. */
  tookBack() {
    this.#close(this.#texts.withdrawn, ICONS.undo);
    this.node.dataset.status = "withdrawn";
  }

  /** Nothing can be taken back here any more. */
  retire() {
    this.#takeBack?.remove();
    this.#takeBack = null;
  }

  /** Something newer was said: a press that changed nothing may be repeated. */
  release() {
    this.#takeBack?.release();
  }

  /** The question came again further down, or is not open any more. */
  supersede(sameItem) {
    if (!this.open) return;
    this.#close(sameItem ? this.#texts.asked_again : this.#texts.closed, ICONS.minus);
    this.node.dataset.status = "superseded";
  }

  /** The server went on without a word about this answer: the person may choose again. */
  reopen() {
    this.#answered = false;
    this.#show("");
    this.#choices.release(this.#texts.unconfirmed);
  }

  async #answer(button, answer) {
    this.#answered = true;
    this.#show(this.#texts.sending);
    const result = await answer(button);
    if (!this.open) return { ok: true };
    this.#answered &&= result.ok;
    this.#show(result.ok ? this.#texts.waiting : "");
    return result;
  }

  async #ask(button, ask) {
    const result = await ask(button);
    if (result.ok) this.#choices?.release();
    return result;
  }

  #close(text, path) {
    const focused = this.node.getRootNode().activeElement;
    const hadFocus = focused && this.node.contains(focused);
    this.#choices?.remove();
    this.#choices = null;
    this.retire();
    this.node.removeAttribute("aria-labelledby"); // only the open question is a place of its own; its heading stays
    this.#show(text, path);
    if (hadFocus) this.#state.focus({ preventScroll: true });
  }

  #offerBack(takeBack) {
    const button = { ...takeBack, label: this.#texts.take_back, about: this.#name };
    this.#takeBack = new Choices([button], { texts: this.#all, press: this.#undo, className: () => "chip small" });
    this.node.append(this.#takeBack.node);
  }

  #show(text, path) {
    this.#state.replaceChildren(...[path && icon(path), h("span", {}, text)].filter(Boolean));
    this.#state.hidden = !text;
  }

  #build({ id, text, permission }) {
    const heading = h("h3", { id: `card-${id}` }, permission.question || fill(this.#texts.question, { item: permission.itemName }));
    return h(
      "section",
      { class: "card", role: "group", "aria-labelledby": heading.id },
      h("div", { class: "card-head" }, this.#meter(permission)),
      heading,
      h("dl", {}, ...this.#facts(permission)),
      h("details", {}, h("summary", {}, this.#texts.full), ...words(text)),
      this.#choices.node,
      this.#state,
    );
  }

  #facts(permission) {
    return PERMISSION_FIELDS.map((field) =>
      h("div", { class: "fact" }, h("dt", {}, this.#texts[field]), h("dd", { dir: "auto" }, permission[field])),
    );
  }

  #meter({ number, of }) {
    const dots = Array.from({ length: Math.min(of, 3) }, (_, index) => h("span", { class: index < number ? "dot on" : "dot" }));
    const label = fill(this.#texts.meter, { number, of });
    return h("p", { class: "meter" }, h("span", { class: "dots", "aria-hidden": "true" }, ...dots), h("span", {}, label));
  }
}
