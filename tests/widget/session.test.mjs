/** Whose conversation it is: when the portal is asked, what it is told, and what is never stored. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Session } from "../../widget/session.js";

const PORTAL = "https://bank.example";
const NOW = Date.parse("2030-01-01T00:00:00Z");
const ASSISTANT = "https://assistant.example";

class Stored extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
  removeItem = (key) => this.delete(key);
}

let asked, respond;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: NOW });
  globalThis.localStorage = new Stored();
  globalThis.sessionStorage = new Stored();
  globalThis.addEventListener = globalThis.removeEventListener = () => {};
  asked = [];
  respond = () => given(`t${asked.length}`);
  globalThis.fetch = async (address, request) => (asked.push({ address, ...request }), respond());
});

const given = (token, seconds = 60) => Response.json({ token, assistant: ASSISTANT, expires_at: new Date(NOW + seconds * 1000).toISOString() });
const bodies = () => asked.map(({ body }) => JSON.parse(body));
const stored = () => [...localStorage.values(), ...sessionStorage.values()];
const refused = (code) => ({ name: "Error", code });

/** The site's word for a person; `issued` tells two of the same person apart. */
const word = (sub, issued = 0) => `h.${Buffer.from(JSON.stringify({ iss: "site", sub, iat: issued })).toString("base64url")}.s`;

/** Lets the portal's answers come when the test says so, in the order of the questions. */
function holdAnswers() {
  const answers = [];
  respond = () => new Promise((resolve) => answers.push(resolve));
  return answers;
}

test("the portal is asked without cookies, without referrer, and with the token in no address", async () => {
  await new Session(PORTAL, { identity: word("ada") }).get();
  const [{ address, method, credentials, referrerPolicy, signal }] = asked;
  assert.equal(address, `${PORTAL}/api/session`);
  assert.deepEqual([method, credentials, referrerPolicy], ["POST", "omit", "no-referrer"]);
  assert.ok(signal instanceof AbortSignal);
});

test("nothing is asked before a token is needed, and for nobody in particular nothing is told", async () => {
  const session = new Session(PORTAL);
  assert.equal(session.token, null);
  assert.equal(asked.length, 0);
  await session.get();
  assert.deepEqual(bodies(), [{}]);
});

test("a token that holds is used again, on the next page too", async () => {
  const session = new Session(PORTAL);
  await session.get();
  await session.get();
  assert.equal((await new Session(PORTAL).get()).token, "t1");
  assert.equal(asked.length, 1);
});

test("who asks twice at once is answered by one question", async () => {
  const session = new Session(PORTAL);
  const [one, two] = await Promise.all([session.get(), session.get()]);
  assert.equal(one, two);
  assert.equal(asked.length, 1);
});

test("a token is renewed five seconds before it ends, and not earlier", async () => {
  const session = new Session(PORTAL);
  await session.get();
  mock.timers.setTime(NOW + 55_000);
  assert.equal((await session.get()).token, "t1");
  mock.timers.setTime(NOW + 55_001);
  assert.equal((await session.get()).token, "t2");
  assert.equal(JSON.parse(stored()[0]).token, "t2");
});

test("a token without an end holds until it is dropped", async () => {
  respond = () => Response.json({ token: `t${asked.length}`, assistant: ASSISTANT });
  const session = new Session(PORTAL);
  await session.get();
  mock.timers.setTime(NOW + 1e12);
  assert.equal((await session.get()).token, "t1");
  session.drop();
  assert.deepEqual([session.token, stored()], [null, []]);
  assert.equal((await session.get()).token, "t2");
});

test("a refusal is passed on in the portal's own word, stores nothing, and the next try asks again", async () => {
  respond = () => Response.json({ error: "invalid_identity" }, { status: 401 });
  const session = new Session(PORTAL);
  await assert.rejects(session.get(), refused("invalid_identity"));
  assert.deepEqual([session.token, stored()], [null, []]);
  respond = () => given("later");
  assert.equal((await session.get()).token, "later");
});

