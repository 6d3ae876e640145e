/** All style sheets of the element, made once a page. They must never reach outside the shadow root, nor load anything. */
import card from "./card.js";
import chart from "./chart.js";
import frame from "./frame.js";
import modes from "./modes.js";
import privacy from "./privacy.js";
import sheet from "./sheet.js";
import talk from "./talk.js";
import tokens from "./tokens.js";

const UNIT = "--ask-first-unit";
const REM = /(-?\d*\.?\d+)rem\b/g;

let made = null;

/** Constructed sheets: a strict content security policy allows them, and no flash of unstyled words comes first. */
export function sheets() {
  made ??= [tokens, frame, talk, card, chart, sheet, privacy, modes].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text.replace(REM, `calc($1 * var(${UNIT}))`));
    return sheet;
  });
  registerUnit();
  return made;
}

/**
 * Pages often set another size on their root element, and `rem` would follow them. Our unit follows the person's own
 * browser setting instead: it is a real length, resolved once where `.root` sets it.
 */
function registerUnit() {
  try {
    CSS.registerProperty({ name: UNIT, syntax: "<length>", inherits: true, initialValue: "16px" });
  } catch {
    // another copy of this module was first; the property is the same
  }
}
