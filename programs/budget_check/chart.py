"""
The shares of an income as bars: the home, what else has to be paid, and what is left or missing.

Pure. The values are the shares that the help says (shares.py), not counted anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from programs.saying.tailoring import Chart, Point, Sentence


def shares_chart(shares: Mapping[str, Decimal]) -> Chart:
    """shares: `housing`, `living` and `left` in percent of the income; `left` below nothing is missing."""
    left = shares["left"]
    last = "chart_left" if left >= 0 else "chart_missing"
    params = {**shares, "left": abs(left)}
    return Chart(
        kind="bars",
        title=Sentence("chart_title"),
        text=Sentence("chart_text" if left >= 0 else "chart_text_missing", params),
        unit="%",
        points=(
            _bar("chart_housing", shares["housing"]),
            _bar("chart_living", shares["living"]),
            _bar(last, abs(left)),
        ),
    )


def _bar(label: str, share: Decimal) -> Point:
    return Point(Sentence(label), share, Sentence("chart_share", {"share": share}))
