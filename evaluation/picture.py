"""The confusion picture: which program is taken for which. The same figures make the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams["svg.hashsalt"] = "ask-first"

from matplotlib import pyplot  # noqa: E402, after the choice of how to draw

INCHES = 9


def draw(counts: Mapping[tuple[str, str], int], programs: Sequence[str], path: Path) -> None:
    """
    Draw how often each wanted program (a row) was taken for each program (a column), as shares of a row.

    counts: (wanted, first) → queries, the right ones included. path: an .svg or .png file.
    """
    shares = [_row(counts, programs, wanted) for wanted in programs]
    figure, axes = pyplot.subplots(figsize=(INCHES, INCHES), layout="constrained")
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(programs)), programs, rotation=90)
    axes.set_yticks(range(len(programs)), programs)
    axes.set_xlabel("understood as")
    axes.set_ylabel("what people needed")
    axes.set_title("What needs are taken for, in percent of the queries of a need")
    for row, values in enumerate(shares):
        for column, share in enumerate(values):
            if round(share * 100):
                colour = "white" if share > 0.5 else "black"
                axes.text(
                    column, row, str(round(share * 100)), ha="center", va="center", color=colour, size=8
                )
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    pyplot.close(figure)


def _row(counts: Mapping[tuple[str, str], int], programs: Sequence[str], wanted: str) -> list[float]:
    total = sum(counts.get((wanted, each), 0) for each in programs)
    return [counts.get((wanted, each), 0) / total if total else 0.0 for each in programs]
