"""
One of a few choices out of what people type: key, label or synonym, the longest first, with small slips.

Two or a mere negation: none. Whoever does not know gets the choice that lists such words, if there is one.
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

from programs.catalogue.items import Item
from programs.reading.ages import number_choices
from programs.reading.plain import plain
from programs.reading.result import NotUnderstood
from programs.reading.silence import does_not_know, rather_not, without_not_knowing
from programs.reading.slips import mended
from programs.reading.words import any_of, any_pattern, words

NEAR = 0.8
MASK = "\0"


def read_choice(item: Item, text: str) -> str | NotUnderstood:
    """The key of the one choice that is named, or the reason why not."""
    said = _bare(plain(text))
    listed = _listed(item)
    if said in listed:
        return listed[said]
    if _unsure(said):
        unsure = next((key for word, key in listed.items() if _unsure(word)), None)
        return unsure or NotUnderstood("does_not_know")
    if rather_not(said):
        return NotUnderstood("rather_not")
    found, denied = _named_and_denied(plain(text), listed)
    keys = [(word, key) for word, key in found if key not in denied]
    numbers = number_choices(item, text) if not keys else set()
    if numbers:
        return numbers.pop() if len(numbers) == 1 else NotUnderstood("several")
    return _one_of(item, keys, said) or (NotUnderstood("ambiguous") if denied else _near(said, listed))


def _named_and_denied(said: str, listed: dict[str, str]) -> tuple[list[tuple[str, str]], set[str]]:
    """The listed words of a plain text with their keys, and the keys that a clause of it denies."""
    vocabulary = {part for word in listed for part in word.split()}
    found: list[tuple[str, str]] = []
    denied: set[str] = set()
    for clause in re.split(_CLAUSES, said):
        named, negated = _named(mended(_bare(clause), vocabulary), listed)
        found += named
        denied |= negated
    return found, denied


def _one_of(item: Item, keys: list[tuple[str, str]], said: str) -> str | NotUnderstood | None:
    """The one key that is named, a general word only if no other choice's own is; None if there is none."""
    general = _general(item)
    if len({key for _, key in keys}) > 1 and not re.search(_JOINED, said):
        keys = [(word, key) for word, key in keys if word not in general] or keys
    named = {key for _, key in keys}
    if len(named) > 1:
        return NotUnderstood("several")
    return named.pop() if named else None


def says_listed(item: Item, text: str) -> bool:
    """Whether a whole answer is one of the words that the item lists, so that it is no "no" and no "stop"."""
    return item.type == "choice" and _bare(plain(text)) in _listed(item)


_CLAUSES = r"[,;:()]|(?<!\w)-(?!\w)|\.(?= |$)|(?<!\w)(?:but|so|because|although)(?!\w)"
_JOINED = r"(?<!\w)(?:and|both|or|either|half|too|also|first|then)(?!\w)"
_NEGATED = any_pattern(
    [
        "no",
        "not",
        "never",
        "neither",
        "nor",
        "without",
        "except",
        r"los[te]",
        r"\w+n't",
        "dont",
        "cannot",
        "(rather than|instead of)",
    ]
)


def _bare(said: str) -> str:
    """Words only, with the apostrophes that people leave out."""
    for typed, meant in words()["yes_no"]["short_slips"].items():
        said = re.sub(any_of([typed]), meant, said)
    return " ".join(re.sub(r"[^\w']+", " ", said).split())


def _named(clause: str, listed: dict[str, str]) -> tuple[list[tuple[str, str]], set[str]]:
    """The listed words in a clause with their keys, and the keys that it denies."""
    matches = [(match, word) for word in listed for match in _pattern(word).finditer(clause)]
    found: list[str] = []
    masked = clause
    for match, word in sorted(matches, key=lambda pair: -len(pair[0][0])):
        if MASK not in masked[match.start() : match.end()]:
            masked = masked[: match.start()] + MASK * len(match[0]) + masked[match.end() :]
            found.append(word)
    if not found:
        return [], set()
    masked = without_not_knowing(re.sub(f"{MASK}+", "#", masked))
    negation = re.search(_NEGATED, masked)
    if negation and negation.start() < masked.find("#"):
        return [], {listed[word] for word in found}
    if does_not_know(masked) and not without_not_knowing(masked).strip(" #") and len(masked.split()) < 3:
        return [], set()
    return [(word, listed[word]) for word in found], set()


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    """A listed word with an ending more; "…" stands for up to four words."""
    parts = [re.escape(part.strip()) for part in word.split("…")]
    gap = r"(?: (?!and |or |but |not )[\w']+){0,4} "
    return re.compile(rf"(?<![\w'])({gap.join(parts)}(?:'s|es|s)?)(?![\w'])")


def _near(said: str, listed: dict[str, str]) -> str | NotUnderstood:
    near = {listed[word] for word in difflib.get_close_matches(said, listed, 3, NEAR)}
    if len(near) == 1 and not re.search(r"\d", said):
        return near.pop()
    return NotUnderstood("several" if near else "unreadable")


def _unsure(said: str) -> bool:
    """True if the whole phrase says that one does not know: "not sure", "well, I don't know"."""
    before = any_pattern([*words()["yes_no"]["fillers"], "i'm", "i am", "sorry", "really", "tbh"])
    after = any_pattern(
        ["sorry", "really", "yet", "which( one)?", "what( it is)?", "tbh", "which it (is|was)"]
    )
    rest = re.sub(rf"^(?:{before} ){{0,4}}|(?: {after}){{0,3}}$", "", said)
    return does_not_know(rest) and not without_not_knowing(rest).strip()


def _listed(item: Item) -> dict[str, str]:
    """Every key, label and synonym as it is compared → its choice's key."""
    found: dict[str, str] = {}
    for key, choice in item.choices.items():
        for word in (key, choice.label, *choice.synonyms, *choice.general):
            found.setdefault(_as_listed(word), key)
    return found


def _as_listed(word: str) -> str:
    """A listed word as it is compared; its "…" stays."""
    return " … ".join(_bare(plain(part)) for part in word.split("…"))


def _general(item: Item) -> frozenset[str]:
    words_ = (word for choice in item.choices.values() for word in choice.general)
    return frozenset(map(_as_listed, words_))
