"""
Every conversation file holds in all seven channels, and leaves the same decisions, uses and receipts in each.

What is said may be cut, numbered and worded for the channel; what a permission means may not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.channels.chats.apps import APP_CHATS
from tests.channels.chats.web import RestChat, WidgetChat
from tests.channels.outcome import outcome
from tests.conversations.player import Player
from tests.conversations.script import load
from tests.conversations.test_conversations import HERE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.channels.chats.chat import Chat
    from tests.channels.providers import Providers
    from tests.live.servers import Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]  # seven conversations, some with outages
FILES = sorted(HERE.glob("*.yml"))
EVERYWHERE = ("rest", "widget", *APP_CHATS)


def opener(stack: Stack, providers: Providers, channel: str) -> Callable[[], Chat]:
    """Opens a chat of somebody new in a channel."""
    if channel == "rest":
        return partial(RestChat, stack)
    if channel == "widget":
        return partial(WidgetChat, stack)
    return partial(APP_CHATS[channel], stack, providers.of(channel))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_means_the_same_in_every_channel(
    request: pytest.FixtureRequest, providers: Providers, path: Path
) -> None:
    """As written in each, and the same in the store at the end."""
    script = load(path)
    stack: Stack = request.getfixturevalue("own_channels" if script.alone else "channels")
    left = {}
    for channel in EVERYWHERE:
        player = Player(stack, opener(stack, providers, channel))
        try:
            player.play(script, where=channel)
            left[channel] = {name: outcome(stack, chat.person_id) for name, chat in player.chats.items()}
        finally:
            player.close()
        stack.make_whole()
    for channel in EVERYWHERE[1:]:
        assert left[channel] == left["rest"], channel
    assert providers.refused == {}