test("a portal that cannot be reached is offline, and the next try asks again", async () => {
  respond = () => Promise.reject(new TypeError("no network"));
  const session = new Session(PORTAL);
  await assert.rejects(session.get(), refused("offline"));
  respond = () => given("later");
  assert.equal((await session.get()).token, "later");
});

test("an answer that is no token is never taken for one", async () => {
  const page = (status) => new Response("<html>", { status });
  const answers = [page(200), page(502), Response.json(null), Response.json({ token: 1, assistant: "a" }), Response.json({ token: "t" }),
    Response.json({ error: { html: 1 } }, { status: 400 })];
  for (const answer of answers) {
    respond = () => answer;
    await assert.rejects(new Session(PORTAL).get(), refused("other"));
    assert.deepEqual(stored(), []);
  }
});

test("the token of a named person, and the site's word, are in no storage, remembered or not", async () => {
  for (const lasting of [false, true]) {
    const session = new Session(PORTAL, { identity: word("ada"), lasting });
    assert.equal((await session.get()).token, session.token);
    assert.deepEqual(stored(), []);
  }
  assert.deepEqual(bodies()[0], { identity: word("ada") });
});

test("a named person is not given the token that this browser holds for nobody in particular", async () => {
  await new Session(PORTAL).get();
  const session = new Session(PORTAL, { identity: word("ada") });
  assert.equal(session.token, null);
  assert.equal((await session.get()).token, "t2");
  session.drop();
  assert.equal(JSON.parse(stored()[0]).token, "t1");
});

test("a newer word about the same person keeps the token; one about somebody else does not", async () => {
  const session = new Session(PORTAL, { identity: word("ada", 1) });
  await session.get();
  assert.equal(session.rename(word("ada", 2)), false);
  assert.equal(session.token, "t1");
  assert.equal(session.rename(word("bob")), true);
  assert.equal(session.token, null);
});

test("a word that cannot be read counts as somebody else", () => {
  const session = new Session(PORTAL, { identity: "garbage" });
  assert.equal(session.rename("other garbage"), true);
  assert.equal(session.rename(null), true);
  assert.equal(session.named, false);
});

test("an answer about the one before is given to nobody, nor stored, once the person has changed", async () => {
  const answers = holdAnswers();
  const session = new Session(PORTAL, { identity: word("ada") });
  const first = session.get();
  session.rename(null);
  const second = session.get();
  answers[1](given("for anybody"));
  answers[0](given("for ada"));
  assert.deepEqual([(await first).token, (await second).token], ["for anybody", "for anybody"]);
  assert.equal(JSON.parse(stored()[0]).token, "for anybody");
});

test("an answer that comes after the person dropped the conversation is not stored", async () => {
  const answers = holdAnswers();
  const session = new Session(PORTAL);
  session.get().catch(() => {});
  session.drop();
  answers[0](given("too late"));
  await new Promise(setImmediate);
  assert.deepEqual([session.token, stored()], [null, []]);
});

test("two elements that ask at once go on with the token that came first", async () => {
  const answers = holdAnswers();
  const [one, two] = [new Session(PORTAL), new Session(PORTAL)];
  const tokens = Promise.all([one.get(), two.get()]);
  answers[1](given("of the second"));
  await new Promise(setImmediate);
  answers[0](given("of the first"));
  assert.deepEqual((await tokens).map(({ token }) => token), ["of the second", "of the second"]);
  assert.deepEqual([one.token, two.token, stored().length], ["of the second", "of the second", 1]);
});

test("a word that was over is forgotten once the site has said another", async () => {
  const answers = holdAnswers();
  const session = new Session(PORTAL, { identity: word("ada", 1) });
  const asking = session.get();
  session.rename(word("ada", 2));
  answers[0](Response.json({ error: "invalid_identity" }, { status: 401 }));
  await new Promise(setImmediate);
  answers[1](given("for the newer word"));
  assert.equal((await asking).token, "for the newer word");
});
