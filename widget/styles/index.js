/** All style sheets of the element, made once a page. They must never reach outside the shadow root, nor load anything. */
import card from "./card.js";
import frame from "./frame.js";
import modes from "./modes.js";
import talk from "./talk.js";
import tokens from "./tokens.js";

let made = null;

/** Constructed sheets: a strict content security policy allows them, and no flash of unstyled words comes first. */
export function sheets() {
  made ??= [tokens, frame, talk, card, modes].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}
