"""The action server does not start in production with what `make setup` made for trying things out."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.bootstrap import services
from consent_store import KeyRefused
from consent_store.sharing import close_shared
from operate.keys import write_keys
from sealing.keys import DevelopmentKey
from settings import SettingsInvalid
from tests.unit.consent_store.kit import empty_database


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", "")
    empty_database(tmp_path / "consent.db")
    return tmp_path


def start() -> None:
    """As `python -m actions` does, without remembering what came of it."""
    services.__wrapped__()
    close_shared()


def test_development_keys_are_refused_with_what_to_do(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_keys(var / "keys")
    start()
    monkeypatch.setenv("ASKFIRST_MODE", "production")
    with pytest.raises(KeyRefused, match=r"master\.key is a development key.*operate keys --production"):
        start()


def test_a_single_development_key_among_others_is_refused(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKFIRST_MODE", "production")
    write_keys(var / "keys", production=True)
    start()
    (var / "keys" / "person.key").unlink()
    write_keys(var / "keys")
    with pytest.raises(DevelopmentKey, match=r"person\.key"):
        start()


def test_a_misspelt_mode_is_refused(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_keys(var / "keys")
    monkeypatch.setenv("ASKFIRST_MODE", "produktion")
    with pytest.raises(SettingsInvalid, match="ASKFIRST_MODE"):
        start()
