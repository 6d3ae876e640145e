/**
 * The conversation as it is seen: adds what is said, and knows which question and which buttons are still open.
 * It must never add a message twice, and never send anything by itself.
 */
import { newId } from "../identifier.js";
import { assistantBubble, PersonBubble } from "./bubble.js";
import { equalAnswers } from "./choices.js";
import { h } from "./dom.js";
import { downloadButton } from "./download.js";
import { Offers } from "./offers.js";
import { PermissionCard } from "./permission.js";
import { TailoredAnswer } from "./tailored.js";

export class Thread {
  #words;
  #press;
  #turn;
  #added;
  #announce;
  #seen = new Set();
  #card = null;
  #settled = [];
  #answer = null;
  #offers;
  #log;

  /**
   * @param {HTMLElement} log where finished messages go
   * @param {{press: (payload: string, id: string) => Promise<object>, turn: () => void,
   *          added: (node: HTMLElement, mine: boolean) => void, announce: (words: string) => void}} options
   *        `press` sends a payload under an id; `announce` reads words out
   */
  constructor(log, { press, turn, added, announce }) {
    this.#log = log;
    this.#press = press;
    this.#turn = turn;
    this.#added = added;
    this.#announce = announce;
    this.#offers = new Offers({ press: (button, choices) => this.#pressAloud(button, choices) });
  }

  /**
   * From now on cards and remarks are in this language.
   * @param {{texts: object, time: (at: Date) => string, day: (at: Date) => string}} words `time` writes a time of day, `day` a
   *        date with its time
   */
  speak(words) {
    this.#words = words;
    this.#log.lang = words.texts.language;
  }

  /** Whether a permission is being asked right now. */
  get asking() {
    return this.#card?.open === true;
  }

  /** Whether nothing stands here yet. */
  get empty() {
    return this.#log.childElementCount === 0;
  }

  /**
   * Shows a checked message of the assistant. Returns false if it was shown before.
   * `live`: false for what is told again from before; its buttons are not offered any more.
   */
  hear(message, { live = true } = {}) {
    if (message.id && this.#seen.has(message.id)) return false;
    this.#seen.add(message.id);
    this.#settle(message);
    const shown = { ...message, buttons: live ? [...message.buttons, ...this.#unplaced(message)] : [] };
    if (message.permission) this.#add(this.#ask(message, live));
    else if (message.help) this.#tailored(shown, live);
    else if (message.text || shown.buttons.length) this.#plain(shown);
    return true;
  }

  /** Shows what the person typed. Returns the bubble, to show how far it got. `id`: the message's, if it has one. */
  say(text, retry, id = null) {
    if (id) this.#seen.add(id);
    this.#offers.pass();
    return this.#mine(text, { retry });
  }

  /** Shows what the person said in another tab, or before. Returns false if it stands here already. */
  said({ id, text, at = null }) {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    this.#offers.pass();
    this.#mine(text, {}).show("sent", at ?? undefined);
    return true;
  }

  /** These items were taken back, here or in the privacy centre. */
  tookBack(items) {
    this.#answer?.tookBack(items);
    for (const card of this.#settled.filter(({ item }) => items.includes(item))) card.tookBack();
    this.#settled = this.#settled.filter(({ item }) => !items.includes(item));
  }

  /** Everything was erased: nothing that stands here can be answered or taken back any more. */
  forgot() {
    for (const kept of [this.#answer, ...this.#settled]) kept?.retire();
    this.#card?.supersede(false);
    this.#offers.end();
  }

  /** A remark of the widget itself, about the conversation: `new_conversation` or `resumed`. */
  remark(which) {
    this.#add(h("p", { class: "remark" }, this.#words.texts.connection[which]));
  }

  #settle({ noted, takenBack, forgotten, closes }) {
    for (const kept of [this.#answer, ...this.#settled]) kept?.release();
    if (takenBack.length) this.tookBack(takenBack);
    if (forgotten) this.forgot();
    if (!this.#card) return;
    if (noted && noted.item === this.#card.item) this.#noted(noted);
    else if (closes) this.#card.supersede(false);
    else if (this.#card.waiting) this.#card.reopen();
  }

  #noted({ status, takeBack }) {
    this.#card.settle(status, takeBack);
    if (takeBack) this.#settled.push(this.#card);
  }

  /** A *Take back* whose card does not stand here any more goes below the words. */
  #unplaced({ noted }) {
    return noted?.takeBack && noted.item !== this.#card?.item ? [noted.takeBack] : [];
  }

  #ask(message, live) {
    if (this.asking) this.#card.supersede(this.#card.item === message.permission.item);
    this.#card = new PermissionCard(message, {
      texts: this.#words.texts,
      answer: ({ payload }) => (this.#turn(), this.#send(payload)), // the card itself shows it
      ask: (button) => this.#pressAloud(button),
      undo: (button) => this.#pressAloud(button),
    });
    if (!live) this.#card.supersede(false);
    return this.#card.node;
  }

  #tailored(message, live) {
    this.#offers.end();
    this.#answer?.retire();
    this.#answer = new TailoredAnswer(message, {
      ...this.#words,
      press: (button) => this.#pressAloud(button),
    });
    if (!live) this.#answer.retire();
    this.#add(this.#answer.node, this.#offers.add(message, { texts: this.#words.texts, lasting: true, className: () => "chip small" }));
  }

  #plain(message) {
    const className = message.offer ? equalAnswers : () => "chip";
    const { text, at, document } = message;
    const bubble = text ? assistantBubble(text, this.#words.texts, { at, time: this.#words.time }) : null;
    this.#add(bubble, document ? downloadButton(document, this.#words.texts) : null, this.#offers.add(message, { texts: this.#words.texts, className }));
  }

  /** Sends a press and shows it as said; if it did not go, the words are taken back and the buttons stay. */
  async #pressAloud(button, choices = null) {
    const bubble = this.#mine(button.title, {});
    const result = await this.#send(button.payload);
    if (!result.ok) {
      bubble.node.remove();
      return result;
    }
    bubble.show("sent");
    if (choices?.focused) bubble.said.focus({ preventScroll: true });
    if (choices) this.#offers.pass(choices);
    return result;
  }

  /** Under an id of our own, so that it is not shown again when the server tells all tabs of it. */
  #send(payload) {
    const id = newId();
    this.#seen.add(id);
    return this.#press(payload, id);
  }

  #mine(text, { retry }) {
    this.#turn();
    const bubble = new PersonBubble(text, this.#words.texts, { time: this.#words.time, announce: this.#announce, retry });
    this.#log.append(bubble.node);
    bubble.show("sending"); // afterwards, so that it is not read out with the words
    this.#added(bubble.node, true);
    return bubble;
  }

  #add(...nodes) {
    for (const node of nodes.filter(Boolean)) {
      this.#log.append(node);
      this.#added(node, false);
    }
  }
}
