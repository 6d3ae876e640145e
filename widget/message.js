/**
 * Reads what the server sent into a shape that the view can trust.
 * It must never pass anything on that it did not check: no field, no type, no extra button.
 */
import { readChart } from "./message_chart.js";

/** The fields of a permission card, in the order in which they are shown. */
export const PERMISSION_FIELDS = ["purpose", "retention", "recipients", "on_no", "withdraw"];

const STATUSES = ["given", "refused", "deferred"];
const MOST_BUTTONS = 30;
/** Documents that a person may take along, by the kind of message that brings them. */
const DOCUMENTS = ["receipt", "certificate"];

const text = (value) => (typeof value === "string" ? value.trim() : "");
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value) => (Array.isArray(value) ? value : []);

function readButtons(raw) {
  const buttons = list(raw).map((button) => ({ title: text(button?.title), payload: text(button?.payload) }));
  return buttons.slice(0, MOST_BUTTONS);
}

/** The button at a place of the message, or null. */
function buttonAt(buttons, place) {
  const button = Number.isInteger(place) ? buttons[place] : null;
  return button?.title && button.payload ? button : null;
}

/** A moment, or null if it is none. */
function readMoment(value) {
  const at = new Date(text(value) || NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

function readUsed(raw, buttons) {
  const used = list(raw).map((entry) => ({
    item: text(entry?.item),
    name: text(entry?.name),
    allowedAt: readMoment(entry?.allowed_at),
    without: buttonAt(buttons, entry?.without),
    takeBack: buttonAt(buttons, entry?.take_back),
  }));
  return used.filter(({ name }) => name);
}

/** Kinds that come only when no permission is being asked any more. */
const AFTER_THE_QUESTIONS = ["tailored_help", "feedback"];

/** `text`: the help alone, if the server sends it apart from the sentence about what was used, which the chips say. */
function readHelp(custom, buttons) {
  const without = list(custom.without).map((entry) => text(entry?.name)).filter(Boolean);
  return { text: text(custom.help), used: readUsed(custom.used, buttons), without, chart: readChart(custom.chart) };
}

/** What became of a permission, or null. It rides on any message as `custom.noted`, or is a message's own kind. */
function readNoted(custom, buttons) {
  const noted = custom.noted ?? (custom.kind === "noted" ? custom : null);
  if (!noted || !STATUSES.includes(noted.status)) return null;
  return { item: text(noted.item), status: noted.status, takeBack: buttonAt(buttons, noted.take_back) };
}

function readDocument(custom) {
  if (!DOCUMENTS.includes(custom.kind) || !isObject(custom.document)) return null;
  return { kind: custom.kind, content: JSON.stringify(custom.document, null, 2) };
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

/** Buttons that stand at a part of the message, and so not below it. */
function placed({ noted, help }) {
  return [noted?.takeBack, ...(help?.used ?? []).flatMap(({ without, takeBack }) => [without, takeBack])].filter(Boolean);
}

/**
 * @param {unknown} raw the payload of `bot_uttered`
 * @returns {{id, at, text, buttons, noted, permission, help, offer, document, takenBack, forgotten, closes} | null}
 *          null if there is nothing to show or to note. `buttons`: those that stand below the message.
 */
export function readMessage(raw) {
  if (!isObject(raw)) return null;
  const custom = isObject(raw.custom) ? raw.custom : {};
  const all = readButtons(raw.buttons);
  const usable = all.filter(({ title, payload }) => title && payload);
  const noted = readNoted(custom, all);
  const help = custom.kind === "tailored_help" ? readHelp(custom, all) : null;
  const taken = placed({ noted, help });
  const message = {
    id: text(raw.id),
    at: readMoment(raw.at),
    text: text(raw.text),
    buttons: usable.filter((button) => !taken.includes(button)),
    noted,
    permission: custom.kind === "permission" ? readPermission(custom, usable, text(raw.text)) : null,
    help,
    offer: custom.kind === "offer" && usable.length >= 2,
    document: readDocument(custom),
    takenBack: custom.kind === "taken_back" ? list(custom.items).map(text).filter(Boolean) : [],
    forgotten: custom.kind === "certificate",
    closes: custom.closed === true || AFTER_THE_QUESTIONS.includes(custom.kind),
  };
  return message.text || message.buttons.length || message.noted ? message : null;
}
