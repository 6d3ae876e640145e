"""
From what the classifier read to what the assistant works with: one need, two close needs, another intent, or
nothing.

Pure. It must never prefer a need because it would be convenient: what is far from everything that people say
with a need is out of scope, what is close between two is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

NEED_PREFIX = "need_"  # need_<program id>, see data/nlu/
DERIVED = "need_unclear"  # ours, not a program's

Intent = Mapping[str, Any]


class FinerNeed(NamedTuple):
    """The likeliest finer need of an intent, and its share of the intent's probability, 0 to 1."""

    finer_need: str
    share: float


@dataclass(frozen=True)
class Thresholds:
    """
    Set in config.yml and explained there.

    support: least sum of the probability of all needs together (0 to 1) and the nearness to the examples of
    needs (a cosine, -1 to 1). gap: least distance between the probabilities of the two likeliest needs.
    finer: least share that the likeliest finer need has of its program. generic: least probability of any
    other intent; `of` says otherwise for single intents.
    """

    support: float
    gap: float
    finer: float
    generic: float
    of: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """
    What there is beside the ranking.

    nearness: the mean cosine to the nearest examples of needs. finer_needs: the likeliest of each intent that
    has some. two_needs: the programs of two needs that parts of the message clearly say.
    """

    nearness: float
    finer_needs: Mapping[str, FinerNeed] = field(default_factory=dict)
    two_needs: tuple[str, str] | None = None


def decide(ranking: Sequence[Intent], evidence: Evidence, thresholds: Thresholds) -> dict[str, Any]:
    """
    The intent for a ranking of {name, confidence} (any order, the whole of it).

    Returns {"name": "need", "confidence", "program"} (and "finer_need", when one is clear; and "then", the
    program of a second need that was said as clearly),
    {"name": "need_unclear", "confidence", "candidates"}, {"name": "out_of_scope", "confidence"}, or the best
    other intent as it is.
    """
    needs = _strongest_first(each for each in ranking if is_need(each))
    others = _strongest_first(each for each in ranking if not is_need(each))
    together = sum(each["confidence"] for each in needs)
    if others and others[0]["confidence"] >= together:
        return _other(others[0], thresholds)
    if not needs or together + evidence.nearness < thresholds.support:
        return {"name": "out_of_scope", "confidence": 1.0 - together}
    if evidence.two_needs:
        first, second = evidence.two_needs
        return {"name": "need", "confidence": together, "program": first, "then": second}
    if len(needs) > 1 and needs[0]["confidence"] - needs[1]["confidence"] < thresholds.gap:
        candidates = [program_of(each) for each in needs[:2]]
        return {"name": "need_unclear", "confidence": together, "candidates": candidates}
    return _need(needs[0], evidence, thresholds)


def _need(need: Intent, evidence: Evidence, thresholds: Thresholds) -> dict[str, Any]:
    decided = {"name": "need", "confidence": need["confidence"], "program": program_of(need)}
    finer = evidence.finer_needs.get(need["name"])
    if finer is not None and finer.share >= thresholds.finer:
        decided["finer_need"] = finer.finer_need
    return decided


def _other(best: Intent, thresholds: Thresholds) -> dict[str, Any]:
    if best["confidence"] < thresholds.of.get(best["name"], thresholds.generic):
        return {"name": "out_of_scope", "confidence": 1.0 - best["confidence"]}
    return dict(best)


def is_need(intent: Intent) -> bool:
    """Whether it is a program's."""
    return intent["name"].startswith(NEED_PREFIX) and intent["name"] != DERIVED


def program_of(need: Intent) -> str:
    """The id of its program."""
    return str(need["name"][len(NEED_PREFIX) :])


def _strongest_first(intents: Any) -> list[Intent]:
    return sorted(intents, key=lambda each: (-each["confidence"], each["name"]))
