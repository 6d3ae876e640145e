/** Small screens, high zoom, forced colours, less motion, finger-sized targets. */
import { SMALL } from "../view/panel.js";

export default `
@media ${SMALL} {
  .panel { inset: 0; inline-size: 100vw; block-size: 100dvh; border: 0; border-radius: 0; }
  .panel::backdrop { background: var(--surface); }
  .launcher { inset-block-end: 1rem; inset-inline-end: 1rem; }
  .scroll { padding: .875rem; }
  .card { padding: .875rem; }
}
@media (max-width: 22em) { .subtitle { display: none; } .fact { grid-template-columns: 1fr; } dt { font-size: .8125rem; } }
@media (max-height: 26em) { .bar { padding-block: .375rem; } .subtitle { display: none; } .composer { padding-block: .375rem; } }
@media (pointer: coarse) { .chip, .text-button { min-block-size: 2.75rem; } .fact-chip { min-block-size: 0; } }
@media (prefers-reduced-motion: reduce) {
  .panel[open] { animation: none; }
  .typing i { animation: none; opacity: .75; }
}
@media (forced-colors: active) {
  .message, .card, .choice, .chip, .launcher, .send, .newest, .fact-chip, .banner, .menu, .decision, .danger { border: 1px solid CanvasText; }
  .choice, .launcher, .send { border: 2px solid ButtonText; }
  .stroke, .axis { stroke: CanvasText; }
  .area { fill: Canvas; }
  .room { fill: Canvas; stroke: CanvasText; vector-effect: non-scaling-stroke; }
  .filled { fill: CanvasText; }
  .dot.on { background: Highlight; forced-color-adjust: none; }
  .typing i { background: CanvasText; forced-color-adjust: none; }
  .tailored { border-inline-start-width: .3125rem; }
}
`;
