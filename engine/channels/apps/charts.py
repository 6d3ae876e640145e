"""A chart in words, for apps that show none. Its numbers are worded already; must never compute one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.channels.apps.words import Words

MOST_POINTS = 6


def in_words(chart: Mapping[str, Any] | None, words: Words) -> str:
    """Title and points, a line each: of many the first, the last, and some between; "" without a chart."""
    points = (chart or {}).get("points") or ()
    if not chart or not points:
        return ""
    lines = [words.say("chart_line", label=point["label"], shown=point["shown"]) for point in _some(points)]
    return words.say("chart", title=chart["title"], lines="\n".join(lines))


def _some(points: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if len(points) <= MOST_POINTS:
        return list(points)
    last = len(points) - 1
    places = {round(number * last / (MOST_POINTS - 1)) for number in range(MOST_POINTS)}
    return [points[place] for place in sorted(places)]
