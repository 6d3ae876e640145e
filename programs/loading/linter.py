"""
Refuses purpose texts that are vague, bundled or steering, each with the words found and the reason.

The rules are data (linter.yml), so that a privacy officer can read and change them. It sees texts of the
catalogue only, never what a person wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from programs.catalogue.yaml_files import load_yaml

Kind = Literal["vague", "bundled", "steering", "vocabulary", "shape"]
MIN_PURPOSE_WORDS = 5


@dataclass(frozen=True)
class Finding:
    """
    What is wrong with a text: which kind of wrong, the words that show it, and the reason for the author.
    """

    kind: Kind
    words: str
    reason: str


def lint_purpose(text: str) -> tuple[Finding, ...]:
    """
    All findings in a purpose text (the part after "to …"). Empty: the text is fair as far as rules can tell.
    """
    return (*_shape(text), *_match(text, "purpose_only"), *lint_words(text))


def lint_words(text: str) -> tuple[Finding, ...]:
    """Findings in any text that is shown around a permission: steering, and words outside our vocabulary."""
    return _match(text, "everywhere")


def lint_pressure(text: str) -> tuple[Finding, ...]:
    """Findings of steering in help itself, which may well speak of a payment that was declined."""
    return tuple(finding for finding in lint_words(text) if finding.kind == "steering")


def _match(text: str, group: str) -> tuple[Finding, ...]:
    plain = text.replace("’", "'")
    return tuple(
        Finding(kind, found.group().strip(), reason)
        for kind, reason, pattern in _rules(group)
        if (found := pattern.search(plain))
    )


def _shape(text: str) -> tuple[Finding, ...]:
    reasons = _data()["shape"]
    found = []
    if len(text.split()) < MIN_PURPOSE_WORDS:
        found.append(Finding("shape", text, reasons["too_short"]))
    if text.lower().startswith("to "):
        found.append(Finding("shape", text[:2], reasons["begins_with_to"]))
    if shouted := re.search(r"\b[A-Z]{4,}\b", text):
        found.append(Finding("shape", shouted.group(), reasons["shouts"]))
    return tuple(found)


@cache
def _rules(group: str) -> tuple[tuple[Kind, str, re.Pattern[str]], ...]:
    """One pattern a line of the file, so that each finding shows the words that it is about."""
    return tuple(
        (cast(Kind, kind), rule["reason"], re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE))
        for kind, rule in _data()[group].items()
        for pattern in rule["patterns"]
    )


@cache
def _data() -> Any:
    return load_yaml(Path(__file__).parents[1] / "linter.yml")
