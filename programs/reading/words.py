"""The word lists for reading answers (words.yml and others), loaded once, when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from programs.catalogue.yaml_files import load_yaml

LISTS = ("words.yml", "numbers.yml", "silence.yml", "stated_ages.yml")


@cache
def words() -> Any:
    """The content of all the word lists together."""
    here = Path(__file__).parent
    return {key: value for name in LISTS for key, value in load_yaml(here / name).items()}


@cache
def country_aliases() -> dict[str, str]:
    """Country names in use that Babel does not know, lower case → ISO code."""
    return dict(load_yaml(Path(__file__).with_name("countries.yml"))["aliases"])


@cache
def places() -> Any:
    """The content of places.yml: towns and regions, adjectives, and what an adjective must stand before."""
    return load_yaml(Path(__file__).with_name("places.yml"))


@cache
def explanations() -> Any:
    """The content of explanations.yml."""
    return load_yaml(Path(__file__).with_name("explanations.yml"))


def any_of(plain_words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, as whole words."""
    ordered = sorted(plain_words, key=len, reverse=True)
    return r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)"


def any_pattern(patterns: Iterable[str]) -> str:
    """A regular expression for any of the regular expressions, as whole words."""
    return r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)"
