/** Makes elements. It must never turn text into HTML: children are elements or plain text. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] false, null and undefined are left out; `on…` functions become listeners
 * @param {...(Node | string | null | false)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** An SVG element; the same rules. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A picture from one path on a 24 by 24 grid; hidden from screen readers, the words beside it say it. */
export function icon(path) {
  return s("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, s("path", { d: path }));
}

export const ICONS = {
  chat: "M4 5h16v11H10l-5 4v-4H4z",
  close: "M6 6l12 12M18 6 6 18",
  send: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  minus: "M6 12h12",
  back: "M19 12H5M11 6l-6 6 6 6",
  more: "M5 7h14M5 12h14M5 17h14",
  undo: "M9 7H4V2M4 7a9 9 0 1 1-1 7",
  save: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  shield: "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z",
};

/** Whether a key belongs to a word that is still being composed (Japanese, Chinese, …); Safari says so by 229 only. */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** Words for people who listen instead of look. */
export function spoken(text) {
  return h("span", { class: "spoken" }, text);
}
