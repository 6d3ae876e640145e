"""The help catalogue once it is loaded and found sound: read-only, shared by everybody, without any value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from programs.catalogue.errors import UnknownProgram
from programs.catalogue.items import Item
from programs.catalogue.model import Program
from programs.catalogue.wording import Controller, NoticeWording


@dataclass(frozen=True)
class Catalogue:
    """All programs and items by id, the notice wording by language, and who is responsible."""

    programs: Mapping[str, Program]
    items: Mapping[str, Item]
    notices: Mapping[str, NoticeWording]
    controller: Controller

    def program(self, program_id: str) -> Program:
        """The program of this id. Raises UnknownProgram."""
        try:
            return self.programs[program_id]
        except KeyError:
            raise UnknownProgram(program_id) from None

    def items_of(self, program_id: str) -> tuple[Item, ...]:
        """The items of a program, in the order of what they add."""
        return tuple(self.items[item] for item in self.program(program_id).item_ids)
