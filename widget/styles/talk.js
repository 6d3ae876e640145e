/** What is said: the introduction, bubbles, delivery state, chips, what an answer is based on, typing dots. */
export default `
.intro { padding-block-end: 1rem; }
.intro h3 { margin-block-end: .25rem; font-size: 1.25rem; line-height: 1.3; }
.intro p { color: var(--muted); }
.log { display: flex; flex-direction: column; gap: .75rem; }
.message { max-inline-size: 92%; padding: .6875rem .9375rem; border-radius: var(--radius); overflow-wrap: anywhere; }
.message p { white-space: pre-line; }
.message p + p { margin-block-start: .625rem; }
.message a { color: inherit; text-underline-offset: .2em; }
.assistant { align-self: start; border: 1px solid var(--line); border-end-start-radius: .25rem; background: var(--raised); }
.said { display: flex; flex-direction: column; align-items: end; gap: .125rem; }
.person { max-inline-size: 85%; border-end-end-radius: .25rem; background: var(--bar); color: var(--on-bar); }
.delivery { display: flex; gap: .375rem; align-items: center; min-block-size: 1.25rem; color: var(--muted); font-size: .8125rem; }
.said:is([data-delivery="waiting"], [data-delivery="failed"], [data-delivery="unconfirmed"]) .delivery { color: var(--on-warm); font-weight: 600; }
.said:is([data-delivery="waiting"], [data-delivery="failed"]) .person { background: none; border: 1px dashed var(--accent); color: var(--ink); }
.remark { align-self: center; max-inline-size: 90%; color: var(--muted); font-size: .875rem; text-align: center; }

.choices { display: flex; flex-wrap: wrap; gap: .5rem; }
.intro .choices { padding-block-start: .875rem; }
.chip { min-block-size: 2.25rem; padding: .3125rem .875rem; border: 1px solid var(--accent); border-radius: 1.25rem; background: var(--surface); color: var(--accent); font-weight: 600; text-align: start; }
.small { min-block-size: 1.875rem; padding: .125rem .75rem; border-color: var(--edge); font-size: .875rem; font-weight: 500; }
.chip:hover { background: var(--accent-soft); }
[aria-disabled="true"]:is(.chip, .choice, .text-button) { border-style: dashed; background: none; }

.tailored { max-inline-size: 100%; border-color: var(--accent); border-inline-start-width: .3125rem; }
.facts { display: flex; flex-direction: column; gap: .375rem; padding-block-start: .75rem; list-style: none; }
.fact-chip { display: grid; grid-template-columns: auto 1fr; gap: .125rem .5rem; align-items: start; padding: .4375rem .625rem; border: 1px solid transparent; border-radius: .75rem; font-size: .875rem; line-height: 1.375; }
.fact-chip .icon { inline-size: 1.125rem; block-size: 1.25rem; }
.chip-name { font-weight: 600; }
.since { display: block; color: var(--muted); font-size: .8125rem; }
.since:empty { display: none; }
.fact-chip > div:last-child:not(.chip-words) { grid-column: 2; }
.fact-chip .choices { gap: .125rem .625rem; margin-inline-start: -.375rem; }
.used { background: var(--accent-soft); color: var(--ink); }
.without, .gone { border: 1px dashed var(--edge); background: none; color: var(--muted); }
.gone .chip-name { text-decoration: line-through; }
.assistant time { display: block; padding-block-start: .25rem; color: var(--muted); font-size: .75rem; text-align: end; }
.save { display: inline-flex; gap: .375rem; align-items: center; align-self: start; }

.typing { display: flex; gap: .3125rem; inline-size: fit-content; margin-block-start: .75rem; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: var(--radius); border-end-start-radius: .25rem; background: var(--raised); }
.typing i { inline-size: .4375rem; block-size: .4375rem; border-radius: 50%; background: var(--muted); animation: breathe 1.2s infinite ease-in-out; }
.typing i:nth-of-type(2) { animation-delay: .15s; }
.typing i:nth-of-type(3) { animation-delay: .3s; }
@keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
`;
