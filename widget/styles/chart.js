/** A chart in an answer: thin lines, one accent, words outside the drawing so that they grow with the person's setting. */
export default `
.chart { margin: .75rem 0 0; padding: .75rem .875rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--sunken); font-size: .875rem; }
figcaption { font-weight: 650; }
.drawing { display: block; margin-block: .5rem .375rem; }
.drawing svg { display: block; inline-size: 100%; overflow: visible; }
.line svg { block-size: 6.875rem; }
.line .mark { display: flex; padding-block-end: .25rem; color: var(--muted); font-size: .8125rem; }
.line .ends { display: flex; gap: 1rem; justify-content: space-between; padding-block-start: .25rem; color: var(--muted); font-size: .8125rem; }
.line .ends span + span { text-align: end; }
.stroke { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.axis { fill: none; stroke: var(--edge); stroke-width: 1; vector-effect: non-scaling-stroke; }
.area { fill: var(--accent-soft); }
.drawing:dir(rtl) svg { transform: scaleX(-1); }
.bar-row { display: grid; grid-template-columns: 1fr auto; gap: .125rem .75rem; padding-block: .25rem; }
.bar-row svg { grid-column: 1 / -1; block-size: .5rem; }
.bar-row .shown { font-weight: 650; font-variant-numeric: tabular-nums; }
.room { fill: var(--line); }
.filled { fill: var(--accent); }
table { inline-size: 100%; border-collapse: collapse; }
th, td { padding-block: .1875rem; text-align: start; font-weight: 400; border-block-end: 1px solid var(--line); }
td { text-align: end; font-variant-numeric: tabular-nums; }
`;
