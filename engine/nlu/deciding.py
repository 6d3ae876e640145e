"""
From the classifier's ranking to what the assistant works with: one need, two close needs, another intent, or
nothing.

Pure. It must never prefer a need because it would be convenient: what is weak is out of scope, what is close
is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NEED_PREFIX = "need_"  # need_<program id>, see data/nlu/
DERIVED = "need_unclear"  # ours, not a program's

Intent = Mapping[str, Any]


@dataclass(frozen=True)
class Thresholds:
    """
    Probabilities from 0 to 1, set in config.yml and explained there.

    need: least probability of a need. gap: least distance between the two nearest needs.
    generic: least probability of any other intent; `of` says otherwise for single intents.
    """

    need: float
    gap: float
    generic: float
    of: Mapping[str, float] = field(default_factory=dict)


def decide(ranking: Sequence[Intent], thresholds: Thresholds) -> dict[str, Any]:
    """
    The intent for a ranking of {name, confidence} (any order, the whole of it).

    Returns {"name": "need", "confidence", "program"}, {"name": "need_unclear", "confidence", "candidates"},
    {"name": "out_of_scope", "confidence"}, or the best other intent as it is.
    """
    needs = _strongest_first(each for each in ranking if _is_need(each))
    others = _strongest_first(each for each in ranking if not _is_need(each))
    together = sum(each["confidence"] for each in needs)
    if others and others[0]["confidence"] >= together:
        return _other(others[0], thresholds)
    return _need(needs, together, thresholds)


def _need(needs: Sequence[Intent], together: float, thresholds: Thresholds) -> dict[str, Any]:
    """One need, or the two nearest if they are close: both must be likely together, or none is meant."""
    if not needs or together < thresholds.need:
        return {"name": "out_of_scope", "confidence": 1.0 - together}
    first, second = needs[0], needs[1] if len(needs) > 1 else {"confidence": 0.0}
    if first["confidence"] - second["confidence"] < thresholds.gap:
        return {
            "name": "need_unclear",
            "confidence": together,
            "candidates": [_program(each) for each in needs[:2]],
        }
    if first["confidence"] < thresholds.need:
        return {"name": "out_of_scope", "confidence": 1.0 - together}
    return {"name": "need", "confidence": first["confidence"], "program": _program(first)}


def _other(best: Intent, thresholds: Thresholds) -> dict[str, Any]:
    if best["confidence"] < thresholds.of.get(best["name"], thresholds.generic):
        return {"name": "out_of_scope", "confidence": 1.0 - best["confidence"]}
    return dict(best)


def _is_need(intent: Intent) -> bool:
    return intent["name"].startswith(NEED_PREFIX) and intent["name"] != DERIVED


def _program(need: Intent) -> str:
    return str(need["name"][len(NEED_PREFIX) :])


def _strongest_first(intents: Any) -> list[Intent]:
    return sorted(intents, key=lambda each: (-each["confidence"], each["name"]))
