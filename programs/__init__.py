"""
The help catalogue: WHAT help exists, which items each may use, how they are asked for and read.

It knows nothing of consent records, conversations or channels, and imports none of the packages that do.
"""

from programs.catalogue.catalogue import Catalogue
from programs.catalogue.errors import (
    CatalogueInvalid,
    Fault,
    HelpInvalid,
    NoItems,
    ProgramsError,
    UnknownItem,
    UnknownProgram,
    ValueUnusable,
)
from programs.catalogue.items import Item
from programs.catalogue.model import FinerNeed, Program, ProgramItem
from programs.catalogue.wording import Controller, NoticeWording
from programs.loading.loader import load_catalogue, read_controller
from programs.notices import LINK_ITEM, LINK_PURPOSE, Notice, link_notice, notice_for, shown_text
from programs.reading import (
    NotUnderstood,
    explain,
    looks_volunteered,
    read_value,
    says_correction,
    says_listed,
)
from programs.reading.stated_age import corrected_age, stated_age
from programs.saying.tailoring import Figure, Help, Sentence, TailoredHelp, WordedChart, help_for
from programs.saying.values import Amount, Value, answers, display, from_text, to_text

__all__ = [
    "LINK_ITEM",
    "LINK_PURPOSE",
    "Amount",
    "Catalogue",
    "CatalogueInvalid",
    "Controller",
    "Fault",
    "Figure",
    "FinerNeed",
    "Help",
    "HelpInvalid",
    "Item",
    "NoItems",
    "NotUnderstood",
    "Notice",
    "NoticeWording",
    "Program",
    "ProgramItem",
    "ProgramsError",
    "Sentence",
    "TailoredHelp",
    "UnknownItem",
    "UnknownProgram",
    "Value",
    "ValueUnusable",
    "WordedChart",
    "answers",
    "corrected_age",
    "display",
    "explain",
    "from_text",
    "help_for",
    "link_notice",
    "load_catalogue",
    "looks_volunteered",
    "notice_for",
    "read_controller",
    "read_value",
    "says_correction",
    "says_listed",
    "shown_text",
    "stated_age",
    "to_text",
]
