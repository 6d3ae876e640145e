/**
 * Speaks with the assistant over socket.io, as docs/widget_protocol.md says: state, what was said, sending with acknowledgement.
 * It must never send anything twice or later by itself: what is not connected now is not sent.
 *
 * Events: "state" ({state: connecting | online | lost | unknown}; unknown: the site's word for who this is does not count any
 * more), "session" ({resumed, replaced, language}), "history" ({messages, complete}),
 * "ready" (all that was said before is told), "said" ({id, at, text}), "typing" ({on}), "message" (raw).
 */
import { io } from "./vendor/socket.io.esm.min.js";

const ACKNOWLEDGE_WITHIN_MS = 10_000;
const ASK_AGAIN_AFTER_MS = 2_000;
const ASK_AGAIN_AT_LAST_MS = 30_000;

/** Errors by which the server says that nothing was taken because we are not (any more) connected as anybody. */
const NOT_CONNECTED = ["invalid_token"];

export class Connection extends EventTarget {
  #socket = null;
  #server;
  #session;
  #replaced = false;
  #failures = 0;
  #attempt = 0;
  #again = 0;

  /**
   * @param {import("./session.js").Session} session
   * @param {string | null} [server] the assistant's address (http or https); what the portal says if left out
   */
  constructor(session, server = null) {
    super();
    this.#session = session;
    this.#server = server;
  }

  get online() {
    return this.#socket?.connected === true;
  }

  /** Connects if that has not happened yet; asked again while connecting, it tries at once. */
  async open() {
    clearTimeout(this.#again);
    if (this.online) return;
    const attempt = (this.#attempt += 1);
    this.#end();
    this.#tell("state", { state: "connecting" });
    const { assistant, code } = await this.#session.get().catch((reason) => reason);
    if (attempt !== this.#attempt) return;
    if (assistant) this.#connect(this.#server ?? assistant);
    else if (code === "invalid_identity") this.#tell("state", { state: "unknown" });
    else this.#lost();
  }

  close() {
    clearTimeout(this.#again);
    this.#attempt += 1;
    this.#replaced = false;
    this.#failures = 0;
    this.#end();
  }

  /**
   * Sends one message now or not at all.
   * @param {{id: string, text?: string, payload?: string}} message
   * @returns {Promise<{ok: boolean, error?: string}>} error: offline | unconfirmed | what the server says
   */
  deliver(message) {
    if (!this.online) return Promise.resolve({ ok: false, error: "offline" });
    return new Promise((resolve) => {
      this.#socket.timeout(ACKNOWLEDGE_WITHIN_MS).emit("user_uttered", message, (error, answer) => {
        if (error) resolve({ ok: false, error: "unconfirmed" });
        else resolve({ ok: answer?.ok === true, error: NOT_CONNECTED.includes(answer?.error) ? "offline" : answer?.error });
      });
    });
  }

  #connect(server) {
    const socket = io(server, {
      autoConnect: false,
      forceNew: true,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      auth: (give) => give({ token: this.#session.token }),
    });
    this.#socket = socket;
    const on = (name, act) => socket.on(name, (data) => this.#socket === socket && act(data));
    on("connect", () => this.#tell("state", { state: "online" }));
    on("session", (session) => this.#begin(session));
    on("session_over", () => this.#renew());
    on("history", (history) => this.#catchUp(history));
    on("user_said", (said) => this.#tell("said", said));
    on("typing", (typing) => this.#tell("typing", { on: typing?.on === true }));
    on("bot_uttered", (message) => this.#tell("message", message));
    on("disconnect", () => this.#lost());
    on("connect_error", (error) => this.#refused(error));
    socket.connect();
  }

  #begin(session) {
    const resumed = session?.conversation === "resumed";
    this.#failures = 0;
    this.#tell("session", { resumed, replaced: this.#replaced, language: typeof session?.language === "string" ? session.language : null });
    this.#replaced = false;
    if (!resumed) this.#tell("ready");
  }

  #catchUp(history) {
    this.#tell("history", { messages: Array.isArray(history?.messages) ? history.messages : [], complete: history?.complete === true });
    this.#tell("ready");
  }

  /** A token that the server does not know is of no use: drop it and ask for another one, but not over and over. */
  #refused(error) {
    if (error.message !== "invalid_token") return this.#lost();
    this.#failures += 1;
    return this.#renew();
  }

  /** Goes on with another token: that of a named person opens the same conversation. */
  #renew() {
    this.#replaced ||= !this.#session.named;
    this.#session.drop();
    if (this.#failures > 1) return this.#lost();
    this.#end();
    return this.open();
  }

  /** The client tries again by itself, except when the server was the one to say no. */
  #lost() {
    this.#tell("typing", { on: false });
    this.#tell("state", { state: "lost" });
    if (this.#socket?.active) return;
    clearTimeout(this.#again);
    const wait = Math.min(ASK_AGAIN_AFTER_MS * 2 ** this.#failures, ASK_AGAIN_AT_LAST_MS);
    this.#failures += 1;
    this.#again = setTimeout(() => this.open(), wait);
  }

  /** Takes the socket down, and is deaf for what it still says. */
  #end() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.disconnect();
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
