/** Finds the texts for a language, and fills the blanks in them. It must never show a key instead of a sentence. */
import en from "./en.js";

/** One line a language. English is there from the start; others are loaded when wanted. */
const LANGUAGES = { en: async () => ({ default: en }), es: () => import("./es.js") };

/** The texts for a language tag like "en-GB", by its first part; English if there are none. */
export async function textsFor(tag) {
  const language = (tag || "en").toLowerCase().split("-")[0];
  const load = LANGUAGES[language] ?? LANGUAGES.en;
  return (await load()).default;
}

/** `fill("Used: {name}", { name: "what you owe" })`. A blank without a value becomes nothing. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
