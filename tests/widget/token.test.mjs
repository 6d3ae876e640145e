/** Where a token is kept, for how long, and what a tab hears from another. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { TokenKeeper } from "../../widget/token.js";

const PORTAL = "https://bank.example";
const KEY = `ask-first:${PORTAL}`;
const HELD = { token: "t1", assistant: "https://assistant.example", expiresAt: 1000 };
const OTHER = { ...HELD, token: "t2" };

class Stored extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
  removeItem = (key) => this.delete(key);
}

beforeEach(() => {
  const page = new EventTarget();
  globalThis.localStorage = new Stored();
  globalThis.sessionStorage = new Stored();
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) globalThis[name] = page[name].bind(page);
});

/** Another tab wrote `held` (null: removed it), or emptied the whole storage (`key` null). */
function otherTab(held, { key = KEY, storageArea = localStorage } = {}) {
  if (held) storageArea.setItem(KEY, JSON.stringify(held));
  else storageArea.removeItem(KEY);
  dispatchEvent(Object.assign(new Event("storage"), { key, storageArea }));
}

function shared() {
  const heard = [];
  const keeper = new TokenKeeper(PORTAL, { lasting: true, changed: (how) => heard.push(how) });
  return { keeper, heard };
}

test("a token is kept for this tab alone unless the site says otherwise", () => {
  new TokenKeeper(PORTAL).keep(HELD);
  assert.deepEqual([...sessionStorage], [[KEY, JSON.stringify(HELD)]]);
  assert.equal(localStorage.size, 0);
});

test("a lasting token is kept for the browser, and not in the tab too", () => {
  shared().keeper.keep(HELD);
  assert.deepEqual([...localStorage], [[KEY, JSON.stringify(HELD)]]);
  assert.equal(sessionStorage.size, 0);
});

test("the next page of the tab finds the token again", () => {
  new TokenKeeper(PORTAL).keep(HELD);
  assert.deepEqual(new TokenKeeper(PORTAL).held, HELD);
});

test("two assistants on one page never see each other's token", () => {
  new TokenKeeper(PORTAL).keep(HELD);
  assert.equal(new TokenKeeper("https://other.example").held, null);
});

test("a dropped token is gone from memory and from storage", () => {
  const keeper = new TokenKeeper(PORTAL);
  keeper.keep(HELD);
  keeper.drop();
  assert.equal(keeper.held, null);
  assert.equal(sessionStorage.size, 0);
});

test("what stands in storage is believed only if it has the shape of a token", () => {
  for (const text of ["", "{", "null", "7", "[]", '{"token":"t"}', '{"token":1,"assistant":"a"}', '{"token":"t","assistant":{}}']) {
    sessionStorage.setItem(KEY, text);
    assert.equal(new TokenKeeper(PORTAL).held, null, text);
  }
});

test("what else stands in storage beside the token is not read", () => {
  sessionStorage.setItem(KEY, JSON.stringify({ ...HELD, name: "Ada" }));
  assert.deepEqual(new TokenKeeper(PORTAL).held, HELD);
});

test("where storage is forbidden the token lives as long as the page", () => {
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, writable: true, value: null });
  const keeper = new TokenKeeper(PORTAL);
  keeper.keep(HELD);
  assert.deepEqual(keeper.held, HELD);
  assert.equal(new TokenKeeper(PORTAL).held, null);
  keeper.drop();
  assert.equal(keeper.held, null);
});

test("a tab takes over the conversation that another tab began anew", () => {
  const { keeper, heard } = shared();
  keeper.keep(HELD);
  otherTab(OTHER);
  assert.deepEqual(keeper.held, OTHER);
  assert.deepEqual(heard, [{ ended: false }]);
});

test("a tab lets go of the conversation that another tab ended, or whose storage was emptied", () => {
  for (const key of [KEY, null]) {
    const { keeper, heard } = shared();
    keeper.keep(HELD);
    otherTab(null, { key });
    assert.equal(keeper.held, null);
    assert.deepEqual(heard, [{ ended: true }]);
    keeper.stop();
  }
});

test("a tab without a conversation takes the other's quietly", () => {
  const { keeper, heard } = shared();
  otherTab(HELD);
  assert.deepEqual(keeper.held, HELD);
  assert.deepEqual(heard, []);
});

test("a tab is not disturbed by the same token, another key, or another storage", () => {
  const { keeper, heard } = shared();
  keeper.keep(HELD);
  otherTab({ ...HELD, expiresAt: 2000 });
  otherTab(OTHER, { key: "somebody-else" });
  otherTab(OTHER, { storageArea: sessionStorage });
  assert.equal(keeper.held.token, HELD.token);
  assert.deepEqual(heard, []);
});

test("a tab with a conversation of its own does not listen to others", () => {
  const heard = [];
  const keeper = new TokenKeeper(PORTAL, { changed: (how) => heard.push(how) });
  keeper.keep(HELD);
  otherTab(OTHER, { storageArea: sessionStorage });
  assert.equal(keeper.held.token, HELD.token);
  assert.deepEqual(heard, []);
});

test("a keeper that was stopped hears nothing any more", () => {
  const { keeper, heard } = shared();
  keeper.keep(HELD);
  keeper.stop();
  otherTab(OTHER);
  assert.equal(keeper.held.token, HELD.token);
  assert.deepEqual(heard, []);
});

test("two elements of one page have one conversation, in a tab and in a browser", () => {
  for (const lasting of [false, true]) {
    const [one, two] = [new TokenKeeper(PORTAL, { lasting }), new TokenKeeper(PORTAL, { lasting })];
    one.keep(HELD);
    assert.deepEqual(two.held, HELD);
    one.drop();
  }
});

test("what one element drops is over for the other, which hears of it", () => {
  const { keeper, heard } = shared();
  const other = shared();
  keeper.keep(HELD);
  assert.deepEqual(other.keeper.held, HELD);
  keeper.drop();
  assert.equal(other.keeper.held, null);
  assert.deepEqual([heard, other.heard], [[], [{ ended: true }]]);
});

test("who drops a token does not drop the one that was kept since", () => {
  const [one, two] = [new TokenKeeper(PORTAL), new TokenKeeper(PORTAL)];
  one.keep(HELD);
  assert.deepEqual(two.held, HELD);
  two.stop();
  one.drop();
  one.keep(OTHER);
  two.drop();
  assert.deepEqual(one.held, OTHER);
  assert.deepEqual(two.held, OTHER);
});

test("a keeper that listens again hears what it missed", () => {
  const { keeper, heard } = shared();
  keeper.keep(HELD);
  keeper.stop();
  otherTab(null);
  assert.deepEqual(heard, []);
  keeper.start();
  assert.equal(keeper.held, null);
  assert.deepEqual(heard, [{ ended: true }]);
});
