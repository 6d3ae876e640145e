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

/** What became of a permission, or null. It rides on any message as `custom.noted`, or is a message's own kind. */
function readNoted(custom) {
  const noted = custom.noted ?? (custom.kind === "noted" ? custom : null);
  if (!noted || !STATUSES.includes(noted.status)) return null;
  return { item: text(noted.item), status: noted.status };
}

/** A card needs every field and its three buttons. If something is missing, the message is shown as plain text instead. */
function readPermission(custom, buttons) {
  const permission = { item: text(custom.item), itemName: text(custom.item_name), number: custom.number, of: custom.of };
  for (const field of PERMISSION_FIELDS) permission[field] = text(custom[field]);
  const counted = Number.isInteger(permission.number) && Number.isInteger(permission.of);
  return Object.values(permission).every(Boolean) && counted && buttons.length >= 2 ? permission : null;
}

/**
 * @param {unknown} raw the payload of `bot_uttered`
 * @returns {{id, text, buttons, noted, permission, help} | null} null if there is nothing to show or to note
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
    permission: custom.kind === "permission" ? readPermission(custom, buttons) : null,
    help: custom.kind === "tailored_help" ? { used: readNamed(custom.used), without: readNamed(custom.without) } : null,
  };
  return message.text || message.buttons.length || message.noted ? message : null;
}
