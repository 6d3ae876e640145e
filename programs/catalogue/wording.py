"""
The schema of the words around a permission: who is responsible, and the wording of a request in one
language.

Frozen, extra keys forbidden, like the rest of the catalogue. No sentence is written here; sentences live in
YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Annotated

from babel.dates import get_timezone
from pydantic import Field, StringConstraints, field_validator

from programs.catalogue.model import Frozen, Identifier, Label, Phrase, Text

Sentence = Annotated[str, StringConstraints(pattern=r"^[^\n]+\.$")]
"""One line of the request, with its full stop."""


PhoneNumber = Annotated[str, StringConstraints(pattern=r"^\+\d{1,3}( \d+)+$")]
"""As one dials it from anywhere, its country code apart."""


class Controller(Frozen):
    """Who is responsible for the data (GDPR, Article 13(1)(a)). `id` goes into records, the rest is shown."""

    id: Identifier
    name: Phrase
    address: str
    contact: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")]
    phone: PhoneNumber
    phone_hours: Phrase
    card_line: PhoneNumber
    card_line_hours: Phrase
    home_prefix: Annotated[str, StringConstraints(pattern=r"^\d?$")]
    """What one dials within the country in place of the country code."""
    time_zone: str
    time_zone_name: Phrase
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    privacy_page: str
    asks_from_age_years: Annotated[int, Field(ge=13, le=21)] = 16
    """Who says they are younger is asked for nothing, and helped without (GDPR, Article 8)."""

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            get_timezone(name)
        except LookupError:
            raise ValueError("no such time zone (Area/City, as in the IANA data base)") from None
        return name

    @property
    def zone(self) -> tzinfo:
        """In which a day begins and ends."""
        return get_timezone(self.time_zone)

    @property
    def contacts(self) -> Mapping[str, str]:
        """How and when to reach them, by the fields that sentences use (programs.catalogue.contacts)."""
        at_home = self.card_line.partition(" ")[2]
        return {
            "phone": self.phone,
            "phone_hours": self.phone_hours,
            "card_line": self.card_line,
            "card_line_hours": self.card_line_hours,
            "card_line_at_home": self.home_prefix + at_home if self.home_prefix else self.card_line,
            "time_zone_name": self.time_zone_name,
        }


class Retention(Frozen):
    """How long a value is kept, said in words: for this help only, or remembered for {days} days."""

    this_help: Phrase
    remembered: Phrase


class NoticeButtons(Frozen):
    """The words on the buttons of a permission request. Allow and not_now weigh the same."""

    allow: Label
    not_now: Label
    why: Label


class Carriers(Frozen):
    """
    Who carries the messages of each channel that is not ours alone, and so can read them, in words.

    Every one must be named in every language: one that is left out would be one that nobody is told of.
    """

    telegram: Phrase
    slack: Phrase
    messenger: Phrase
    whatsapp: Phrase
    sms: Phrase


class LinkWording(Frozen):
    """The parts of the request to link two chats of one person; it must say who sees what from then on."""

    item: Phrase
    purpose: Phrase
    why: Text
    retention: Phrase
    recipients: Phrase
    withdraw: Phrase
    on_no: Phrase


class NoticeWording(Frozen):
    """
    The schema of programs/notices/<language>.yml: the words of every permission request in one language.

    `version` rises with every change. `material` says whether people who allowed under the version before
    must be asked again: a change of who sees it, how long, or what for is material; a better word is not.
    """

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    version: Annotated[int, Field(ge=1)]
    material: bool
    text: Text
    text_remembered: Text
    retention: Retention
    recipients: Phrase
    withdraw: Phrase
    on_no: Phrase
    on_no_remembered: Phrase
    buttons: NoticeButtons
    carried: Sentence
    """The last line of a request in a channel with a carrier; it says {carrier}."""
    carriers: Carriers
    link: LinkWording
