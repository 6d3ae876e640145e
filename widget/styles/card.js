/** The permission card. Both answers are one class with one look; nothing here may tell them apart. */
export default `
.card { padding: .875rem 1rem; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--raised); box-shadow: 0 .125rem .625rem rgb(10 30 40 / .07); overflow-wrap: anywhere; }
.meter { display: flex; gap: .5rem; align-items: center; color: var(--muted); font-size: .8125rem; font-weight: 600; }
.dots { display: flex; gap: .25rem; }
.dot { inline-size: 1.25rem; block-size: .3125rem; border: 1px solid var(--edge); border-radius: 1rem; }
.dot.on { border-color: var(--accent); background: var(--accent); }
.card h3 { margin-block: .25rem .375rem; font-size: 1.125rem; font-weight: 700; line-height: 1.35; text-wrap: balance; }
.fact { display: grid; grid-template-columns: 5.5rem 1fr; gap: 0 .75rem; padding-block: .25rem; font-size: .875rem; line-height: 1.4; }
.fact + .fact { border-block-start: 1px solid var(--line); }
dt { color: var(--muted); }
dd::first-letter { text-transform: uppercase; }
details { margin-block-start: .125rem; font-size: .875rem; }
summary { display: inline-block; min-block-size: 1.75rem; padding-block: .1875rem; color: var(--muted); text-decoration: underline; text-underline-offset: .2em; cursor: pointer; border-radius: .25rem; }
details p { padding-block: .25rem; white-space: pre-line; }

.answers .choices { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem; animation: arrive .4s; }
.card .choices { padding-block-start: .5rem; }
/* The second half of a double click must not land on an answer that has just appeared. */
@keyframes arrive { from, to { pointer-events: none; } }
.choice { min-block-size: 2.875rem; padding: .5rem .75rem; border: 2px solid var(--accent); border-radius: .75rem; background: var(--accent-soft); color: var(--ink); font-weight: 650; text-align: center; }
@media (hover: hover) { .choice:not([aria-disabled="true"]):hover { background: var(--surface); } }
.why { grid-column: 1 / -1; justify-self: center; min-inline-size: 4rem; margin-block-end: -.25rem; }
.card-state { display: flex; gap: .5rem; align-items: center; padding-block-start: .5rem; color: var(--muted); font-weight: 600; border-radius: .25rem; }
.card[data-status] .card-state { color: var(--ink); }
.card[data-status] { box-shadow: none; border-color: var(--line); }
/* Answered: the question and what became of it. The rest stays readable in the one text. */
.card[data-status] dl { display: none; }
.card-state + div .choices { padding-block-start: .625rem; }
`;
