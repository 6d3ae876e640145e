"""
The names of items, purposes and programs in words. What the catalogue no longer knows is called by its key.
"""

from __future__ import annotations

from collections.abc import Mapping

from programs.catalogue.catalogue import Catalogue
from programs.notices import LINK_ITEM, LINK_PURPOSE


class Names:
    """The catalogue's words; without a catalogue every name is its key."""

    def __init__(self, catalogue: Catalogue | None, language: str = "en") -> None:
        self._items = catalogue.items if catalogue else {}
        self._programs = catalogue.programs if catalogue else {}
        notices = catalogue.notices.get(language) if catalogue else None
        self._link = notices.link if notices else None

    def item(self, key: str) -> str:
        """What an item is called; also a linked identity."""
        if key == LINK_ITEM and self._link:
            return self._link.item
        return self._items[key].name if key in self._items else key

    def purpose(self, key: str) -> str:
        """What an item is for: helping, being remembered for the next time, or linking."""
        if key == LINK_PURPOSE and self._link:
            return self._link.purpose
        program = self._programs.get(self.program_id(key))
        if program is None:
            return key
        return program.remember_purpose if key == program.remember_purpose_key else program.purpose

    @staticmethod
    def program_id(purpose: str) -> str:
        """The program that a purpose belongs to."""
        return purpose.removesuffix(".remember")

    def program(self, key: str) -> str:
        """What the help program is called."""
        return self._programs[key].name if key in self._programs else key

    def spoken(self) -> Mapping[str, str]:
        """All words by item, purpose and program id; a program and its purpose have the same id."""
        named = {key: item.name for key, item in self._items.items()}
        for program in self._programs.values():
            named[program.purpose_key] = program.purpose
            named[program.remember_purpose_key] = program.remember_purpose
        return named
