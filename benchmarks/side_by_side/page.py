"""Puts the tables and the picture into docs/, between two marks of the page."""

from __future__ import annotations

from benchmarks.side_by_side.picture import draw
from benchmarks.side_by_side.report import Figures, ratios, tables
from settings import ROOT

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "side_by_side.svg"
BEGIN, END = "<!-- side by side: begin -->", "<!-- side by side: end -->"
TITLE = "Ask First as a multiple of stock Rasa: less is better"


def write(figures: Figures) -> None:
    """Replace what is between the marks, and the picture. Raises ValueError where a mark is missing."""
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.index(BEGIN) + len(BEGIN), page.index(END)
    shown = f"\n{tables(figures)}\n![{TITLE}](images/{PICTURE.name})\n"
    PICTURE.write_text(draw(ratios(figures), TITLE), encoding="utf-8")
    PAGE.write_text(page[:before] + shown + page[after:], encoding="utf-8")
