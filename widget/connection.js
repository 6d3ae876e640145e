/**
 * Speaks with the assistant over socket.io: token, connection state, sending with acknowledgement.
 * It must never send anything twice or later by itself: what is not connected now is not sent.
 *
 * Events: "state" ({state: connecting | online | lost}), "session" ({resumed, replaced}), "typing" ({on}), "message" (raw).
 */
import { io } from "./vendor/socket.io.esm.min.js";

const ACKNOWLEDGE_WITHIN_MS = 10_000;
const ASK_AGAIN_AFTER_MS = 2_000;

export class Connection extends EventTarget {
  #socket;
  #tokens;
  #replaced = false;
  #again = 0;

  /**
   * @param {string} server the assistant's address (http or https)
   * @param {import("./token.js").TokenKeeper} tokens
   */
  constructor(server, tokens) {
    super();
    this.#tokens = tokens;
    this.#socket = io(server, {
      autoConnect: false,
      forceNew: true,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      auth: (give) => give(tokens.token ? { token: tokens.token } : {}),
    });
    this.#listen();
  }

  get online() {
    return this.#socket.connected;
  }

  /** Connects if that has not happened yet; asked again while connecting, it tries at once. */
  open() {
    clearTimeout(this.#again);
    if (this.online) return;
    if (this.#socket.active) this.#socket.disconnect();
    this.#tell("state", { state: "connecting" });
    this.#socket.connect();
  }

  close() {
    clearTimeout(this.#again);
    this.#socket.disconnect();
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
        resolve(error ? { ok: false, error: "unconfirmed" } : { ok: answer?.ok === true, error: answer?.error });
      });
    });
  }

  #listen() {
    this.#socket.on("connect", () => this.#tell("state", { state: "online" }));
    this.#socket.on("session", (session) => this.#begin(session?.token));
    this.#socket.on("typing", (typing) => this.#tell("typing", { on: typing?.on === true }));
    this.#socket.on("bot_uttered", (message) => this.#tell("message", message));
    this.#socket.on("disconnect", (reason) => reason !== "io client disconnect" && this.#lost());
    this.#socket.on("connect_error", (error) => this.#refused(error));
  }

  #begin(token) {
    if (typeof token !== "string" || !token) return;
    const resumed = token === this.#tokens.token;
    this.#tokens.keep(token);
    this.#tell("session", { resumed, replaced: this.#replaced });
    this.#replaced = false;
  }

  /** A token that the server does not know is of no use: drop it and begin anew. */
  #refused(error) {
    if (error.message === "invalid_token" && this.#tokens.token) {
      this.#tokens.drop();
      this.#replaced = true;
      this.#socket.connect();
      return;
    }
    this.#lost();
  }

  /** The client tries again by itself, except when the server was the one to say no. */
  #lost() {
    this.#tell("typing", { on: false });
    this.#tell("state", { state: "lost" });
    if (this.#socket.active) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.open(), ASK_AGAIN_AFTER_MS);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
