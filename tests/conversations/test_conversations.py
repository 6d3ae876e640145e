"""
Every conversation file holds over REST: one file a behaviour here, one a program in its folder. The words are
data.

In the other channels: tests/channels/test_conversations.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conversations.files import CORE, FILES, name_of
from tests.conversations.player import Player
from tests.conversations.script import load

if TYPE_CHECKING:
    from tests.live.in_process import InProcess
    from tests.live.servers import Stack

pytestmark = pytest.mark.live


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_conversation_goes_as_written(assistant: InProcess, path: Path) -> None:
    """The assistant says what the file says, and the store holds what the file says."""
    Player(assistant).play(load(path))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path in CORE else pytest.mark.full, id=name_of(path))
        for path in FILES
        if load(path).is_only_talk
    ],
)
def test_the_conversation_goes_the_same_way_on_postgresql(stack_on_postgresql: Stack, path: Path) -> None:
    """Where everything that is kept, the conversation included, lies in a PostgreSQL."""
    Player(stack_on_postgresql).play(load(path))
