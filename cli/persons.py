"""
Whom a command is about: a pseudonymous id, or the id that the person has in a channel, hashed on entry.

A channel's id must never be printed, logged or put into an error. Ids that may mean several people mean none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from cli.bootstrap import opened
from cli.errors import (
    ChannelIdUnreadable,
    IdMalformed,
    NobodyNamed,
    PersonAmbiguous,
    PersonUnknown,
    TokenNotIssued,
)
from consent_store import ConsentStore
from sealing.keys import read_key
from sealing.person import pseudonym
from sealing.token import conversation_key
from settings import Settings, read_settings

Channel = Literal["rest", "widget", "telegram", "slack", "messenger", "whatsapp", "sms"]
PARTS = {"slack": 2, "messenger": 2}
"""Of how many parts an id is made, where it is not one: team and user, page and person."""

PersonId = Annotated[
    str,
    typer.Argument(metavar="PERSON", help="Pseudonymous id, or at least 8 characters of its beginning."),
]
InChannel = Annotated[Channel | None, typer.Option("--channel", help="The channel that --id belongs to.")]
ChannelId = Annotated[
    str,
    typer.Option(
        "--id",
        metavar="TEXT|-",
        help="REST: the sender; widget: the token; Telegram: the user's number; Slack: TEAM/USER; Messenger: "
        "PAGE/PERSON; WhatsApp, SMS: the number with +. - reads it from standard input.",
    ),
]

_PSEUDONYM = re.compile(r"[0-9a-f]{8,32}")


@dataclass(frozen=True)
class Naming:
    """How a command names its person."""

    person: str
    channel: Channel | None
    channel_id: str

    def __repr__(self) -> str:
        """Says nothing: it may hold a channel's id."""
        return "Naming(…)"


@contextmanager
def about(naming: Naming) -> Iterator[tuple[ConsentStore, str]]:
    """
    The open store and the pseudonymous id of the one person who is meant and whom the store knows.

    Raises NobodyNamed, IdMalformed, ChannelIdUnreadable, TokenNotIssued, PersonUnknown, PersonAmbiguous;
    `sealing.keys.SealingError` for a channel's id when its key is not at hand; and what `opened` raises.
    """
    settings = read_settings()
    beginning = _beginning(settings, naming)
    with opened(settings) as store:
        match = store.find_person(beginning)
        if match.count > 1:
            raise PersonAmbiguous(match.count)
        if match.person_id is None:
            raise PersonUnknown
        yield store, match.person_id


def _beginning(settings: Settings, naming: Naming) -> str:
    """The pseudonymous id or its beginning, before anything is opened."""
    by_channel = naming.channel is not None and bool(naming.channel_id)
    halfway = (naming.channel is not None) != bool(naming.channel_id)
    if halfway or by_channel == bool(naming.person):
        raise NobodyNamed
    if naming.channel is not None:
        return _hashed(settings, naming.channel, _entered(naming.channel_id))
    if not _PSEUDONYM.fullmatch(naming.person):
        raise IdMalformed
    return naming.person


def _entered(channel_id: str) -> str:
    """The id itself, or the one line of standard input."""
    if channel_id != "-":
        return channel_id
    line, _, rest = sys.stdin.read().partition("\n")
    line = line.removesuffix("\r")
    if rest.strip() or not line:
        raise ChannelIdUnreadable
    return line


def _hashed(settings: Settings, channel: Channel, channel_id: str) -> str:
    """As the engine and the action server do it: the conversation's id first, then the person's."""
    person_key = read_key(settings.keys / "person.key")
    if channel == "widget":
        conversation = conversation_key(read_key(settings.keys / "widget_token.key"), channel_id)
    else:
        conversation = pseudonym(person_key, channel, *_parts(channel, channel_id))
    if conversation is None:
        raise TokenNotIssued
    return pseudonym(person_key, "person", conversation)


def _parts(channel: Channel, channel_id: str) -> list[str]:
    """The id as the engine has it. Raises ChannelIdUnreadable if a part is missing."""
    parts = channel_id.split("/") if channel in PARTS else [channel_id]
    if len(parts) != PARTS.get(channel, 1) or not all(parts):
        raise ChannelIdUnreadable
    return parts
