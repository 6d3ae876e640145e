/** One thing that was said, by the assistant or by the person. It must never be changed once it is finished. */
import { fill } from "../texts/index.js";
import { h, spoken } from "./dom.js";
import { words } from "./words.js";

/** What the assistant said, and when, if that is known. `extra`: what stands below the words, inside the same message. */
export function assistantBubble(text, texts, { at = null, time = null } = {}, ...extra) {
  const said = at && time ? h("time", { datetime: at.toISOString() }, time(at)) : null;
  return h("div", { class: "message assistant" }, spoken(`${texts.speaker.assistant} `), ...(text ? words(text) : []), ...extra, said);
}

/** What the person said, with how far it got. */
export class PersonBubble {
  #texts;
  #time;
  #announce;
  #state = h("span", { class: "state" });
  #retry;

  /**
   * @param {string} text
   * @param {object} texts
   * @param {{time: (now: Date) => string, announce: (words: string) => void, retry?: () => void}} options `announce` reads out
   *        that it did not go, and nothing else; without `retry` there is no such button
   */
  constructor(text, texts, { time, announce, retry }) {
    this.#texts = texts.delivery;
    this.#time = time;
    this.#announce = announce;
    this.#retry = h("button", { type: "button", class: "text-button", onclick: retry, hidden: true }, texts.delivery.retry);
    this.#retry.dataset.offered = retry ? "yes" : "";
    const said = h("div", { class: "message person", tabindex: -1 }, spoken(`${texts.speaker.person} `), ...words(text));
    this.node = h("div", { class: "said" }, said, h("div", { class: "delivery", "aria-live": "off" }, this.#state, this.#retry));
    this.said = said;
  }

  /** @param {"sending" | "sent" | "waiting" | "unconfirmed" | "failed"} state @param {Date} [at] when; now if left out */
  show(state, at = new Date()) {
    const late = !["sending", "sent"].includes(state);
    const words = fill(this.#texts[state], { time: this.#time(at) });
    this.#state.textContent = words;
    this.#state.setAttribute("aria-hidden", String(!late));
    this.#announce(late ? words : "");
    this.node.dataset.delivery = state;
    this.#retry.hidden = !(late && this.#retry.dataset.offered);
  }
}
