/**
 * Reads what the server sent into a shape that the view can trust.
 * It must never pass anything on that it did not check: no field, no type, no extra button.
 */

/** The fields of a permission card, in the order in which they are shown. */
export const PERMISSION_FIELDS = ["purpose", "retention", "recipients", "on_no", "withdraw"];

const STATUSES = ["given", "refused", "deferred"];
const MOST_BUTTONS = 12;

const text = (value) => (typeof value === "string" ? value.trim() : "");

function readButtons(raw) {
  if (!Array.isArray(raw)) return [];
  const buttons = raw.map((button) => ({ title: text(button?.title), payload: text(button?.payload) }));
  return buttons.filter(({ title, payload }) => title && payload).slice(0, MOST_BUTTONS);
}

function readNamed(raw) {
  return Array.isArray(raw) ? raw.map((entry) => text(entry?.name)).filter(Boolean) : [];
}

/** Kinds that come only when no permission is being asked any more. */
const AFTER_THE_QUESTIONS = ["tailored_help", "feedback"];

/** `text`: the help alone, if the server sends it apart from the sentence about what was used, which the chips say. */
function readHelp(custom) {
  return { text: text(custom.help), used: readNamed(custom.used), without: readNamed(custom.without) };
}

/** What became of a permission, or null. It rides on any message as `custom.noted`, or is a message's own kind. */
function readNoted(custom) {
  const noted = custom.noted ?? (custom.kind === "noted" ? custom : null);
  if (!noted || !STATUSES.includes(noted.status)) return null;
  return { item: text(noted.item), status: noted.status };
}

/**
 * The notice's own question, as short as it stays true: "May Harbour Bank use what you owe, only to …?" becomes
 * "May Harbour Bank use what you owe?", because the purpose stands below. "" if the notice does not begin with a question.
 */
function readQuestion(notice, { itemName, purpose }) {
  const question = notice.split("\n")[0].trim();
  if (!/[?\u061F\uFF1F]$/.test(question)) return "";
  const end = question.indexOf(itemName) + itemName.length;
  const purposeFollows = end >= itemName.length && question.indexOf(purpose, end) > 0;
  return purposeFollows ? question.slice(0, end) + question.at(-1) : question;
}

/** A card needs every field and its three buttons. If something is missing, the message is shown as plain text instead. */
function readPermission(custom, buttons, notice) {
  const permission = { item: text(custom.item), itemName: text(custom.item_name), number: custom.number, of: custom.of };
  for (const field of PERMISSION_FIELDS) permission[field] = text(custom[field]);
  const counted = Number.isInteger(permission.number) && Number.isInteger(permission.of);
  const complete = Object.values(permission).every(Boolean) && counted && buttons.length >= 2;
  return complete ? { ...permission, question: readQuestion(notice, permission) } : null;
}

/**
 * @param {unknown} raw the payload of `bot_uttered`
 * @returns {{id, text, buttons, noted, permission, help, offer, closes} | null} null if there is nothing to show or to note
 */
export function readMessage(raw) {
  if (typeof raw !== "object" || raw === null) return null;
  const custom = typeof raw.custom === "object" && raw.custom !== null ? raw.custom : {};
  const buttons = readButtons(raw.buttons);
  const message = {
    id: text(raw.id),
    text: text(raw.text),
    buttons,
    noted: readNoted(custom),
    permission: custom.kind === "permission" ? readPermission(custom, buttons, text(raw.text)) : null,
    help: custom.kind === "tailored_help" ? readHelp(custom) : null,
    offer: custom.kind === "offer" && buttons.length >= 2,
    closes: custom.closed === true || AFTER_THE_QUESTIONS.includes(custom.kind),
  };
  return message.text || message.buttons.length || message.noted ? message : null;
}
