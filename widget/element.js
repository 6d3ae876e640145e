/**
 * The element `<ask-first-chat>`: joins session, connection, outbox and view.
 * It must never connect before the person opens the chat, and never hold a rule about permission: the server decides.
 *
 * Attributes: title, language (a tag like "en"), suggestions (sentences with " | " between), position ("start" puts it on the
 * other side), theme ("light" or "dark"), portal (address of the portal; where this script came from if left out), server
 * (address of the assistant; what the portal says if left out), identity (the site's signed word for who this is), remember
 * (present: all tabs share the conversation, and it stays when they are closed).
 *
 * Event: `identity-needed`, when the site's word for who this is does not count any more: set `identity` anew.
 */
import { Connection } from "./connection.js";
import { newId } from "./identifier.js";
import { languageOf, wordsFor } from "./language.js";
import { Session } from "./session.js";
import { sheets } from "./styles/index.js";
import { Talk } from "./talk.js";
import { textsFor } from "./texts/index.js";
import { chat } from "./view/chat.js";
import { Focus } from "./view/focus.js";

/** Where this script came from: the portal serves it. */
const HOME = new URL(import.meta.url).origin;

/** What the chat is built from. Whoever changes one while the element is on no page gets another chat. */
const BUILT_FROM = ["portal", "server", "remember", "title", "language", "suggestions"];

export class AskFirstChat extends HTMLElement {
  static observedAttributes = ["identity"];

  #root = this.attachShadow({ mode: "open" });
  #texts = null;
  #parts = null;
  #session = null;
  #connection = null;
  #talk = null;
  #built = "";
  #focus = new Focus(this.#root);
  #resting = false;

  async connectedCallback() {
    this.#root.adoptedStyleSheets = sheets();
    if (this.#parts && this.#built === this.#plan) return this.#moved();
    this.#takeDown();
    this.#texts = await textsFor(languageOf(this));
    if (this.isConnected && !this.#parts) this.#build();
  }

  /** What stands here stays for when the element comes back; if it does not come at once, nobody is listened to meanwhile. */
  disconnectedCallback() {
    this.#focus.hold();
    queueMicrotask(() => !this.isConnected && this.#parts && this.#rest());
  }

  /** Moved by `moveBefore`: everything stays as it is. */
  connectedMoveCallback() {}

  /** The site says who this is, or that it is somebody else now: then nothing of the one before stays in sight. */
  attributeChangedCallback(_name, _before, identity) {
    if (this.#session?.rename(identity || null)) this.#renew();
    else if (this.isConnected && this.#parts?.line.state === "unknown") this.#connection.open();
  }

  /** Begins another conversation; what was kept under the old one is not reached from here any more. Not for a named person. */
  newConversation() {
    if (!this.#session || this.#session.named) return;
    this.#session.drop();
    this.#renew();
  }

  /** Takes the conversation's token away from this device, and closes the chat. */
  forgetDevice() {
    if (!this.#session) return;
    this.#session.drop();
    this.#renew({ open: false });
  }

  #build() {
    this.#built = this.#plan;
    this.#session = new Session(this.getAttribute("portal") || HOME, {
      identity: this.getAttribute("identity") || null,
      lasting: this.hasAttribute("remember"),
      changed: ({ ended }) => this.#renew(ended ? { open: false } : {}),
    });
    this.#connection = new Connection(this.#session, this.getAttribute("server") || null);
    this.#parts = this.#view(this.#texts);
    this.#talk = new Talk({ ...this.#parts, deliver: (message) => this.#connection.deliver(message) });
    this.#root.append(this.#parts.root);
    this.#listen(this.#connection);
  }

  get #plan() {
    return JSON.stringify(BUILT_FROM.map((name) => this.getAttribute(name)));
  }

  #rest() {
    this.#resting = true;
    this.#connection.close();
    this.#session.stop();
    this.#parts.scroller.stop();
    this.#parts.announcer.typing(false);
  }

  /** At another place of the page, or back on it: the same chat, with the focus where it was if nothing else has it. */
  #moved() {
    const rested = this.#resting;
    this.#resting = false;
    if (rested) this.#session.start(); // which may build anew: another tab may have ended the conversation
    const { panel, scroller, line } = this.#parts;
    this.#focus.keep(() => panel.moved());
    scroller.start();
    if (rested && line.state !== "unopened") this.#connection.open();
  }

  #takeDown() {
    this.#resting = false;
    this.#connection?.close();
    this.#session?.stop();
    this.#parts?.scroller.stop();
    this.#parts?.panel.node.close();
    this.#root.replaceChildren();
    this.#parts = null;
    this.#connection = null;
    this.#session = null;
  }

  /** Everything anew, open if it was open; the focus stays in the chat if it was there. */
  #renew({ open = this.#parts?.panel.open === true } = {}) {
    const hadFocus = this.#root.activeElement !== null;
    this.#takeDown();
    if (!this.isConnected) return;
    this.#build();
    if (open) this.#open({ focus: hadFocus });
    else if (hadFocus) this.#parts.launcher.show();
  }

  /** Who the site names has one conversation everywhere, so that there is no other to begin. */
  #view(texts) {
    const looks = { texts, tag: languageOf(this), title: this.title || texts.panel.title, suggestions: this.#suggestions };
    const { portal, named } = this.#session;
    return chat(looks, {
      say: (text) => this.#talk.say(text),
      press: (payload, id = newId()) => this.#connection.deliver({ id, payload }),
      open: () => this.#open(),
      retry: () => this.#connection.open(),
      portal,
      token: () => this.#session?.token ?? null,
      named,
      ...(named ? {} : { onNew: () => this.newConversation(), onForgetDevice: () => this.forgetDevice() }),
    });
  }

  get #suggestions() {
    return (this.getAttribute("suggestions") ?? "").split("|").map((text) => text.trim()).filter(Boolean);
  }

  #listen(connection) {
    let told = Promise.resolve(); // one after the other, also when the texts of a language have to come first
    const on = (name, act) =>
      connection.addEventListener(name, ({ detail }) => {
        told = told.then(() => this.#connection === connection && act(detail)).catch(reportError);
      });
    connection.addEventListener("state", ({ detail: { state } }) => this.#connection === connection && this.#connected(state));
    on("session", (session) => this.#began(session));
    on("history", (history) => this.#talk.catchUp(history));
    on("ready", () => connection.online && this.#parts.line.ready(this.#talk.flush()));
    on("typing", (typing) => this.#parts.announcer.typing(typing.on));
    on("said", (raw) => this.#talk.said(raw));
    on("message", (raw) => this.#talk.hear(raw));
  }

  #open({ focus = true } = {}) {
    const { panel, launcher, composer } = this.#parts;
    panel.show();
    launcher.hide();
    if (focus) composer.focus();
    if (!this.#connection.online) this.#connection.open();
  }

  #connected(state) {
    this.#parts.line.connected(state);
    if (state === "unknown") this.dispatchEvent(new CustomEvent("identity-needed", { bubbles: true, composed: true }));
  }

  /** Cards and conversation are in one language: that of the assistant, if it says so. */
  async #began({ replaced, language }) {
    const { thread } = this.#parts;
    if (language) thread.speak(await wordsFor(language, languageOf(this)));
    if (replaced) thread.remark("new_conversation");
  }
}
