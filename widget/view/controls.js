/**
 * What the header's menu leads to: the privacy centre, a new conversation, forgetting this device.
 * It must never end anything before the person read what ends and what stays.
 */
import { ICONS } from "./dom.js";
import { question, Sheet } from "./sheet.js";

export class Controls {
  #texts;
  #panel;
  #privacy;
  #acts;

  /**
   * @param {{texts: object, panel: import("./panel.js").Panel, privacy: import("../privacy/centre.js").PrivacyCentre,
   *          onNew?: () => void, onForgetDevice?: () => void}} options the last two are left out where the site says who this is
   */
  constructor({ texts, panel, privacy, onNew, onForgetDevice }) {
    this.#texts = texts;
    this.#panel = panel;
    this.#privacy = privacy;
    this.#acts = { fresh: onNew, forget_device: onForgetDevice };
    const entries = [
      [ICONS.shield, texts.menu.privacy, () => this.showPrivacy()],
      onNew && [ICONS.chat, texts.menu.fresh, () => this.#ask("fresh")],
      onForgetDevice && [ICONS.close, texts.menu.forget_device, () => this.#ask("forget_device")],
    ];
    panel.offer(texts.menu.label, entries.filter(Boolean));
  }

  /** Opens the privacy centre over the conversation. `forget`: at once where everything can be erased. */
  async showPrivacy({ forget = false } = {}) {
    this.#cover(this.#texts.privacy.heading, this.#privacy.node);
    await this.#privacy.refresh();
    if (forget) this.#privacy.askToForget?.();
  }

  #ask(which) {
    const texts = this.#texts[which];
    const done = () => {
      this.#panel.uncover();
      this.#acts[which]();
    };
    const forget = () => this.showPrivacy({ forget: true });
    const cancel = () => this.#panel.uncover();
    this.#cover(texts.heading, question(texts.body, [texts.forget, forget], [texts.sure, done], [this.#texts.sheet.cancel, cancel]));
  }

  #cover(heading, ...parts) {
    this.#panel.cover(new Sheet({ texts: this.#texts, heading, back: () => this.#panel.uncover() }, ...parts));
  }
}
