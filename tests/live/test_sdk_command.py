"""The SDK's own command, `python -m rasa_sdk --actions actions`, is guarded like ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from operate.children import end_group
from operate.keys import write_keys
from operate.storage import migrate_store
from settings import ROOT
from tests.live.ports import free_ports
from tests.live.waiting import eventually

pytestmark = pytest.mark.live
CALL = {"next_action": "action_menu", "tracker": {"sender_id": "x"}}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the SDK's command serves our actions."""
    write_keys(tmp_path / "keys")
    migrate_store(f"sqlite:///{tmp_path / 'consent.db'}")
    (port,) = free_ports(1)
    told = {"ASKFIRST_VAR": str(tmp_path), "ASKFIRST_DATABASE_URL": "", "SANIC_HOST": "127.0.0.1"}
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **told}, stdout=log, stderr=log, start_new_session=True
        )
    try:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: _status(f"{url}/health") == httpx.codes.OK, "the SDK's server is well", 240)
        yield url
    finally:
        end_group(server)


def _status(url: str) -> int:
    try:
        return httpx.get(url, trust_env=False).status_code
    except httpx.TransportError:
        return 0


def test_nobody_calls_an_action_without_the_shared_secret(address: str, tmp_path: Path) -> None:
    assert httpx.post(f"{address}/webhook", json=CALL, trust_env=False).status_code == 401
    assert httpx.get(f"{address}/actions", trust_env=False).status_code == 401
    secret = (tmp_path / "keys" / "actions.secret").read_text().strip()
    with_it = {"Authorization": f"Bearer {secret}", "Origin": "https://elsewhere.example"}
    listed = httpx.get(f"{address}/actions", headers=with_it, trust_env=False)
    assert {"name": "action_menu"} in listed.json()
    assert "access-control-allow-origin" not in listed.headers
