"""Withholding texts hides no fault: why a server does not start is still in its log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.live.server import READY_SECONDS, TAKEN, Server
from tests.live.servers import NAMES

if TYPE_CHECKING:
    from tests.live.servers import Stack

pytestmark = pytest.mark.live


@pytest.mark.parametrize("name", NAMES)
def test_a_server_whose_port_is_taken_ends_and_says_so(stack: Stack, tmp_path: Path, name: str) -> None:
    first = stack.servers[name]
    second = Server(first.service, first.command, first.environ, tmp_path / "log")
    second.launch()
    try:
        assert second.process is not None
        second.process.wait(READY_SECONDS)
    finally:
        second.kill()
    assert any(sign in second.text().lower() for sign in TAKEN), second.tail()
