/** The privacy centre, in the chat and on a page of its own. */
export default `
.privacy { display: flex; flex-direction: column; gap: 1.25rem; overflow-wrap: anywhere; }
.privacy section { display: flex; flex-direction: column; gap: .625rem; }
.privacy :is(h2, h4) { line-height: 1.3; font-size: 1rem; font-weight: 700; }
.privacy .lead { color: var(--muted); }
.privacy ul { display: flex; flex-direction: column; gap: .625rem; list-style: none; }
.decision { padding: .75rem .875rem; border: 1px solid var(--line); border-radius: .875rem; background: var(--raised); }
.decision-head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; justify-content: space-between; align-items: baseline; }
.decision-head strong { font-weight: 650; }
.decision-head strong::first-letter { text-transform: uppercase; }
.status { padding: .0625rem .5rem; border: 1px solid var(--edge); border-radius: 1rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.status[data-status="given"] { border-color: var(--accent); background: var(--accent-soft); }
.decision .choices { padding-block-start: .5rem; }
.uses li { padding-block: .375rem; border-block-end: 1px solid var(--line); font-size: .875rem; }
.privacy .uses { gap: 0; }
.privacy .note { padding: 0; }
.privacy .done { color: var(--ink); font-weight: 600; }
.privacy .done:empty { position: absolute; }
.danger { padding: .875rem; border: 1px solid var(--edge); border-radius: .875rem; background: var(--surface); }
.page { max-inline-size: 44rem; padding-block: .5rem 1.5rem; }
.page.root { background: none; }
`;
