"""What the engine's tests share. Importing the engine puts its stand-ins in place before Rasa."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

import engine  # noqa: F401

LONGEST_TEST_SECONDS = 30


@pytest.fixture
def run_async() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine to its end, in a loop of its own."""

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run(asyncio.wait_for(coroutine, LONGEST_TEST_SECONDS))

    return run


@pytest.fixture
def var_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a key of each kind, named by ASKFIRST_VAR."""
    keys = tmp_path / "var" / "keys"
    keys.mkdir(parents=True)
    names = ("buttons.key", "person.key", "widget_token.key", "rest.secret", "actions.secret", "master.key")
    for number, name in enumerate(names):
        (keys / name).write_bytes(base64.urlsafe_b64encode(bytes([number]) * 32))
        (keys / name).chmod(0o600)
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path / "var"))
    return tmp_path / "var"
