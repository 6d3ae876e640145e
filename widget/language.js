/**
 * In which language somebody is spoken to, and how they write times.
 */

/** The element's own language, else that of the part of the page that it stands in, else English. */
export function languageOf(element) {
  return element.getAttribute("language") || element.closest("[lang]")?.lang || "en";
}

/** The person's own way of writing times, if it is in this language. */
export function localeFor(language) {
  const [wanted] = language.split("-");
  return navigator.languages.find((tag) => tag.split("-")[0] === wanted) ?? language;
}
