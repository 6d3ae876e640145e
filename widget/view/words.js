/** Shows what somebody wrote: paragraphs and links, and nothing else. It must never let a text become markup. */
import { h } from "./dom.js";

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** The text as paragraphs; a blank line begins a new one, single line breaks stay. */
export function words(text) {
  return text.split(/\n\s*\n/).map((part) => h("p", { dir: "auto" }, ...withLinks(part.trim())));
}

function withLinks(text) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    pieces.push(text.slice(end, match.index), link(match[0]));
    end = match.index + match[0].length;
  }
  return [...pieces, text.slice(end)];
}

/** Opens beside the page, and tells the other side nothing about where the person came from. */
function link(address) {
  const safe = URL.canParse(address) && ["http:", "https:"].includes(new URL(address).protocol);
  return safe ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, address) : address;
}
