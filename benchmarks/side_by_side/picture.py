"""Draws the ratios: one bar a measure, a line where stock is. The same figures make the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, ROW, LEFT, TOP = 860, 26, 340, 58
BAR, ROOM = 16, 70
HALO = 'stroke="#ffffff" stroke-width="5" paint-order="stroke"'  # a figure stays readable on the line
OURS, SLOWER, GREY = "#1f6f8b", "#b5651d", "#555555"


def draw(rows: Sequence[tuple[str, float]], title: str) -> str:
    """Return an SVG; a row is what it is, and ours as a multiple of stock's."""
    longest = max(1.0, *(ratio for _, ratio in rows))
    unit = (WIDTH - LEFT - ROOM) / longest
    height = TOP + ROW * len(rows) + 20
    one = LEFT + unit
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"',
        f' font-family="sans-serif" font-size="13" role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
        f'<text x="{one:.1f}" y="{TOP - 10}" text-anchor="middle" fill="{GREY}">stock Rasa = 1</text>',
    ]
    parts.append(f'<path d="M{one:.1f} {TOP - 4}V{height - 12}" stroke="{GREY}" stroke-dasharray="4 3"/>')
    for number, (what, ratio) in enumerate(rows):
        parts += _row(what, ratio, TOP + ROW * number, unit)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(what: str, ratio: float, y: int, unit: float) -> list[str]:
    colour = OURS if ratio <= 1 else SLOWER
    base = y + BAR - 3
    return [
        f'<text x="{LEFT - 10}" y="{base}" text-anchor="end">{escape(what)}</text>',
        f'<rect x="{LEFT}" y="{y}" width="{ratio * unit:.1f}" height="{BAR}" fill="{colour}"/>',
        f'<text x="{LEFT + ratio * unit + 6:.1f}" y="{base}" {HALO}>{ratio:.2f}</text>',
    ]
