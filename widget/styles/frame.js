/** The launcher and the window: header, banner, the room for the conversation, the field. */
export default `
.launcher {
  position: fixed; z-index: 2147483000; inset-block-end: 1.25rem; inset-inline-end: 1.25rem;
  display: grid; place-items: center; inline-size: 3.75rem; block-size: 3.75rem;
  border: 2px solid transparent; border-radius: 50%; background: var(--accent); color: var(--on-accent); box-shadow: var(--shadow);
}
.launcher .icon { inline-size: 1.75rem; block-size: 1.75rem; }
.launcher:focus-visible { outline-offset: .25rem; }
.badge {
  position: absolute; inset-block-start: -.25rem; inset-inline-end: -.25rem; min-inline-size: 1.5rem; padding-inline: .375rem;
  border: 2px solid var(--surface); border-radius: 1rem; background: #b3261e; color: #fff; font-size: .8125rem; font-weight: 700; line-height: 1.25rem;
}
.panel {
  position: fixed; z-index: 2147483000; inset: auto; inset-block-end: 1.25rem; inset-inline-end: 1.25rem;
  inline-size: min(25.5rem, calc(100vw - 2.5rem)); block-size: min(44rem, calc(100dvh - 2.5rem));
  max-inline-size: none; max-block-size: none; margin: 0; padding: 0; overflow: clip;
  border: 1px solid var(--line); border-radius: 1.25rem; background: var(--surface); color: var(--ink); box-shadow: var(--shadow);
}
.panel[open] { display: flex; flex-direction: column; animation: rise .18s ease-out; }
:host([position="start"]) :is(.launcher, .panel) { inset-inline: 1.25rem auto; }
@keyframes rise { from { opacity: 0; transform: translateY(.75rem); } }

.bar { display: flex; gap: .75rem; align-items: center; justify-content: space-between; padding-block: .6875rem; padding-inline: 1.125rem .75rem; background: var(--bar); color: var(--on-bar); }
.bar :focus-visible { outline-color: var(--on-bar); }
h2 { font-size: 1.0625rem; font-weight: 700; line-height: 1.3; }
.bar p { font-size: .8125rem; line-height: 1.35; }
.titles { min-inline-size: 0; overflow-wrap: anywhere; }
.round { display: grid; place-items: center; flex: none; inline-size: 2.25rem; block-size: 2.25rem; border: 0; border-radius: 50%; background: none; }
.round:hover { background: color-mix(in srgb, currentColor 16%, transparent); }

.banner { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; padding: .5rem 1.125rem; background: var(--warm); color: var(--on-warm); font-size: .875rem; }
.banner .text-button { color: inherit; }
.banner[data-shown="no"] { padding-block: 0; }
.banner[data-shown="connecting"] { animation: later .8s step-end; }
@keyframes later { from { visibility: hidden; } }

.scroll-frame { position: relative; flex: 1; min-block-size: 0; background: var(--sunken); }
.scroll { position: relative; block-size: 100%; padding: 1.125rem; overflow: hidden auto; overflow-anchor: none; overscroll-behavior: contain; scrollbar-width: thin; }
.scroll:focus-visible { outline-offset: -.1875rem; }
.newest {
  position: absolute; inset-block-end: .625rem; inset-inline: 0; inline-size: 2.25rem; block-size: 2.25rem; margin-inline: auto;
  display: grid; place-items: center; padding: 0;
  border: 1px solid var(--edge); border-radius: 50%; background: var(--raised); box-shadow: 0 .25rem .75rem rgb(0 0 0 / .18);
}

.composer { display: grid; grid-template-columns: 1fr auto; gap: 0 .625rem; align-items: end; padding: .75rem; border-block-start: 1px solid var(--line); }
.composer .note { grid-column: 1 / -1; padding-block: 0 .375rem; }
textarea {
  inline-size: 100%; min-block-size: 2.75rem; max-block-size: 8rem; padding: .5625rem .875rem; resize: none; field-sizing: content;
  border: 1px solid var(--edge); border-radius: 1.375rem; background: var(--sunken); line-height: 1.5;
}
textarea::placeholder { color: var(--muted); opacity: 1; }
textarea:focus-visible { outline-offset: 0; }
.send { display: grid; place-items: center; inline-size: 2.75rem; block-size: 2.75rem; border: 2px solid transparent; border-radius: 50%; background: var(--accent); color: var(--on-accent); }
`;
