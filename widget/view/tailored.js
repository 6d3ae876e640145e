/** Help that was computed from what the person allowed. It must never hide what was used, or what was not. */
import { fill } from "../texts/index.js";
import { assistantBubble } from "./bubble.js";
import { h, icon, ICONS } from "./dom.js";

/** The help's text, and below it one chip for each thing that was used or done without. */
export function tailoredHelp({ text, help }, texts) {
  const chips = [
    ...help.used.map((name) => chip("used", fill(texts.help.used, { name }), ICONS.check)),
    ...help.without.map((name) => chip("without", fill(texts.help.without, { name }), ICONS.minus)),
  ];
  const list = chips.length ? h("ul", { class: "facts", "aria-label": texts.help.facts }, ...chips) : null;
  const node = assistantBubble(help.text || text, texts, list);
  node.classList.add("tailored");
  return node;
}

function chip(kind, label, path) {
  return h("li", { class: `fact-chip ${kind}` }, icon(path), h("span", {}, label));
}
