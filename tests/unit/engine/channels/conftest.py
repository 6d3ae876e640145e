"""A socket.io client beside Rasa's older libraries."""

from __future__ import annotations

import aiohttp
import pytest


@pytest.fixture(autouse=True)
def newer_aiohttp(monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket.io client (not the server) names a class that Rasa's aiohttp does not have yet."""
    monkeypatch.setattr(aiohttp, "ClientWSTimeout", lambda ws_close: ws_close, raising=False)
