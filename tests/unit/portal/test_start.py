"""`python -m portal` starts with what it needs, or says in one sentence what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from operate.keys import write_keys
from portal import __main__ as start
from portal.bootstrap import open_services
from sealing import token
from sealing.keys import read_key
from settings import Settings
from tests.unit.consent_store.kit import empty_database
from tests.unit.portal.client import Client

Started = Callable[..., dict[str, Any]]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with keys and a database, as `make setup` leaves it."""
    write_keys(tmp_path / "keys")
    empty_database(tmp_path / "consent.db")
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Runs `main` with a server that only notes what it was given, and answers one request."""

    def run(**environment: str) -> dict[str, Any]:
        given: dict[str, Any] = {}

        def serve(app: Any, **options: Any) -> None:
            given.update(options, answer=Client(app).request("POST", "/api/session", JSON, b"{}"))

        for name, value in environment.items():
            monkeypatch.setenv(f"ASKFIRST_{name}", value)
        monkeypatch.setattr(start.uvicorn, "run", serve)
        monkeypatch.setattr(start.quiet, "install", lambda: None)
        start.main()
        return given

    return run


JSON = {"content-type": "application/json"}


def test_it_gives_tokens_that_the_assistant_takes(var: Path, started: Started) -> None:
    answer = started()["answer"].json()
    assert token.conversation_key(read_key(var / "keys" / "widget_token.key"), answer["token"])


def test_nobody_is_believed_about_where_a_request_came_from_unless_it_is_a_proxy_of_ours(
    var: Path, started: Started
) -> None:
    alone = started()
    assert (alone["proxy_headers"], alone["forwarded_allow_ips"]) == (False, None)
    behind = started(TRUSTED_PROXIES="10.0.0.7")
    assert (behind["proxy_headers"], behind["forwarded_allow_ips"]) == (True, "10.0.0.7")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("keys/widget_token.key", "widget_token.key"),
        ("keys/person.key", "person.key"),
        ("keys/ledger.key", "ledger.key"),
        ("keys/master.key", "master.key"),
        ("consent.db", "make_setup"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    var: Path, started: Started, missing: str, said: str
) -> None:
    (var / missing).unlink()
    with pytest.raises(SystemExit, match=said) as left:
        started()
    assert str(left.value).startswith("portal: ")
    assert "\n" not in str(left.value)


def test_development_keys_are_refused_in_production(var: Path, started: Started) -> None:
    with pytest.raises(SystemExit, match="development key"):
        started(MODE="production")


def test_an_identity_key_that_cannot_be_used_is_said(var: Path, started: Started) -> None:
    with pytest.raises(SystemExit, match="ASKFIRST_IDENTITY_KEY_FILE"):
        started(
            IDENTITY_ALGORITHM="RS256",
            IDENTITY_KEY_FILE=str(var / "nothing.pem"),
            IDENTITY_AUDIENCE="ask-first",
            IDENTITY_ISSUER="https://shop.example",
        )


def test_a_setting_that_is_wrong_is_said_without_its_value(var: Path, started: Started) -> None:
    with pytest.raises(SystemExit, match="ASKFIRST_PAGE_ORIGINS") as left:
        started(PAGE_ORIGINS="https://shop.example/secret-path")
    assert "secret" not in str(left.value)


def test_listening_everywhere_wants_an_address_for_browsers(var: Path, started: Started) -> None:
    with pytest.raises(SystemExit, match=r"^portal: .*ASKFIRST_ASSISTANT_URL"):
        started(HOST="0.0.0.0")


def test_the_settings_reach_the_services(var: Path, tmp_path: Path) -> None:
    secret = tmp_path / "shop.secret"
    secret.write_bytes(b"s" * 32)
    secret.chmod(0o600)
    services = open_services(
        Settings(
            var=var,
            keep_conversations_days=7,
            identity_algorithm="HS256",
            identity_key_file=secret,
            identity_audience="ask-first",
            identity_issuer="https://shop.example",
        )
    )
    services.store.close()
    assert services.conversation_days == 7
    assert services.identities is not None
    assert (services.identities.algorithm, services.identities.audience) == ("HS256", "ask-first")


def test_the_command_is_the_one_that_the_procfile_runs() -> None:
    procfile = (Path(start.__file__).parents[1] / "Procfile").read_text(encoding="utf-8")
    assert "portal: exec .venv/bin/python -m portal\n" in procfile
