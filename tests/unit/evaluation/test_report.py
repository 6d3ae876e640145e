"""The figures in words, in their place in the page, and as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import picture, report
from evaluation.measures import Understood, by_program, measure

ANSWERS = (Understood("fees", "need", "fees", (), ("fees", "top_up"), 3.0),)
FIGURES = {
    **measure(ANSWERS, (), ANSWERS),
    "stock": measure(ANSWERS, (), ANSWERS),
    "programs": by_program(ANSWERS),
    "confusions": [{"needed": "fees", "as": "top_up", "queries": 2}],
}


def test_the_page_gets_the_figures_between_its_marks_and_keeps_the_rest() -> None:
    page = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    once = report.put_into(page, FIGURES)
    assert once.startswith("before\n")
    assert once.endswith("after\n")
    assert "old" not in once
    assert "| fees | 1 | 100.0% | 100.0% | 0.0% |" in once
    assert "| fees | top_up | 2 |" in once
    assert report.put_into(once, FIGURES) == once


def test_a_page_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="lacks the marks"):
        report.put_into("a page", FIGURES)


def test_the_picture_is_the_same_for_the_same_figures(tmp_path: Path) -> None:
    counts = {("fees", "fees"): 3, ("fees", "top_up"): 1, ("top_up", "top_up"): 2}
    for name in ("one.svg", "two.svg"):
        picture.draw(counts, ["fees", "top_up"], tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert b"<svg" in (tmp_path / "one.svg").read_bytes()
