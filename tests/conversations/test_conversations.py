"""Every conversation file holds against the real servers. One file a behaviour; the words are data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conversations.player import Player
from tests.conversations.script import load

if TYPE_CHECKING:
    from tests.live.servers import Stack

pytestmark = pytest.mark.live
FILES = sorted(Path(__file__).parent.glob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(request: pytest.FixtureRequest, path: Path) -> None:
    """The assistant says what the file says, and the store holds what the file says."""
    script = load(path)
    stack: Stack = request.getfixturevalue("own_stack" if script.alone else "stack")
    Player(stack).play(script)
