"""Where the engine runs."""

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
