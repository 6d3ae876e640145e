/**
 * Keeps the conversation readable while it grows: a new answer is shown from its first line.
 * It must never scroll back, move what the person is reading, or take the focus.
 */
import { h, icon, ICONS, spoken } from "./dom.js";

const NEAR_THE_END_PX = 72;
const AIR_PX = 12;

export class Scroller {
  #log;
  #newest;
  #first = null;
  #following = true;
  #placed = 0;
  #at = 0;
  #watch = new ResizeObserver(() => this.#settle());

  /** @param {{texts: object, content: HTMLElement[], log: HTMLElement}} options `log` is the part of `content` that grows */
  constructor({ texts, content, log }) {
    this.#newest = h("button", { type: "button", class: "newest", hidden: true, onclick: () => this.#toEnd() }, icon(ICONS.down), spoken(texts.panel.newest));
    this.view = h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": texts.panel.log, onscroll: () => this.#read() }, ...content);
    this.node = h("div", { class: "scroll-frame" }, this.view, this.#newest);
    this.#log = log;
    this.start();
  }

  /** Watches how much there is; after it stood elsewhere on the page, it shows what the person was reading. */
  start() {
    this.view.scrollTop = this.#at;
    this.#watch.observe(this.view);
    this.#watch.observe(this.#log);
  }

  /** The person said or pressed something: what comes next is what they want to see. */
  turn() {
    this.#first = null;
    this.#following = true;
    this.#placed = this.view.scrollTop;
  }

  /** Something was added. The first answer of a turn goes to the top if the rest does not fit below it. */
  added(node, mine) {
    if (mine) this.#place(this.view.scrollHeight);
    else this.#first ??= node;
    this.#settle();
  }

  stop() {
    this.#watch.disconnect();
  }

  #settle() {
    if (this.#following && this.#first) {
      const top = this.#first.getBoundingClientRect().top - this.view.getBoundingClientRect().top + this.view.scrollTop;
      this.#place(Math.max(this.view.scrollTop, top - AIR_PX));
    }
    this.#offer();
  }

  #place(top) {
    this.view.scrollTop = top;
    this.#at = this.#placed = this.view.scrollTop;
  }

  /** Follows until the person scrolls away from the end, and again when they are back. */
  #read() {
    if (!this.view.isConnected) return;
    this.#at = this.view.scrollTop;
    if (Math.abs(this.view.scrollTop - this.#placed) > 1) this.#following = this.#left() < NEAR_THE_END_PX;
    this.#offer();
  }

  #offer() {
    this.#newest.hidden = this.#left() < NEAR_THE_END_PX;
  }

  #left() {
    return this.view.scrollHeight - this.view.clientHeight - this.view.scrollTop;
  }

  #toEnd() {
    this.view.scrollTop = this.view.scrollHeight;
    this.view.focus({ preventScroll: true });
  }
}
