/** Colours, sizes and the reset. A page may set the --ask-first-* properties; every pair here has a contrast of 4.5 or more. */
export default `
:host { all: initial !important; display: contents !important; }
:host([hidden]) { display: none !important; }
.root {
  color-scheme: light dark;
  --accent: var(--ask-first-accent, light-dark(#0b5563, #7fd0dd));
  --on-accent: var(--ask-first-on-accent, light-dark(#ffffff, #06232a));
  --bar: var(--ask-first-accent, light-dark(#0b5563, #15414c));
  --on-bar: var(--ask-first-on-accent, #ffffff);
  --accent-soft: light-dark(#e6f1f2, #15323b);
  --surface: light-dark(#ffffff, #141c23);
  --sunken: light-dark(#f4f6f7, #0f161c);
  --raised: light-dark(#ffffff, #1b252d);
  --ink: light-dark(#15222b, #e9eef2);
  --muted: light-dark(#4f5d68, #a9b7c2);
  --line: light-dark(#d8dfe3, #2d3a44);
  --edge: light-dark(#768792, #7d8e9a);
  --warm: light-dark(#fff4dd, #37301d);
  --on-warm: light-dark(#5c4100, #f4dfae);
  --radius: 1rem;
  --shadow: 0 1.25rem 3rem light-dark(rgb(12 35 45 / .22), rgb(0 0 0 / .6)), 0 .125rem .5rem light-dark(rgb(12 35 45 / .12), rgb(0 0 0 / .5));
  --ask-first-unit: 1em;
  font: medium/1.5 var(--ask-first-font, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif);
  color: var(--ink);
}
:host([theme="light"]) .root { color-scheme: light; }
:host([theme="dark"]) .root { color-scheme: dark; }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, h2, h3, h4, dl, dd, ul, figure { margin: 0; padding: 0; }
/* A language that is written the other way than the page keeps its own order. */
:is(p, h2, h3, h4, dt, dd, span, strong, button, time, figcaption, summary, th, td) { unicode-bidi: plaintext; }
button, textarea { margin: 0; font: inherit; color: inherit; letter-spacing: inherit; }
button { cursor: pointer; touch-action: manipulation; }
button[aria-disabled="true"] { cursor: default; }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .125rem; }
.icon { inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.text-button { min-block-size: 1.75rem; padding: .125rem .375rem; border: 0; border-radius: .375rem; background: none; color: var(--accent); font-weight: 600; text-decoration: underline; text-underline-offset: .2em; }
.text-button:hover { background: var(--accent-soft); }
.note { padding-block-start: .375rem; color: var(--on-warm); font-size: .875rem; }
.note:empty { display: none; }
`;
