/**
 * Draws a checked chart: a line, or bars beside their names. What it shows can also be heard, and read as a table.
 * It must never show a figure that the table does not have.
 */
import { h, s } from "./dom.js";

const WIDTH = 300;
const HEIGHT = 110;
const TOP = 6;

/** @param {{kind, title, text, points}} chart */
export function chartFigure(chart, texts) {
  const drawing = chart.kind === "line" ? line(chart.points) : bars(chart.points);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, chart.title),
    h("div", { class: `drawing ${chart.kind}`, role: "img", "aria-label": chart.text }, ...drawing),
    h("details", {}, h("summary", {}, texts.chart.table), table(chart)),
  );
}

function line(points) {
  const most = Math.max(...points.map(({ value }) => value));
  const start = points[0].at;
  const places = points.map(({ value, at }) => [
    ((at - start) * WIDTH) / (points.at(-1).at - start),
    TOP + (1 - value / most) * (HEIGHT - TOP),
  ]);
  const path = `M${places.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
  const [first, last] = [points[0], points.at(-1)];
  return [
    h("span", { class: "mark" }, first.shown),
    s(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none" },
      s("path", { class: "area", d: `${path}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z` }),
      s("path", { class: "stroke", d: path }),
      s("path", { class: "axis", d: `M0 ${HEIGHT}H${WIDTH}` }),
    ),
    h("span", { class: "ends" }, h("span", {}, first.label), h("span", {}, last.label)),
  ];
}

function bars(points) {
  const most = Math.max(100, ...points.map(({ value }) => value));
  return points.map(({ label, shown, value }) =>
    h(
      "div",
      { class: "bar-row" },
      h("span", { class: "name" }, label),
      h("span", { class: "shown" }, shown),
      s(
        "svg",
        { viewBox: "0 0 100 8", preserveAspectRatio: "none" },
        s("rect", { class: "room", width: 100, height: 8 }),
        s("rect", { class: "filled", width: ((value * 100) / most).toFixed(2), height: 8 }),
      ),
    ),
  );
}

function table({ points, title }) {
  const row = ({ label, shown }) => h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, shown));
  return h("table", {}, h("caption", { class: "spoken" }, title), h("tbody", {}, ...points.map(row)));
}
