"""Where the engine runs."""

from pathlib import Path

import pytest

from engine import settings


def test_only_our_own_page_may_open_the_socket_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASKFIRST_PAGE_ORIGINS", raising=False)
    monkeypatch.setenv("ASKFIRST_PORTAL_PORT", "8123")
    assert settings.page_origins() == ["http://127.0.0.1:8123", "http://localhost:8123"]


@pytest.mark.parametrize("nothing", ["", " ", ",", " , "])
def test_no_origins_never_means_every_origin(monkeypatch: pytest.MonkeyPatch, nothing: str) -> None:
    monkeypatch.setenv("ASKFIRST_PAGE_ORIGINS", nothing)
    assert settings.page_origins()


def test_named_origins_replace_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKFIRST_PAGE_ORIGINS", "https://bank.example/, https://www.bank.example")
    assert settings.page_origins() == ["https://bank.example", "https://www.bank.example"]


def test_conversations_are_kept_where_the_consent_store_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", " ")
    assert settings.database_url() == f"sqlite:///{tmp_path}/consent.db"
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", "postgresql://host/askfirst")
    assert settings.database_url() == "postgresql://host/askfirst"


@pytest.mark.parametrize(("given", "days"), [("", 30), ("7", 7), ("0", 0)])
def test_conversations_are_kept_for_thirty_days_by_default(
    monkeypatch: pytest.MonkeyPatch, given: str, days: int
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", given)
    assert settings.keep_conversations_days() == days


@pytest.mark.parametrize("given", ["-1", "1.5", "a month", "²"])
def test_days_that_cannot_be_are_refused_without_repeating_them(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", given)
    with pytest.raises(settings.SettingInvalid) as raised:
        settings.keep_conversations_days()
    assert given not in str(raised.value)
