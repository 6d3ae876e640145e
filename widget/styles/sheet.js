/** What comes down from the header: the menu, and sheets over the conversation (privacy, questions before something ends). */
export default `
.bar { position: relative; }
.bar-buttons { display: flex; gap: .25rem; flex: none; }
.menu { position: absolute; z-index: 2; inset-block-start: calc(100% - .25rem); inset-inline-end: .75rem; min-inline-size: 14rem; max-inline-size: calc(100% - 1.5rem); padding: .375rem; border: 1px solid var(--edge); border-radius: .875rem; background: var(--raised); color: var(--ink); box-shadow: var(--shadow); }
.menu button { display: flex; gap: .625rem; align-items: center; inline-size: 100%; min-block-size: 2.75rem; padding: .5rem .75rem; border: 0; border-radius: .5rem; background: none; text-align: start; }
.menu button:hover { background: var(--accent-soft); }
.menu :focus-visible { outline-color: var(--accent); outline-offset: -.125rem; }
.sheet { flex: 1; min-block-size: 0; display: flex; flex-direction: column; background: var(--sunken); }
.sheet-bar { display: flex; gap: .375rem; align-items: center; padding: .5rem .75rem; border-block-end: 1px solid var(--line); background: var(--surface); }
.sheet-bar:dir(rtl) .icon { transform: scaleX(-1); }
.sheet-bar h3 { font-size: 1.0625rem; line-height: 1.3; }
.sheet-body { flex: 1; min-block-size: 0; overflow: hidden auto; overscroll-behavior: contain; padding: 1.125rem; overflow-wrap: anywhere; scrollbar-width: thin; }
.sheet-body:focus-visible { outline-offset: -.1875rem; }
.panel[data-covered] :is(.banner, .scroll-frame, .composer) { display: none; }
.question { display: flex; flex-direction: column; gap: .875rem; }
.ways { display: flex; flex-direction: column; gap: .625rem; }
.question .choices { padding-block-start: .25rem; }
`;
