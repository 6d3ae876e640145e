/**
 * The element `<ask-first-chat>`: joins session, connection, outbox and view.
 * It must never connect before the person opens the chat, and never hold a rule about permission: the server decides.
 *
 * Attributes: title, language (a tag like "en"), suggestions (sentences with " | " between), position ("start" puts it on the
 * other side), theme ("light" or "dark"), portal (address of the portal; where this script came from if left out), server
 * (address of the assistant; what the portal says if left out), identity (the site's signed word for who this is), remember
 * (present: all tabs share the conversation, and it stays when they are closed).
 */
import { Connection } from "./connection.js";
import { newId } from "./identifier.js";
import { languageOf, localeFor } from "./language.js";
import { readMessage } from "./message.js";
import { Outbox, readSaid } from "./outbox.js";
import { Session } from "./session.js";
import { sheets } from "./styles/index.js";
import { textsFor } from "./texts/index.js";
import { chat } from "./view/chat.js";

/** Where this script came from: the portal serves it. */
const HOME = new URL(import.meta.url).origin;

export class AskFirstChat extends HTMLElement {
  static observedAttributes = ["identity"];

  #root = this.attachShadow({ mode: "open" });
  #texts = null;
  #parts = null;
  #session = null;
  #connection = null;
  #bubbles = new Map();
  #state = "unopened";

  async connectedCallback() {
    this.#root.adoptedStyleSheets = sheets();
    this.#texts = await textsFor(languageOf(this));
    if (this.isConnected && !this.#parts) this.#build();
  }

  disconnectedCallback() {
    this.#takeDown();
  }

  /** The site says who this is, or that it is somebody else now: then nothing of the one before stays in sight. */
  attributeChangedCallback(_name, _before, identity) {
    if (this.#session?.rename(identity || null)) this.#renew();
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
    this.#session = new Session(this.getAttribute("portal") || HOME, {
      identity: this.getAttribute("identity") || null,
      lasting: this.hasAttribute("remember"),
      changed: ({ ended }) => this.#renew(ended ? { open: false } : {}),
    });
    this.#connection = new Connection(this.#session, this.getAttribute("server") || null);
    this.#parts = this.#view(this.#texts);
    this.#parts.outbox = new Outbox((message) => this.#connection.deliver(message), (id, state) => this.#bubbles.get(id)?.show(state));
    this.#root.append(this.#parts.root);
    this.#now("unopened");
    this.#listen(this.#connection);
  }

  #takeDown() {
    this.#connection?.close();
    this.#session?.stop();
    this.#parts?.scroller.stop();
    this.#parts?.panel.node.close();
    this.#root.replaceChildren();
    this.#parts = null;
    this.#connection = null;
    this.#session = null;
    this.#bubbles.clear();
  }

  /** Everything anew, open if it was open; the focus stays in the chat if it was there. */
  #renew({ open = this.#parts?.panel.open === true } = {}) {
    const hadFocus = this.#root.activeElement !== null;
    this.#takeDown();
    this.#build();
    if (open) this.#open({ focus: hadFocus });
    else if (hadFocus) this.#parts.launcher.show();
  }

  /** Who the site names has one conversation everywhere, so that there is no other to begin. */
  #view(texts) {
    const looks = { texts, title: this.title || texts.panel.title, locale: localeFor(languageOf(this)), suggestions: this.#suggestions };
    const { portal, named } = this.#session;
    return chat(looks, {
      say: (text) => this.#say(text),
      press: (payload, id = newId()) => this.#connection.deliver({ id, payload }),
      open: () => this.#open(),
      retry: () => this.#connection.open(),
      portal,
      token: () => this.#session?.token ?? null,
      ...(named ? {} : { onNew: () => this.newConversation(), onForgetDevice: () => this.forgetDevice() }),
    });
  }

  get #suggestions() {
    return (this.getAttribute("suggestions") ?? "").split("|").map((text) => text.trim()).filter(Boolean);
  }

  #listen(connection) {
    const on = (name, act) => connection.addEventListener(name, ({ detail }) => this.#connection === connection && act(detail));
    on("state", ({ state }) => this.#connected(state));
    on("session", (session) => this.#began(session));
    on("history", (history) => this.#catchUp(history));
    on("ready", () => this.#ready());
    on("typing", (typing) => (this.#parts.typing.hidden = !typing.on));
    on("said", (raw) => this.#said(raw));
    on("message", (raw) => this.#hear(raw));
  }

  #open({ focus = true } = {}) {
    const { panel, launcher, composer } = this.#parts;
    panel.show();
    launcher.hide();
    if (focus) composer.focus();
    if (!this.#connection.online) this.#connection.open();
  }

  /** How the connection is. That it is there again is said once everything from before is told. */
  #connected(state) {
    if (state === "online" && this.#state === "ready") return;
    const { banner } = this.#parts;
    if (state === "lost") banner.lost();
    else if (!this.#again) banner.connecting();
    this.#now(state !== "lost" && this.#again ? "again" : state);
  }

  /** Whether the connection was there, and was lost. */
  get #again() {
    return ["lost", "again"].includes(this.#state);
  }

  #ready() {
    const { banner, outbox, thread } = this.#parts;
    banner.online({ again: this.#again, held: outbox.flush({ asking: thread.asking }) });
    this.#now("ready");
  }

  /** @param {"unopened" | "connecting" | "online" | "lost" | "again" | "ready"} state */
  #now(state) {
    this.#state = state;
    this.#parts.root.dataset.connection = state;
  }

  #began({ replaced }) {
    if (replaced) this.#parts.thread.remark(this.#parts.texts.connection.new_conversation);
  }

  /** Shows what was said before and does not stand here yet; only what came last can still be answered. */
  #catchUp({ messages, complete }) {
    const { thread, texts } = this.#parts;
    if (thread.empty && !complete) thread.remark(texts.connection.resumed);
    const lastWord = messages.findLastIndex((message) => message?.from === "person");
    messages.forEach((raw, index) => (raw?.from === "person" ? this.#said(raw) : this.#hear(raw, { live: index > lastWord })));
  }

  #hear(raw, { live = true } = {}) {
    const { thread, panel, launcher, intro } = this.#parts;
    const message = readMessage(raw);
    if (!message || !thread.hear(message, { live })) return;
    intro.begun();
    if (!panel.open) launcher.count();
  }

  /** What the server has of the person: from this tab, from another one, or from before. */
  #said(raw) {
    const { thread, outbox, intro } = this.#parts;
    const said = readSaid(raw);
    if (!said) return;
    intro.begun();
    if (this.#bubbles.has(said.id)) outbox.arrived(said.id);
    else thread.said(said);
  }

  #say(text) {
    const { outbox, thread, intro } = this.#parts;
    const message = outbox.add(text, { held: thread.asking });
    intro.begun();
    this.#bubbles.set(message.id, thread.say(text, () => outbox.send(message), message.id));
    outbox.send(message);
  }
}
