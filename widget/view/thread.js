/**
 * The conversation as it is seen: adds what is said, and knows which question and which buttons are still open.
 * It must never add a message twice, and never send anything by itself.
 */
import { assistantBubble, PersonBubble } from "./bubble.js";
import { Choices, equalAnswers } from "./choices.js";
import { h } from "./dom.js";
import { PermissionCard } from "./permission.js";
import { tailoredHelp } from "./tailored.js";

export class Thread {
  #texts;
  #time;
  #press;
  #turn;
  #added;
  #seen = new Set();
  #card = null;
  #chips = [];
  #log;

  /**
   * @param {HTMLElement} log where finished messages go
   * @param {{texts: object, time: (now: Date) => string, press: (payload: string) => Promise<object>,
   *          turn: () => void, added: (node: HTMLElement, mine: boolean) => void}} options
   */
  constructor(log, { texts, time, press, turn, added }) {
    this.#log = log;
    this.#texts = texts;
    this.#time = time;
    this.#press = press;
    this.#turn = turn;
    this.#added = added;
  }

  /** Whether a permission is being asked right now. */
  get asking() {
    return this.#card?.open === true;
  }

  /** Whether nothing stands here yet. */
  get empty() {
    return this.#log.childElementCount === 0;
  }

  /** Shows a checked message of the assistant. Returns false if it was shown before. */
  hear(message) {
    if (message.id && this.#seen.has(message.id)) return false;
    this.#seen.add(message.id);
    this.#settle(message);
    if (message.permission) this.#add(this.#ask(message));
    else if (message.help) this.#tailored(message);
    else if (message.text || message.buttons.length) this.#plain(message);
    return true;
  }

  /** Shows what the person typed. Returns the bubble, to show how far it got. */
  say(text, retry) {
    this.#retire(this.#passing());
    return this.#mine(text, { retry });
  }

  /** A remark of the widget itself, about the conversation. */
  remark(text) {
    this.#add(h("p", { class: "remark" }, text));
  }

  #settle({ noted, closes }) {
    if (!this.#card) return;
    if (noted && noted.item === this.#card.item) this.#card.settle(noted.status);
    else if (closes) this.#card.supersede(false);
    else if (this.#card.waiting) this.#card.reopen();
  }

  #ask(message) {
    if (this.asking) this.#card.supersede(this.#card.item === message.permission.item);
    this.#card = new PermissionCard(message, {
      texts: this.#texts,
      answer: ({ payload }) => this.#pressQuietly(payload),
      ask: (button) => this.#pressAloud(button),
    });
    return this.#card.node;
  }

  #tailored(message) {
    this.#retire(this.#chips);
    this.#add(tailoredHelp(message, this.#texts), this.#offer(message, { lasting: true, className: () => "chip small" }));
  }

  #plain(message) {
    const className = message.offer ? equalAnswers : () => "chip";
    this.#add(message.text ? assistantBubble(message.text, this.#texts) : null, this.#offer(message, { className }));
  }

  #offer({ buttons, offer }, { className, lasting = false }) {
    if (!buttons.length) return null;
    const choices = new Choices(buttons, {
      texts: this.#texts,
      press: (button) => this.#pressAloud(button, choices),
      className,
      lasting,
    });
    if (offer) choices.node.classList.add("answers");
    this.#chips.push(choices);
    return choices.node;
  }

  /** Sends an answer to a permission: the card itself shows it. */
  #pressQuietly(payload) {
    this.#turn();
    return this.#press(payload);
  }

  /** Sends a press and shows it as said; if it did not go, the words are taken back and the buttons stay. */
  async #pressAloud(button, choices = null) {
    const bubble = this.#mine(button.title, {});
    const result = await this.#press(button.payload);
    if (!result.ok) {
      bubble.node.remove();
      return result;
    }
    bubble.show("sent");
    if (choices?.focused) bubble.said.focus({ preventScroll: true });
    if (choices) this.#retire([choices, ...this.#passing()]);
    return result;
  }

  #mine(text, { retry }) {
    this.#turn();
    const bubble = new PersonBubble(text, this.#texts, { time: this.#time, retry });
    bubble.show("sending");
    this.#log.append(bubble.node);
    this.#added(bubble.node, true);
    return bubble;
  }

  /** Buttons that only make sense as the next thing said. Those below tailored help stay until newer help comes. */
  #passing() {
    return this.#chips.filter((choices) => !choices.lasting);
  }

  #retire(choices) {
    choices.forEach((each) => each.remove());
    this.#chips = this.#chips.filter((each) => !choices.includes(each));
  }

  #add(...nodes) {
    for (const node of nodes.filter(Boolean)) {
      this.#log.append(node);
      this.#added(node, false);
    }
  }
}
