"""Nothing leaves the machine while people talk; and an attempt, in Python or below it, is noticed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.privacy.alone import run_alone, way_in

if TYPE_CHECKING:
    from tests.privacy.conftest import Kept

OUTSIDE = "192.0.2.1"  # RFC 5737: nobody's
CONNECT = f"import socket; socket.create_connection(('{OUTSIDE}', 443), timeout=0.2)"
RESOLVE = "import socket; socket.getaddrinfo('ask-first.invalid', 443)"
SEND = f"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('{OUTSIDE}', 53))"
CONNECT_BELOW = f"""
import asyncio, uvloop
uvloop.install()
async def reach():
    loop = asyncio.get_running_loop()
    await asyncio.wait_for(loop.create_connection(asyncio.Protocol, "{OUTSIDE}", 443), 0.5)
asyncio.run(reach())
"""
AT_HOME = """
import socket
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname()).close()
    socket.getaddrinfo("localhost", 80)
"""


@pytest.mark.live
def test_nothing_leaves_the_machine_while_people_talk(sealed: Kept) -> None:
    assert sealed.attempts == ""


@pytest.mark.parametrize("code", [CONNECT, RESOLVE, SEND])
@pytest.mark.parametrize("in_namespace", [True, False])
def test_an_attempt_is_stopped_and_noted(tmp_path: Path, code: str, in_namespace: bool) -> None:
    done, attempts = _try(tmp_path, code, in_namespace=in_namespace)
    assert done != 0
    assert OUTSIDE in attempts or "ask-first.invalid" in attempts


def test_an_attempt_that_no_hook_sees_is_noted_on_the_wire(tmp_path: Path) -> None:
    done, attempts = _try(tmp_path, CONNECT_BELOW, in_namespace=True)
    assert done != 0
    assert attempts == f"a packet to {OUTSIDE}\n"


@pytest.mark.parametrize("in_namespace", [True, False])
def test_what_stays_on_the_machine_is_no_attempt(tmp_path: Path, in_namespace: bool) -> None:
    assert _try(tmp_path, AT_HOME, in_namespace=in_namespace) == (0, "")


def test_without_a_namespace_nothing_can_connect_past_the_hooks(tmp_path: Path) -> None:
    done, _ = _try(tmp_path, "import uvloop", in_namespace=False)
    assert done != 0


def _try(folder: Path, code: str, *, in_namespace: bool) -> tuple[int, str]:
    way = way_in()
    if in_namespace and way is None:
        pytest.skip("this kernel gives us no network namespace")
    attempts = folder / "attempts"
    done = run_alone((sys.executable, "-c", code), attempts, os.environ, way=way if in_namespace else None)
    return done.returncode, attempts.read_text()
