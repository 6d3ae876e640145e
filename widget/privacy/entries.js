/** One decision, and one use, as the privacy centre shows them. They must never show a value. */
import { fill } from "../texts/index.js";
import { h } from "../view/dom.js";

/** @param {object} one a checked decision @param {{texts, day, takeBack: () => void}} options */
export function decisionCard({ name, status, purposeText, decidedAt, expiresAt, hasValue }, { texts, day, takeBack }) {
  const given = status === "given";
  const facts = [
    [texts.purpose, purposeText],
    [texts.decided_at, decidedAt && day(decidedAt)],
    [texts.expires_at, given ? (expiresAt ? day(expiresAt) : texts.until_help_ends) : null],
  ];
  const button = h("button", { type: "button", class: "chip small", "aria-label": `${texts.take_back}: ${name}`, onclick: takeBack }, texts.take_back);
  return h(
    "li",
    { class: "decision" },
    h("p", { class: "decision-head" }, h("strong", {}, name), h("span", { class: "status", "data-status": status }, texts.status[status] ?? texts.status.other)),
    h("dl", {}, ...facts.filter(([, words]) => words).map(([term, words]) => fact(term, words))),
    given ? h("p", { class: "since" }, hasValue ? texts.value_kept : texts.value_none) : null,
    given ? h("div", { class: "choices" }, button) : null,
  );
}

/** @param {{at: Date, program: string, items: string[]}} use @param {{texts, day}} options */
export function useLine({ at, program, items }, { texts, day }) {
  return h("li", {}, fill(texts.use, { at: day(at), program, items: items.join(", ") }));
}

function fact(term, words) {
  return h("div", { class: "fact" }, h("dt", {}, term), h("dd", { dir: "auto" }, words));
}
