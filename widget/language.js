/**
 * In which language somebody is spoken to, and how they write times.
 */
import { textsFor } from "./texts/index.js";

/** The element's own language, else that of the part of the page that it stands in, else English. */
export function languageOf(element) {
  return element.getAttribute("language") || element.closest("[lang]")?.lang || "en";
}

/** The person's own way of writing times, if it is in this language. */
export function localeFor(language) {
  const [wanted] = language.split("-");
  return navigator.languages.find((tag) => tag.split("-")[0] === wanted) ?? language;
}

/** The texts of a language, with its ways of writing times. `tag`: the page's language, which may say the country too. */
export function wordsIn(texts, tag) {
  const locale = localeFor(tag.split("-")[0] === texts.language ? tag : texts.language);
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const calendar = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return { texts, time: (at) => clock.format(at), day: (at) => calendar.format(at) };
}

/** The same for a language that the server names. */
export async function wordsFor(language, tag) {
  return wordsIn(await textsFor(language), tag);
}
