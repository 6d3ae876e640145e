"""
The schema of the words around a permission: who is responsible, and the wording of a request in one
language.

Frozen, extra keys forbidden, like the rest of the catalogue. No sentence is written here; sentences live in
YAML.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from programs.catalogue.model import Frozen, Identifier, Label, Phrase, Text

Sentence = Annotated[str, StringConstraints(pattern=r"^[^\n]+\.$")]
"""One line of the request, with its full stop."""


class Controller(Frozen):
    """Who is responsible for the data (GDPR, Article 13(1)(a)). `id` goes into records, the rest is shown."""

    id: Identifier
    name: Phrase
    address: str
    contact: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")]
    phone: str
    card_line: str
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    privacy_page: str
    asks_from_age_years: Annotated[int, Field(ge=13, le=21)] = 16
    """Who says they are younger is asked for nothing, and helped without (GDPR, Article 8)."""


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
