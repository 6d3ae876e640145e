"""
What can go wrong with the help catalogue. Errors carry ids and reasons; they never carry a person's value.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """
    One thing to mend: in which file (relative to the catalogue), at which field (dotted, or ""), and why.
    """

    file: str
    field: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"{place}: {self.reason}"


class ProgramsError(Exception):
    """Root of all errors of this package."""


class CatalogueInvalid(ProgramsError):
    """The catalogue has faults. `faults` holds all of them, of all files."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class UnknownProgram(ProgramsError):
    """No program of this id is in the catalogue."""


class UnknownItem(ProgramsError):
    """The item is not one of those that the program may use."""


class ValueUnusable(ProgramsError):
    """A value is not of its item's type. Names the item, never the value."""


class HelpInvalid(ProgramsError):
    """
    A help function returned a sentence that its program.yml does not have, or without a figure it needs.
    """


class NoItems(ProgramsError):
    """Help was to be computed for a program that has no items: it gives its general help."""
