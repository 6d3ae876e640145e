/** What the server sends is checked field by field; what is not known is not passed on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readMessage } from "../../widget/message.js";
import { readChart } from "../../widget/message_chart.js";

const button = (title, payload = `/${title}`) => ({ title, payload });
const ANSWERS = [button("Allow"), button("Not now"), button("Why?")];
const CARD = { kind: "permission", item: "debt", item_name: "what you owe", purpose: "to plan", retention: "a day", recipients: "nobody",
  withdraw: "say so", on_no: "general help", number: 1, of: 3 };
const NOTICE = "May Harbour Bank use what you owe, only to plan?\nMore.";
const POINTS = [{ label: "a", value: 1 }, { label: "b", value: 2 }];
const CHART = { kind: "line", title: "Debt", text: "It falls.", points: POINTS };

const permission = (changed = {}, buttons = ANSWERS, text = NOTICE) => readMessage({ text, buttons, custom: { ...CARD, ...changed } });

test("what is no message, or has nothing to show, is nothing", () => {
  for (const raw of [null, undefined, 7, "hello", [], {}, { text: " " }, { text: {} }, { buttons: "x" }, { custom: { kind: "offer" } }])
    assert.equal(readMessage(raw), null);
});

test("HTML stays the text that it is", () => {
  const html = "<img src=x onerror=alert(1)>";
  const { text, buttons } = readMessage({ text: html, buttons: [button(html, html)] });
  assert.deepEqual([text, buttons], [html, [{ title: html, payload: html }]]);
});

test("no field that the widget does not know is passed on", () => {
  const message = readMessage({ text: "x", html: "<b>", buttons: [{ ...ANSWERS[0], url: "javascript:x" }], custom: { kind: "evil", run: 1 } });
  const known = ["at", "buttons", "closes", "document", "forgotten", "help", "id", "noted", "offer", "permission", "takenBack", "text"];
  assert.deepEqual(Object.keys(message).sort(), known);
  assert.deepEqual(message.buttons, [ANSWERS[0]]);
  assert.deepEqual([message.permission, message.help, message.offer, message.noted, message.document], [null, null, false, null, null]);
});

test("a field of another type is as good as missing", () => {
  const { id, at, takenBack } = readMessage({ text: "x", id: 5, at: "soon", custom: { kind: "taken_back", items: [1, null, "debt"] } });
  assert.deepEqual([id, at, takenBack], ["", null, ["debt"]]);
  assert.equal(readMessage({ text: "x", custom: [CARD] }).permission, null);
});

test("a button needs a title and a payload, and there are thirty at most", () => {
  assert.deepEqual(readMessage({ text: "x", buttons: [null, 1, { title: "a" }, { payload: "/b" }, button("c")] }).buttons, [button("c")]);
  assert.equal(readMessage({ text: "x", buttons: Array(99).fill(button("c")) }).buttons.length, 30);
});

test("a complete permission is a card with its own question, shortened where the purpose follows", () => {
  assert.equal(permission().permission.question, "May Harbour Bank use what you owe?");
  assert.equal(permission({}, ANSWERS, "May we know what you owe?").permission.question, "May we know what you owe?");
  assert.equal(permission({}, ANSWERS, "We would like to know.").permission.question, "");
});

test("a permission that lacks anything is no card, but its words and buttons are still shown", () => {
  const lacking = Object.keys(CARD).filter((field) => field !== "kind");
  for (const field of lacking) {
    const message = permission({ [field]: undefined });
    assert.equal(message.permission, null, field);
    assert.deepEqual([message.text, message.buttons], [NOTICE, ANSWERS]);
  }
  assert.equal(permission({ number: "1" }).permission, null);
  assert.equal(permission({}, ANSWERS.slice(0, 1)).permission, null);
});

test("only given, refused and deferred are noted", () => {
  for (const status of ["given", "refused", "deferred"]) assert.equal(readMessage({ custom: { kind: "noted", item: "debt", status } }).noted.status, status);
  for (const noted of [{ status: "granted" }, {}, "given", ["given"], 1]) assert.equal(readMessage({ text: "x", custom: { noted } }).noted, null);
});

test("a button that stands at a part of the message does not stand below it too", () => {
  const buttons = [button("Take it back"), button("Go on")];
  const message = readMessage({ text: "x", buttons, custom: { noted: { item: "debt", status: "given", take_back: 0 } } });
  assert.deepEqual([message.noted.takeBack, message.buttons], [buttons[0], [buttons[1]]]);
});

test("a place that is no button's place is no button", () => {
  for (const take_back of [-1, 9, 0.5, "0", "length", null]) {
    const { noted, buttons } = readMessage({ buttons: ANSWERS, custom: { noted: { status: "given", take_back } } });
    assert.deepEqual([noted.takeBack, buttons], [null, ANSWERS]);
  }
});

test("tailored help names what was used and what was not, and drops what has no name", () => {
  const used = [{ item: "debt", name: "what you owe", allowed_at: "2030-01-01T00:00:00Z", take_back: 0 }, { item: "age" }, null];
  const { help, closes } = readMessage({ text: "x", buttons: ANSWERS, custom: { kind: "tailored_help", used, without: [{ name: "income" }, {}, 1] } });
  assert.deepEqual([help.used.map(({ name }) => name), help.without, closes], [["what you owe"], ["income"], true]);
  assert.deepEqual(help.used[0].takeBack, ANSWERS[0]);
});

test("a question is over only if the server says exactly so", () => {
  assert.equal(readMessage({ text: "x", custom: { closed: true } }).closes, true);
  for (const closed of ["true", 1, {}, undefined]) assert.equal(readMessage({ text: "x", custom: { closed } }).closes, false);
});

test("a document is kept as text, and only of a kind that may be taken along", () => {
  const document = { a: "<script>" };
  assert.deepEqual(JSON.parse(readMessage({ text: "x", custom: { kind: "receipt", document } }).document.content), document);
  for (const custom of [{ kind: "program", document }, { kind: "receipt", document: "x" }, { kind: "receipt", document: [] }])
    assert.equal(readMessage({ text: "x", custom }).document, null);
});

test("a chart with anything that cannot be drawn is no chart", () => {
  assert.equal(readChart(CHART).points.length, 2);
  for (const value of [NaN, Infinity, -1, "1", null]) assert.equal(readChart({ ...CHART, points: [...POINTS, { label: "c", value }] }), null);
  for (const changed of [{ kind: "svg" }, { title: "" }, { text: 1 }, { points: POINTS.slice(1) }, { points: Array(61).fill(POINTS[0]) }, { points: "x" }])
    assert.equal(readChart({ ...CHART, ...changed }), null);
  assert.equal(readChart(null), null);
});

test("points that do not go forward stand in equal steps", () => {
  const places = (...at) => readChart({ ...CHART, points: POINTS.map((point, index) => ({ ...point, at: at[index] })) }).points.map((point) => point.at);
  assert.deepEqual([places(3, 9), places(9, 3), places(3)], [[3, 9], [0, 1], [0, 1]]);
});
