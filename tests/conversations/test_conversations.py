"""
Every conversation file holds against the real servers: one file a behaviour here, one a program in its
folder. The words are data.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.player import Player
from tests.conversations.script import load

pytestmark = pytest.mark.live
HERE = Path(__file__).parent
OF_PROGRAMS = sorted((HERE.parents[1] / "programs").glob("*/conversation.yml"))
FILES = [*sorted(HERE.glob("*.yml")), *OF_PROGRAMS]
"""Those here are played on SQLite too, in every channel: tests/channels/test_conversations.py."""


def _name(path: Path) -> str:
    return path.parent.name if path in OF_PROGRAMS else path.stem


@pytest.mark.parametrize("path", OF_PROGRAMS, ids=_name)
def test_the_conversation_goes_as_written(request: pytest.FixtureRequest, path: Path) -> None:
    """The assistant says what the file says, and the store holds what the file says."""
    script = load(path)
    assert not script.alone
    Player(request.getfixturevalue("stack")).play(script)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_conversation_goes_the_same_way_on_postgresql(request: pytest.FixtureRequest, path: Path) -> None:
    """Where everything that is kept, the conversation included, lies in a PostgreSQL."""
    script = load(path)
    if script.alone:
        pytest.skip("kills servers or locks a SQLite file: played on SQLite")
    Player(request.getfixturevalue("stack_on_postgresql")).play(script)
