/** What waits for the connection: in order, under the same ids, never late into a question. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Outbox, readSaid } from "../../widget/outbox.js";

let delivered, reports, answer, outbox;

beforeEach(() => {
  delivered = [];
  reports = [];
  answer = { ok: false, error: "offline" };
  const deliver = async (message) => (delivered.push(message), answer);
  outbox = new Outbox(deliver, (id, state) => reports.push([id, state]));
});

const states = (id) => reports.filter(([of]) => of === id).map(([, state]) => state);
const settled = () => new Promise(setImmediate);

async function typed(text, held = false) {
  const message = outbox.add(text, { held });
  await outbox.send(message);
  return message;
}

async function reconnected(how = { asking: false }) {
  answer = { ok: true };
  delivered = [];
  const stay = outbox.flush(how);
  await settled();
  return stay;
}

test("each message has an id of its own, of 32 hex characters", () => {
  const ids = Array.from({ length: 500 }, () => outbox.add("the same", { held: false }).id);
  assert.equal(new Set(ids).size, 500);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

test("the server gets the id and the text, and nothing else", async () => {
  const { id } = await typed("hello", true);
  assert.deepEqual(delivered, [{ id, text: "hello" }]);
});

test("a message that is acknowledged is sent once and never again", async () => {
  answer = { ok: true };
  const { id } = await typed("hello");
  assert.deepEqual(states(id), ["sending", "sent"]);
  assert.equal(await reconnected(), 0);
  assert.deepEqual(delivered, []);
});

test("what waited goes after a reconnect, in the order in which it was typed", async () => {
  for (const text of ["one", "two", "three"]) await typed(text);
  assert.equal(await reconnected(), 0);
  assert.deepEqual(delivered.map(({ text }) => text), ["one", "two", "three"]);
});

test("a message without acknowledgement is sent again under the same id", async () => {
  answer = { ok: false, error: "unconfirmed" };
  const { id } = await typed("hello");
  assert.deepEqual(states(id), ["sending", "unconfirmed"]);
  await reconnected();
  assert.deepEqual(delivered, [{ id, text: "hello" }]);
  assert.equal(states(id).at(-1), "sent");
});

test("a message that fails again is kept for the next reconnect, once", async () => {
  const { id } = await typed("hello");
  outbox.flush({ asking: false });
  await settled();
  assert.equal(states(id).at(-1), "waiting");
  await reconnected();
  assert.equal(delivered.length, 1);
});

test("a message that the server refuses is not sent again by itself", async () => {
  answer = { ok: false, error: "too_long" };
  const { id } = await typed("hello");
  assert.deepEqual(states(id), ["sending", "failed"]);
  await reconnected();
  assert.deepEqual(delivered, []);
});

test("what the server turns out to have is not sent again", async () => {
  const { id } = await typed("hello");
  outbox.arrived(id);
  assert.equal(states(id).at(-1), "sent");
  await reconnected();
  assert.deepEqual(delivered, []);
});

test("what arrived stays sent when its acknowledgement is lost later", async () => {
  let lose;
  outbox = new Outbox(() => new Promise((resolve) => (lose = resolve)), (id, state) => reports.push([id, state]));
  const message = outbox.add("hello", { held: false });
  const sending = outbox.send(message);
  outbox.arrived(message.id);
  lose({ ok: false, error: "unconfirmed" });
  await sending;
  assert.equal(states(message.id).at(-1), "sent");
  assert.equal(outbox.flush({ asking: true }), 0);
});

test("what was typed while a permission was asked stays, and so does all after it", async () => {
  await typed("before");
  const held = await typed("yes", true);
  await typed("after");
  assert.equal(await reconnected(), 2);
  assert.deepEqual(delivered.map(({ text }) => text), ["before"]);
  await outbox.send(held);
  assert.equal(delivered.at(-1).id, held.id);
});

test("while a permission is asked nothing goes by itself, nor once the question is over", async () => {
  await typed("one");
  await typed("two");
  assert.equal(await reconnected({ asking: true }), 2);
  assert.equal(await reconnected({ asking: false }), 2);
  assert.deepEqual(delivered, []);
});

test("what the server says was said is read only with an id and words", () => {
  for (const raw of [null, undefined, 7, "said", [], {}, { id: "a" }, { id: "", text: "x" }, { id: 1, text: "x" }, { id: "a", text: "  " }])
    assert.equal(readSaid(raw), null);
  assert.deepEqual(readSaid({ id: "a", text: "x", at: "no time" }), { id: "a", text: "x", at: null });
  assert.equal(readSaid({ id: "a", text: "x", at: "2030-01-02T03:04:05Z" }).at.toISOString(), "2030-01-02T03:04:05.000Z");
});
