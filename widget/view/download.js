/**
 * Offers a document as a file. It must never send it anywhere: the file is made on this computer, and let go again.
 */
import { h, icon, ICONS } from "./dom.js";

const LET_GO_AFTER_MS = 60_000;

/** A button that saves the document of a message. */
export function downloadButton({ kind, content }, texts) {
  const name = `${texts.download[`${kind}_file`]}.json`;
  const save = () => saveFile(new Blob([content], { type: "application/json" }), name);
  return h("button", { type: "button", class: "chip small save", onclick: save }, icon(ICONS.save), texts.download[kind]);
}

/** @param {Blob} blob @param {string} name the file's name */
export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), LET_GO_AFTER_MS);
}
