"""
Every conversation file holds: over REST, in one more channel, and the core ones in all. The words are data.

What is said may be cut, numbered and worded for a channel; what a permission means may not.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.channels.chats.apps import APP_CHATS
from tests.channels.chats.web import RestChat, WidgetChat
from tests.channels.outcome import outcome
from tests.conversations.files import CORE, FILES, OTHER_CHANNELS, channels_of, name_of
from tests.conversations.player import Player
from tests.conversations.script import load

if TYPE_CHECKING:
    from tests.channels.providers import Providers
    from tests.live.in_process import InProcess
    from tests.live.servers import Stack

pytestmark = pytest.mark.live

Left = Callable[[Path], dict[str, Any]]
PAIRS = [
    pytest.param(
        path,
        channel,
        id=f"{name_of(path)}-{channel}",
        marks=() if channel in channels_of(path) else pytest.mark.full,
    )
    for path in FILES
    for channel in OTHER_CHANNELS
]
ON_POSTGRESQL = [
    pytest.param(path, id=name_of(path), marks=() if path in CORE else pytest.mark.full)
    for path in FILES
    if load(path).is_only_talk
]


@pytest.fixture(scope="session")
def over_rest(assistant: InProcess, providers: Providers) -> Left:
    """Holds a conversation over REST, once; what it left in the store."""
    return cache(lambda path: left_by(assistant, providers, path, "rest"))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_conversation_goes_as_written(over_rest: Left, path: Path) -> None:
    """The assistant says what the file says, and the store holds what the file says."""
    assert over_rest(path).keys() == {step.chat for step in load(path).steps}


@pytest.mark.parametrize(("path", "channel"), PAIRS)
def test_the_conversation_means_the_same_in(
    assistant: InProcess, providers: Providers, over_rest: Left, path: Path, channel: str
) -> None:
    """As written, and the same decisions, uses and receipts as over REST."""
    assert left_by(assistant, providers, path, channel) == over_rest(path)
    assert providers.refused == {}


@pytest.mark.parametrize("path", ON_POSTGRESQL)
def test_the_conversation_goes_the_same_way_on_postgresql(stack_on_postgresql: Stack, path: Path) -> None:
    """Where everything that is kept, the conversation included, lies in a PostgreSQL."""
    Player(stack_on_postgresql).play(load(path))


def left_by(assistant: InProcess, providers: Providers, path: Path, channel: str) -> dict[str, Any]:
    """What the conversation left in the store, by the names of its chats."""
    of_web = {"rest": RestChat, "widget": WidgetChat}
    new_chat = (
        partial(of_web[channel], assistant)
        if channel in of_web
        else partial(APP_CHATS[channel], assistant, providers.of(channel))
    )
    with closing(Player(assistant, new_chat)) as player:
        player.play(load(path), where=channel)
        return {name: outcome(assistant, chat.person_id) for name, chat in player.chats.items()}
