/**
 * Puts the parts of the chat together: launcher, panel, log, composer, menu.
 * It must never speak to a server: what a part wants done is handed in.
 */
import { PrivacyCentre } from "../privacy/centre.js";
import { PrivacyClient } from "../privacy/client.js";
import { Banner } from "./banner.js";
import { Composer } from "./composer.js";
import { Controls } from "./controls.js";
import { h, spoken } from "./dom.js";
import { Intro } from "./intro.js";
import { Launcher } from "./launcher.js";
import { Panel } from "./panel.js";
import { Scroller } from "./scroller.js";
import { Thread } from "./thread.js";

/**
 * @param {{texts: object, title: string, locale: string, suggestions: string[]}} looks
 * @param {{say: (text: string) => void, press: (payload: string, id: string) => Promise<object>, open: () => void, retry: () => void,
 *          portal: string, token: () => string | null, onNew?: () => void, onForgetDevice?: () => void}} acts
 */
export function chat({ texts, title, locale, suggestions }, acts) {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const calendar = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const day = (at) => calendar.format(at);
  const log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": texts.panel.log });
  const typing = h("div", { class: "typing", hidden: true }, spoken(texts.typing), h("i"), h("i"), h("i"));
  const intro = new Intro({ texts, suggestions, said: acts.say });
  const scroller = new Scroller({ texts, content: [intro.node, log, typing], log });
  const banner = new Banner({ texts, retry: acts.retry });
  const composer = new Composer({ texts, said: acts.say });
  const launcher = new Launcher({ texts, title, open: acts.open });
  const panel = new Panel({ texts, title, closed: () => launcher.show(), parts: [banner.node, scroller.node, composer.node] });
  const thread = new Thread(log, {
    texts,
    time: (at) => clock.format(at),
    day,
    press: acts.press,
    turn: () => scroller.turn(),
    added: (node, mine) => scroller.added(node, mine),
  });
  const told = { tookBack: (items) => thread.tookBack(items), forgot: () => thread.forgot() };
  const privacy = new PrivacyCentre({ texts, client: new PrivacyClient(acts.portal, acts.token), day, ...told });
  const { onNew, onForgetDevice } = acts;
  new Controls({ texts, panel, privacy, ...(onNew ? { onNew, onForgetDevice } : {}) });
  const root = h("div", { class: "root" }, launcher.node, panel.node);
  return { root, texts, intro, typing, scroller, banner, composer, launcher, panel, thread };
}
