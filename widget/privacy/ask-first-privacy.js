/** Registers the element: `<script type="module" src=".../privacy/ask-first-privacy.js">`. It must never do anything else. */
import { AskFirstPrivacy } from "./element.js";

if (!customElements.get("ask-first-privacy")) customElements.define("ask-first-privacy", AskFirstPrivacy);

export { AskFirstPrivacy };
