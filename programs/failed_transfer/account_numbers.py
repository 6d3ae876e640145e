"""
What an account number looks like in a country: the letters that an IBAN begins with, and how long it is.

It never sees an account number.
"""

from __future__ import annotations

from collections.abc import Mapping

from programs.catalogue.model import Facts
from programs.saying.tailoring import Figure, Help, Sentence


class Iban(Facts):
    """Characters of an IBAN by country (ISO 3166-1 alpha-2), and territories that use another country's."""

    lengths: Mapping[str, int]
    territories: Mapping[str, str]

    def letters_of(self, country: str) -> str | None:
        """The first two letters of an IBAN there, or None if accounts there have none."""
        letters = self.territories.get(country, country)
        return letters if letters in self.lengths else None


def shape(iban: Iban, country: str | None) -> Help:
    """How to see at a glance that an IBAN cannot be right; nothing if the country is not known."""
    if country is None:
        return Help(())
    letters = iban.letters_of(country)
    if letters is None:
        return Help((Sentence("no_iban_there", {"country": country}),))
    length = iban.lengths[letters]
    said = Sentence("iban_there", {"country": country, "letters": letters, "length": length})
    return Help((said,), (Figure("iban_characters", length, "character"),))
