/** Remembers where in the chat the person is, because moving an element takes the focus away. It must never take it from the page. */
export class Focus {
  #root;
  #at = null;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.#root = root;
    root.addEventListener("focusin", ({ target }) => (this.#at = target));
    root.addEventListener("focusout", () => queueMicrotask(() => (this.#at = root.activeElement)));
  }

  /** Does something that moves what has the focus, and gives the focus back unless something else on the page has it. */
  keep(move) {
    const free = document.activeElement === document.body;
    const at = this.#at;
    move();
    if (free) at?.focus({ preventScroll: true });
    this.#at = this.#root.activeElement;
  }

  /** The element is being taken off the page: where the person is now counts, although the browser says they are nowhere. */
  hold() {
    const at = this.#at;
    queueMicrotask(() => this.#root.host.isConnected || (this.#at = at));
  }
}
