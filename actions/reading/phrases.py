"""
Short answers, read word for word from lists that a conversation designer edits (`phrases.<language>.yml`).

A message counts as *yes* only if every word of it belongs to a listed yes or to a filler. Nothing is guessed:
a classifier
may recognise a no, but never a yes (`docs/adr/`, "a classifier never grants").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from actions.reading.phrase_file import PhraseFile
from actions.reading.wordings import wordings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


PICTURES = "👍👎✅✔"
"""Pictures that answer; all others are taken out."""

SLASHES = "/\\\uff0f\u2044\u2215\u2571\u29f8\uff3c"
"""A slash, and what looks like one."""


class Reading(StrEnum):
    """What a short answer means inside a question."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    WHY = "why"
    ENOUGH = "enough"
    STOP = "stop"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Phrases:
    """Phrases by meaning, each a tuple of normalised words."""

    meanings: dict[tuple[str, ...], Reading]
    fillers: frozenset[tuple[str, ...]]
    everything: frozenset[tuple[str, ...]]
    forget: frozenset[tuple[str, ...]] = frozenset()
    questions: frozenset[tuple[str, ...]] = frozenset()
    requests: frozenset[tuple[str, ...]] = frozenset()
    small_words: frozenset[str] = frozenset()
    longest: int = field(init=False, compare=False)
    """Words of the longest listed phrase."""

    def __post_init__(self) -> None:
        """Count once what bounds every reading."""
        object.__setattr__(self, "longest", max(map(len, (*self.meanings, *self.fillers)), default=0))

    def read(self, text: str) -> Reading | None:
        """
        The meaning of a short answer, or None if the message says something else.

        A question mark or two different meanings in one message make it UNCLEAR.
        """
        if any(slash in text for slash in SLASHES):  # a typed command is no answer, whatever its words
            return None
        words = normalise(text)
        if not words:
            return Reading.UNCLEAR
        found = self._segment(words)
        if found is None:
            return None
        meanings = found - {None}
        if not meanings:
            return None
        if len(meanings) > 1:
            return Reading.UNCLEAR
        meaning = meanings.pop()
        return Reading.UNCLEAR if meaning is Reading.YES and "?" in text else meaning

    def means_everything(self, text: str) -> bool:
        """Whether the message names everything ("take it all back")."""
        words = normalise(text)
        return any(
            words[i : i + len(phrase)] == phrase for phrase in self.everything for i in range(len(words))
        )

    def orders_to_forget(self, text: str) -> bool:
        """Whether the message is, word for word, an order to forget; a question mark makes it none."""
        return "?" not in text and self._without_fillers(text) in self.forget

    def is_question(self, text: str) -> bool:
        """Whether the message asks about something; "can you …" asks for it to be done."""
        words = self._without_fillers(text)
        if _begins(words, self.requests):
            return False
        return text.rstrip().endswith("?") or _begins(words, self.questions)

    def _without_fillers(self, text: str) -> tuple[str, ...]:
        return tuple(word for word in normalise(text) if (word,) not in self.fillers)

    def _segment(self, words: tuple[str, ...]) -> set[Reading | None] | None:
        """
        The meanings of the listed phrases that together make up `words`, longest phrase first; None if they
        do not. From the end backwards, so that each place is looked at once.
        """
        behind: list[frozenset[Reading | None] | None] = [None] * len(words) + [frozenset()]
        for start in reversed(range(len(words))):
            for end in range(min(len(words), start + self.longest), start, -1):
                after, phrase = behind[end], words[start:end]
                if after is not None and (phrase in self.meanings or phrase in self.fillers):
                    behind[start] = after | {self.meanings.get(phrase)}
                    break
        found = behind[0]
        return None if found is None else set(found)


def normalise(text: str) -> tuple[str, ...]:
    """
    Lower-case words without punctuation, apostrophes ("dont" is "don't") or letters stretched for effect
    (yesss).
    """
    plain = re.sub(r"['\u2019\u2018`\u00b4]", "", unicodedata.normalize("NFKC", text).casefold())
    plain = re.sub(r"(.)\1{2,}", r"\1", plain)
    return tuple(re.findall(rf"\w+|[{PICTURES}]", plain))


def _begins(words: tuple[str, ...], openers: frozenset[tuple[str, ...]]) -> bool:
    return any(words[:end] in openers for end in range(1, 5))


def load_phrases(language: str, folder: Path | None = None) -> Phrases:
    """
    The phrase lists of a language.

    Raises `ValueError` naming the phrase if one stands under two meanings, and `pydantic.ValidationError` for
    a malformed file.
    """
    path = (folder or Path(__file__).parent) / f"phrases.{language}.yml"
    lists = PhraseFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    meanings: dict[tuple[str, ...], Reading] = {}
    for reading in Reading:
        for phrase in _expanded(path, getattr(lists, reading.value, ())):
            if meanings.setdefault(normalise(phrase), reading) is not reading:
                raise ValueError(f"{path.name}: “{phrase}” stands under two meanings; keep it under one")
    small = frozenset(lists.small_words)
    return Phrases(
        meanings,
        _keys(lists.fillers),
        _keys(lists.everything),
        _keys(_expanded(path, lists.forget)),
        _keys(_expanded(path, lists.question_openers)),
        _keys(_expanded(path, lists.request_openers)),
        small,
    )


def _expanded(path: Path, phrases: Iterable[str]) -> Iterator[str]:
    """Every wording that the phrases stand for. Raises `ValueError` for brackets that do not match."""
    for phrase in phrases:
        try:
            yield from wordings(phrase)
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None


def _keys(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(normalise(phrase) for phrase in phrases)
