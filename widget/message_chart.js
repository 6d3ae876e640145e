/**
 * Reads a chart that came with tailored help. It must never pass on a number that cannot be drawn:
 * one bad point, and there is no chart; the text says the same.
 */

const KINDS = ["line", "bars"];
const MOST_POINTS = 60;

const text = (value) => (typeof value === "string" ? value.trim() : "");

function readPoint(raw) {
  const at = Number.isFinite(raw?.at) ? raw.at : null;
  const point = { label: text(raw?.label), shown: text(raw?.shown) || String(raw?.value), value: raw?.value, at };
  return point.label && Number.isFinite(point.value) && point.value >= 0 ? point : null;
}

/** Where the points stand along the line: as the server says, if that goes forward; else in equal steps. */
function withPlaces(points) {
  const said = points.every(({ at }, index) => at !== null && (index === 0 || at > points[index - 1].at));
  return points.map((point, index) => ({ ...point, at: said ? point.at : index }));
}

/** @returns {{kind: "line" | "bars", title: string, text: string, points: {label, shown, value, at}[]} | null} */
export function readChart(raw) {
  if (!KINDS.includes(raw?.kind) || !Array.isArray(raw.points) || raw.points.length > MOST_POINTS) return null;
  const points = raw.points.map(readPoint);
  const chart = { kind: raw.kind, title: text(raw.title), text: text(raw.text), points };
  const complete = chart.title && chart.text && points.length > 1 && points.every(Boolean);
  return complete && points.some(({ value }) => value > 0) ? { ...chart, points: withPlaces(points) } : null;
}
