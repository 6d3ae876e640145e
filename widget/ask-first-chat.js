/** Registers the element: `<script type="module" src=".../ask-first-chat.js">`. It must never do anything else. */
import { AskFirstChat } from "./element.js";

if (!customElements.get("ask-first-chat")) customElements.define("ask-first-chat", AskFirstChat);

export { AskFirstChat };
