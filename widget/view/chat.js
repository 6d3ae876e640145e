/**
 * Puts the parts of the chat together: launcher, panel, log, composer, menu.
 * It must never speak to a server: what a part wants done is handed in.
 */
import { PrivacyCentre } from "../privacy/centre.js";
import { PrivacyClient } from "../privacy/client.js";
import { wordsIn } from "../language.js";
import { Announcer } from "./announcer.js";
import { Banner } from "./banner.js";
import { Composer } from "./composer.js";
import { Controls } from "./controls.js";
import { h } from "./dom.js";
import { Intro } from "./intro.js";
import { Launcher } from "./launcher.js";
import { Line } from "./line.js";
import { Panel } from "./panel.js";
import { Scroller } from "./scroller.js";
import { Thread } from "./thread.js";

/**
 * @param {{texts: object, tag: string, title: string, suggestions: string[]}} looks
 * @param {{say: (text: string) => void, press: (payload: string, id: string) => Promise<object>, open: () => void, retry: () => void,
 *          portal: string, token: () => string | null, named: boolean, onNew?: () => void, onForgetDevice?: () => void}} acts
 */
export function chat({ texts, tag, title, suggestions }, acts) {
  const log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": texts.panel.log });
  const announcer = new Announcer({ texts });
  const intro = new Intro({ texts, suggestions, said: acts.say });
  const scroller = new Scroller({ texts, content: [intro.node, log, ...announcer.nodes], log });
  const banner = new Banner({ texts, retry: acts.retry });
  const composer = new Composer({ texts, said: acts.say });
  const launcher = new Launcher({ texts, title, open: acts.open });
  const panel = new Panel({ texts, title, closed: () => launcher.show(), parts: [banner.node, scroller.node, composer.node] });
  const thread = new Thread(log, {
    press: acts.press,
    turn: () => scroller.turn(),
    added: (node, mine) => scroller.added(node, mine),
    announce: (words) => announcer.say(words),
  });
  const words = wordsIn(texts, tag);
  thread.speak(words);
  const told = { tookBack: (items) => thread.tookBack(items), forgot: () => thread.forgot() };
  const privacy = new PrivacyCentre({ words, tag, client: new PrivacyClient(acts.portal, acts.token, acts.named), ...told });
  const { onNew, onForgetDevice } = acts;
  new Controls({ texts, panel, privacy, ...(onNew ? { onNew, onForgetDevice } : {}) });
  const root = h("div", { class: "root", lang: texts.language }, launcher.node, panel.node);
  const line = new Line({ banner, root });
  const unread = () => panel.open || launcher.count();
  return { root, line, unread, intro, announcer, scroller, banner, composer, launcher, panel, thread };
}
