/**
 * The element `<ask-first-chat server="https://…" title="…">`: joins connection, outbox and view.
 * It must never connect before the person opens the chat, and never hold a rule about permission: the server decides.
 *
 * Attributes: server (address of the assistant; the page's own if left out), title, language (a tag like "en"),
 * suggestions (sentences with " | " between), position ("start" puts it on the other side), theme ("light" or "dark").
 */
import { Connection } from "./connection.js";
import { newId } from "./identifier.js";
import { readMessage } from "./message.js";
import { Outbox } from "./outbox.js";
import { sheets } from "./styles/index.js";
import { textsFor } from "./texts/index.js";
import { TokenKeeper } from "./token.js";
import { Banner } from "./view/banner.js";
import { Composer } from "./view/composer.js";
import { h, spoken } from "./view/dom.js";
import { Intro } from "./view/intro.js";
import { Launcher } from "./view/launcher.js";
import { Panel } from "./view/panel.js";
import { Scroller } from "./view/scroller.js";
import { Thread } from "./view/thread.js";

export class AskFirstChat extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #parts = null;
  #connection = null;
  #bubbles = new Map();
  #state = "unopened";

  async connectedCallback() {
    this.#root.adoptedStyleSheets = sheets();
    const texts = await textsFor(this.#language);
    if (this.isConnected && !this.#parts) this.#build(texts);
  }

  disconnectedCallback() {
    this.#connection?.close();
    this.#parts?.scroller.stop();
    this.#root.replaceChildren();
    this.#parts = null;
    this.#connection = null;
    this.#bubbles.clear();
  }

  get #language() {
    return this.getAttribute("language") || this.closest("[lang]")?.lang || "en";
  }

  /** The person's own way of writing times, if it is in the language of the page. */
  get #locale() {
    const [language] = this.#language.split("-");
    return navigator.languages.find((tag) => tag.split("-")[0] === language) ?? this.#language;
  }

  #build(texts) {
    const server = this.getAttribute("server") || location.origin;
    this.#connection = new Connection(server, new TokenKeeper(server));
    this.#parts = this.#view(texts);
    this.#parts.outbox = new Outbox((message) => this.#connection.deliver(message), (id, state) => this.#bubbles.get(id)?.show(state));
    this.#root.append(h("div", { class: "root" }, this.#parts.launcher.node, this.#parts.panel.node));
    this.#listen();
  }

  #view(texts) {
    const title = this.title || texts.panel.title;
    const clock = new Intl.DateTimeFormat(this.#locale, { timeStyle: "short" });
    const say = (text) => this.#say(text);
    const log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": texts.panel.log });
    const typing = h("div", { class: "typing", hidden: true }, spoken(texts.typing), h("i"), h("i"), h("i"));
    const intro = new Intro({ texts, suggestions: this.#suggestions, said: say });
    const scroller = new Scroller({ texts, content: [intro.node, log, typing], log });
    const banner = new Banner({ texts, retry: () => this.#connection.open() });
    const composer = new Composer({ texts, said: say });
    const launcher = new Launcher({ texts, title, open: () => this.#open() });
    const panel = new Panel({ texts, title, closed: () => launcher.show(), parts: [banner.node, scroller.node, composer.node] });
    const thread = new Thread(log, {
      texts,
      time: (now) => clock.format(now),
      press: (payload) => this.#connection.deliver({ id: newId(), payload }),
      turn: () => scroller.turn(),
      added: (node, mine) => scroller.added(node, mine),
    });
    return { texts, intro, typing, scroller, banner, composer, launcher, panel, thread };
  }

  get #suggestions() {
    return (this.getAttribute("suggestions") ?? "").split("|").map((text) => text.trim()).filter(Boolean);
  }

  #listen() {
    const on = (name, act) => this.#connection.addEventListener(name, ({ detail }) => this.#parts && act(detail));
    on("state", ({ state }) => this.#connected(state));
    on("session", (session) => this.#session(session));
    on("typing", (typing) => (this.#parts.typing.hidden = !typing.on));
    on("message", (raw) => this.#hear(raw));
  }

  #open() {
    const { panel, launcher, composer } = this.#parts;
    panel.show();
    launcher.hide();
    composer.focus();
    if (!this.#connection.online) this.#connection.open();
  }

  #connected(state) {
    const { banner, outbox } = this.#parts;
    const again = this.#state === "lost" || this.#state === "again";
    if (state === "online") banner.online({ again, held: outbox.flush() });
    else if (state === "lost") banner.lost();
    else if (!again) banner.connecting();
    this.#state = state === "connecting" && again ? "again" : state;
  }

  #session({ resumed, replaced }) {
    const { thread, texts } = this.#parts;
    if (replaced) thread.remark(texts.connection.new_conversation);
    else if (resumed && thread.empty) thread.remark(texts.connection.resumed);
  }

  #hear(raw) {
    const { thread, panel, launcher } = this.#parts;
    const message = readMessage(raw);
    if (message && thread.hear(message) && !panel.open) launcher.count();
  }

  #say(text) {
    const { outbox, thread, intro } = this.#parts;
    const message = outbox.add(text, { held: thread.asking });
    intro.begun();
    this.#bubbles.set(message.id, thread.say(text, () => outbox.send(message)));
    outbox.send(message);
  }
}
