"""
A conversation means the same in every channel: as written, and the same decisions, uses and receipts as over
REST.

What is said may be cut, numbered and worded for the channel; what a permission means may not.
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
from tests.conversations.files import FILES, OTHER_CHANNELS, channels_of, name_of
from tests.conversations.player import Player
from tests.conversations.script import load

if TYPE_CHECKING:
    from tests.channels.providers import Providers
    from tests.live.in_process import InProcess

pytestmark = pytest.mark.live
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


@pytest.fixture(scope="session")
def left_over_rest(assistant: InProcess, providers: Providers) -> Callable[[Path], dict[str, Any]]:
    """What a conversation leaves over REST, held once for all channels."""
    return cache(lambda path: left_by(assistant, providers, path, "rest"))


@pytest.mark.parametrize(("path", "channel"), PAIRS)
def test_the_conversation_means_the_same_as_over_rest(
    assistant: InProcess,
    providers: Providers,
    left_over_rest: Callable[[Path], dict[str, Any]],
    path: Path,
    channel: str,
) -> None:
    """As written in each, and the same in the store at the end."""
    assert left_by(assistant, providers, path, channel) == left_over_rest(path)
    assert providers.refused == {}


def left_by(assistant: InProcess, providers: Providers, path: Path, channel: str) -> dict[str, Any]:
    """What the conversation left in the store, by the names of its chats."""
    opened = {"rest": RestChat, "widget": WidgetChat}
    new_chat = (
        partial(opened[channel], assistant)
        if channel in opened
        else partial(APP_CHATS[channel], assistant, providers.of(channel))
    )
    with closing(Player(assistant, new_chat)) as player:
        player.play(load(path), where=channel)
        return {name: outcome(assistant, chat.person_id) for name, chat in player.chats.items()}
