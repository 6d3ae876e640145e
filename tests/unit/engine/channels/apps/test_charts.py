"""A chart in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.charts import MOST_POINTS, in_words
from tests.unit.engine.channels.apps.apps_rig import WORDS


def chart(count: int) -> dict[str, Any]:
    return {"title": "Left", "points": [{"label": f"m{n}", "shown": f"€{n}"} for n in range(count)]}


@pytest.mark.parametrize("nothing", [None, {}, {"title": "Left"}, chart(0), {"title": "x", "points": None}])
def test_no_chart_no_words(nothing: dict[str, Any] | None) -> None:
    assert in_words(nothing, WORDS) == ""


def test_title_and_points_have_a_line_each() -> None:
    assert in_words(chart(2), WORDS) == "Left\nm0: €0\nm1: €1"


@given(st.integers(1, 400))
def test_of_many_points_some_are_said_the_first_and_the_last_among_them(count: int) -> None:
    _, *lines = in_words(chart(count), WORDS).split("\n")
    assert len(lines) == min(count, MOST_POINTS)
    assert (lines[0], lines[-1]) == ("m0: €0", f"m{count - 1}: €{count - 1}")
    places = [int(line.split("€")[1]) for line in lines]
    assert places == sorted(set(places))


def test_braces_in_a_chart_are_only_braces() -> None:
    point = {"label": "{lines}", "shown": "{0}"}
    assert in_words({"title": "{title.x}", "points": [point]}, WORDS) == "{title.x}\n{lines}: {0}"
