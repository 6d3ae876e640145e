/**
 * The privacy centre: what was decided and used, and what the person can do about it.
 * It must never say that something was done before the portal said so, and never erase with one press.
 */
import { wordsFor } from "../language.js";
import { fill } from "../texts/index.js";
import { h, icon, ICONS } from "../view/dom.js";
import { saveFile } from "../view/download.js";
import { decisionCard, useLine } from "./entries.js";

export class PrivacyCentre {
  #texts;
  #day;
  #tag;
  #client;
  #lead = h("p", { class: "lead" });
  #heard;
  #level;
  #status = h("p", { class: "done", role: "status", tabindex: -1 });
  #note = h("p", { class: "note", role: "alert" });
  #content = h("div", { class: "privacy" });
  #busy = false;
  #asked = 0;

  /**
   * @param {{words: {texts: object, day: (at: Date) => string}, tag: string, client: import("./client.js").PrivacyClient,
   *          level?: 2 | 4, tookBack?: (items: string[]) => void, forgot?: () => void}} options
   *        `words` until the portal says its language; `tag`: the page's; `level` of its headings; `tookBack` and `forgot` are told after it happened
   */
  constructor({ words, tag, client, level = 4, tookBack = () => {}, forgot = () => {} }) {
    this.#client = client;
    this.#tag = tag;
    this.#level = `h${level}`;
    this.#heard = { tookBack, forgot };
    this.node = h("div", { class: "privacy", "aria-busy": "false" }, this.#lead, this.#status, this.#note, this.#content);
    this.#speak(words);
  }

  /** Looks everything up again. Before there is a conversation there is nothing to look up, and nothing is asked. */
  async refresh() {
    this.#say("");
    await this.#load();
  }

  async #load() {
    const turn = ++this.#asked;
    if (!this.#client.known) return this.#unknown();
    this.node.setAttribute("aria-busy", "true");
    if (!this.#content.childElementCount) this.#content.replaceChildren(h("p", { class: "lead", role: "status" }, this.#texts.loading));
    const { me, code } = await this.#client.me().then((me) => ({ me }), ({ code }) => ({ code }));
    const words = me?.decisions.length && me.language ? await wordsFor(me.language, this.#tag) : null;
    if (turn !== this.#asked) return;
    if (words) this.#speak(words);
    this.node.setAttribute("aria-busy", "false");
    if (me) this.#show(me);
    else if (code === "invalid_token") this.#unknown();
    else this.#failed();
  }

  /** What stands here is in one language: that of the names and purposes which the portal tells. */
  #speak({ texts, day }) {
    this.#texts = texts.privacy;
    this.#day = day;
    this.#lead.textContent = this.#texts.intro;
    this.node.lang = texts.language;
  }

  /** There is no token, or one that opens nothing. Of somebody whom the site names that does not mean that nothing is noted. */
  #unknown() {
    if (this.#client.named) this.#failed();
    else this.#nothing();
  }

  #nothing() {
    this.#content.replaceChildren(h("p", {}, this.#texts.nothing));
  }

  #failed() {
    const again = h("button", { type: "button", class: "chip small", onclick: () => this.refresh() }, this.#texts.retry);
    this.#content.replaceChildren(h("p", { role: "alert" }, this.#texts.failed), h("div", { class: "choices" }, again));
  }

  #show(me) {
    const parts = me.decisions.length ? [this.#decisions(me.decisions), this.#uses(me.uses)] : [h("p", {}, this.#texts.nothing)];
    this.#content.replaceChildren(...parts, this.#conversation(me.days), this.#yours(), this.#forgetting());
  }

  #decisions(decisions) {
    const given = decisions.filter(({ status }) => status === "given");
    const cards = decisions.map((one) => decisionCard(one, { texts: this.#texts, day: this.#day, takeBack: () => this.#withdraw(one) }));
    const all = given.length > 1 ? this.#choices(this.#button(this.#texts.take_back_all, () => this.#withdraw({ all: true }))) : null;
    return this.#section(this.#texts.decisions, h("ul", {}, ...cards), all);
  }

  #uses(uses) {
    const lines = uses.map((use) => useLine(use, { texts: this.#texts, day: this.#day }));
    return this.#section(this.#texts.uses, lines.length ? h("ul", { class: "uses" }, ...lines) : h("p", {}, this.#texts.uses_nothing));
  }

  #conversation(days) {
    if (days === null) return "";
    return h("p", { class: "lead" }, days ? fill(this.#texts.conversation, { days }) : this.#texts.conversation_not);
  }

  #yours() {
    const files = ["export", "receipt"].map((which) => this.#button(this.#texts[which], () => this.#save(which), ICONS.save));
    return this.#section(this.#texts.yours, this.#choices(...files));
  }

  /** Two steps: the first only shows what the second does. */
  #forgetting() {
    const sure = this.#button(this.#texts.forget_sure, () => this.#forget());
    const no = h("button", { type: "button", class: "chip small", onclick: () => open(false) }, this.#texts.cancel);
    const asked = h("div", { class: "question", hidden: true }, h("p", { tabindex: -1 }, this.#texts.forget_body), this.#choices(sure, no));
    const first = h("button", { type: "button", class: "chip small", onclick: () => open(true) }, this.#texts.forget);
    const open = (yes) => {
      asked.hidden = !yes;
      first.hidden = yes;
      (yes ? asked.firstElementChild : first).focus();
      if (yes) asked.scrollIntoView({ block: "nearest" });
    };
    this.askToForget = () => open(true);
    return h("section", { class: "danger" }, h(this.#level, {}, this.#texts.forget), this.#choices(first), asked);
  }

  async #withdraw(what) {
    const items = await this.#act(() => this.#client.withdraw("all" in what ? what : { purpose: what.purpose, item: what.item }));
    if (!items) return;
    this.#heard.tookBack(items);
    await this.#load();
    this.#say(this.#texts.taken_back);
  }

  async #save(which) {
    const file = await this.#act(() => this.#client.file(which));
    if (!file) return;
    saveFile(file.blob, file.name ?? `${this.#texts[`${which}_file`]}.json`);
    this.#say(this.#texts.saved, { focus: false });
  }

  async #forget() {
    const certificate = await this.#act(() => this.#client.forget());
    if (!certificate) return;
    this.#heard.forgot();
    const content = JSON.stringify(certificate, null, 2);
    const save = () => saveFile(new Blob([content], { type: "application/json" }), `${this.#texts.certificate_file}.json`);
    const button = h("button", { type: "button", class: "chip small save", onclick: save }, icon(ICONS.save), this.#texts.certificate);
    this.#content.replaceChildren(this.#choices(button));
    this.#say(this.#texts.forgotten);
  }

  /** One thing at a time. Returns what came of it, or null after saying why not. */
  async #act(work) {
    if (this.#busy) return null;
    this.#hold(true);
    this.#note.textContent = "";
    const { errors } = this.#texts;
    try {
      return await work();
    } catch (trouble) {
      this.#note.textContent = errors[trouble.code] ?? errors.other;
      return null;
    } finally {
      this.#hold(false);
    }
  }

  #hold(busy) {
    this.#busy = busy;
    for (const button of this.node.querySelectorAll(".chip")) button.setAttribute("aria-disabled", String(busy));
  }

  /** Says what was done, where the focus goes if its button is gone. */
  #say(words, { focus = Boolean(words) } = {}) {
    this.#status.textContent = words;
    this.#note.textContent = "";
    if (focus) this.#status.focus();
  }

  #button(words, act, path) {
    return h("button", { type: "button", class: "chip small save", onclick: act }, path ? icon(path) : null, words);
  }

  #choices(...buttons) {
    return h("div", { class: "choices" }, ...buttons);
  }

  #section(heading, ...parts) {
    return h("section", {}, h(this.#level, {}, heading), ...parts);
  }
}
