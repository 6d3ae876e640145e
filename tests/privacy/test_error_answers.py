"""No server repeats anything of a request that it refuses, neither in its answer nor in its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.privacy.mistakes import make_mistakes
from tests.privacy.scanner import Scanner

if TYPE_CHECKING:
    from tests.live.servers import Stack

pytestmark = pytest.mark.live
WORD = "pangolinesque"


def test_no_server_repeats_what_it_refuses(stack_apart: Stack) -> None:
    scanner = Scanner([WORD])
    mistakes = list(make_mistakes(stack_apart, WORD))
    assert [each for each in mistakes if scanner.in_bytes("", each.answer.encode())] == []
    assert {400, 401, 404, 405, 413, 500} <= {each.status for each in mistakes}
    for name, server in stack_apart.servers.items():
        assert not scanner.in_bytes(name, server.text().encode())
