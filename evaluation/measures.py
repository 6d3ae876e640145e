"""
What the answers to queries come to. Pure; works on what was understood, never on the sentences.

Definitions: `docs/understanding.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

NEED = "need_"
HELPS, ASKS = "need", "need_unclear"


@dataclass(frozen=True)
class Understood:
    """
    What was made of one query: the outcome (an intent), the program helped with, all programs by rank.

    `program` is the one that is wanted, None for a query that no program serves.
    """

    program: str | None
    outcome: str
    helped: str | None
    asked: tuple[str, ...]
    ranked: tuple[str, ...]
    milliseconds: float = 0.0

    @property
    def taken(self) -> bool:
        """Whether it was taken for a need: helped at once, or asked which of two."""
        return self.outcome in (HELPS, ASKS)


def understood(parsed: Mapping[str, Any], program: str | None, milliseconds: float) -> Understood:
    """What Rasa's parse data says. A stock model's need_<program> is a need like any other."""
    intent = parsed["intent"]
    name = str(intent.get("name") or "")
    stock_need = name.startswith(NEED) and name != ASKS
    ranking = sorted(parsed.get("intent_ranking") or (), key=lambda each: -each["confidence"])
    names = (str(each["name"]) for each in ranking)
    return Understood(
        program=program,
        outcome=HELPS if stock_need else name,
        helped=name[len(NEED) :] if stock_need else intent.get("program"),
        asked=tuple(intent.get("candidates") or ()),
        ranked=tuple(each[len(NEED) :] for each in names if each.startswith(NEED) and each != ASKS),
        milliseconds=milliseconds,
    )


def measure(
    wanted: Sequence[Understood], unwanted: Sequence[Understood], typos: Sequence[Understood]
) -> dict[str, Any]:
    """
    All figures, as shares from 0 to 1 and milliseconds.

    wanted: queries that a program serves. unwanted: those that none serves. typos: the wanted ones, mistyped.
    """
    return {
        "top1": _share(each.ranked[:1] == (each.program,) for each in wanted),
        "top2": _share(each.program in each.ranked[:2] for each in wanted),
        "clarify_rate": _share(each.outcome == ASKS for each in wanted),
        "oos_rejected": _share(not each.taken for each in unwanted),
        "in_scope_lost": _share(not each.taken for each in wanted),
        "helped_at_once": _share(each.outcome == HELPS and each.helped == each.program for each in wanted),
        "helped_wrongly": _share(each.outcome == HELPS and each.helped != each.program for each in wanted),
        "asked_with_the_right_one": _share(
            each.outcome == ASKS and each.program in each.asked for each in wanted
        ),
        "top1_with_typos": _share(each.ranked[:1] == (each.program,) for each in typos),
        "parse_p50_ms": round(median(each.milliseconds for each in (*wanted, *unwanted)), 2),
        "queries": len(wanted),
        "out_of_scope": len(unwanted),
    }


def by_program(wanted: Sequence[Understood]) -> dict[str, dict[str, Any]]:
    """For each program: how many queries, top-1, top-2, lost."""
    return {
        program: {
            "queries": len(mine),
            "top1": _share(each.ranked[:1] == (program,) for each in mine),
            "top2": _share(program in each.ranked[:2] for each in mine),
            "lost": _share(not each.taken for each in mine),
        }
        for program in sorted({each.program for each in wanted if each.program})
        if (mine := [each for each in wanted if each.program == program])
    }


def confusions(wanted: Sequence[Understood]) -> Counter[tuple[str, str]]:
    """How often each program was taken for each other one, by rank: (wanted, first)."""
    return Counter(
        (each.program, each.ranked[0])
        for each in wanted
        if each.program and each.ranked and each.ranked[0] != each.program
    )


def _share(truths: Any) -> float:
    counted = list(truths)
    return round(sum(counted) / len(counted), 4) if counted else 0.0
