/**
 * The element `<ask-first-privacy portal="https://…">`: the privacy centre on a page of its own, for the conversation of
 * this tab, or of this browser where the site says `remember`. It must never begin a conversation.
 *
 * Attributes: portal (its address; where this file comes from if left out), language, remember, identity (the site's signed
 * word for who this is), theme.
 */
import { languageOf, wordsFor } from "../language.js";
import { Session } from "../session.js";
import { sheets } from "../styles/index.js";
import { h } from "../view/dom.js";
import { PrivacyCentre } from "./centre.js";
import { PrivacyClient } from "./client.js";

export class AskFirstPrivacy extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #session = null;

  async connectedCallback() {
    this.#root.adoptedStyleSheets = sheets();
    const language = languageOf(this);
    const words = await wordsFor(language, language);
    if (this.isConnected && !this.#session) await this.#build(words, language);
  }

  disconnectedCallback() {
    this.#session?.stop();
    this.#session = null;
    this.#root.replaceChildren();
  }

  async #build(words, tag) {
    const portal = this.getAttribute("portal") || new URL(import.meta.url).origin;
    const identity = this.getAttribute("identity");
    this.#session = new Session(portal, { identity, lasting: this.hasAttribute("remember"), changed: () => centre.refresh() });
    const client = new PrivacyClient(portal, () => this.#session?.token ?? null, this.#session.named);
    const centre = new PrivacyCentre({ words, tag, client, level: 2 });
    this.#root.append(h("div", { class: "root page" }, centre.node));
    if (identity) await this.#session.get().catch(() => null);
    await centre.refresh();
  }
}
