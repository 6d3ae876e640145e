"""The figures in words: for the terminal and for docs/understanding.md. Knows no sentence of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BEGIN, END = "<!-- figures: made by make evaluate -->", "<!-- end of figures -->"
ROWS = (
    ("top1", "the right program is ranked first"),
    ("top2", "the right program is among the first two"),
    ("helped_at_once", "helped at once, with the right program"),
    ("clarify_rate", "asked which of two is meant"),
    ("asked_with_the_right_one", "… and the right one is among the two"),
    ("helped_wrongly", "helped at once, with another program"),
    ("in_scope_lost", "lost: taken for something that nobody serves, or small talk"),
    ("oos_rejected", "out of scope: not taken for a need"),
    ("top1_with_typos", "ranked first, with a typo in every third word"),
)


def table(figures: Mapping[str, Any]) -> str:
    """All figures beside those of the stock pipeline, as a Markdown table."""
    stock = figures["stock"]
    lines = ["| | Ask First | stock Rasa |", "| --- | ---: | ---: |"]
    lines += [f"| {words} | {_percent(figures[key])} | {_percent(stock[key])} |" for key, words in ROWS]
    lines.append(
        f"| median time to understand a message | {figures['parse_p50_ms']} ms | {stock['parse_p50_ms']} ms |"
    )
    return "\n".join(lines)


def programs_table(figures: Mapping[str, Any]) -> str:
    """Top-1, top-2 and what is lost, a program a line."""
    lines = ["| program | queries | first | first two | lost |", "| --- | ---: | ---: | ---: | ---: |"]
    for program, each in figures["programs"].items():
        shares = " | ".join(_percent(each[key]) for key in ("top1", "top2", "lost"))
        lines.append(f"| {program} | {each['queries']} | {shares} |")
    return "\n".join(lines)


def worst(figures: Mapping[str, Any]) -> str:
    """The confusions that happen most."""
    lines = ["| needed | understood as | queries |", "| --- | --- | ---: |"]
    lines += [f"| {each['needed']} | {each['as']} | {each['queries']} |" for each in figures["confusions"]]
    return "\n".join(lines)


def whole(figures: Mapping[str, Any]) -> str:
    """Everything, in Markdown."""
    counted = (
        f"{figures['queries']} queries that a program serves, {figures['out_of_scope']} that none serves."
    )
    return "\n\n".join((counted, table(figures), programs_table(figures), worst(figures)))


def sets(figures: Mapping[str, Any]) -> str:
    """What typed answers are read as, in Markdown; nothing for sets that were not measured."""
    if not (values := figures.get("values")):
        return ""
    lines = [
        "| typed answers | rows | right | wrong | asked again needlessly |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for kind, each in {"all": values, **values["by_kind"]}.items():
        shares = " | ".join(_percent(each[key]) for key in ("right", "wrong", "needless_ask"))
        lines.append(f"| {kind} | {each['rows']} | {shares} |")
    return "\n".join(lines)


def put_into(page: str, figures: Mapping[str, Any]) -> str:
    """The page with the figures between its two marks. Raises ValueError if it lacks them."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks the marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{whole(figures)}\n\n{END}{after}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"
