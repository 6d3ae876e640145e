"""Settings come from the environment and `.env`; every fault is named at once, and no value."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from settings import PREFIX, ROOT, Settings, SettingsInvalid, environment, model, read_settings

Read = Callable[..., Settings]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads settings where exactly these variables are set."""

    def read(**variables: str) -> Settings:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        monkeypatch.setattr(os, "environ", plain | {PREFIX + name: text for name, text in variables.items()})
        return read_settings()

    return read


@pytest.fixture
def dot_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The `.env` of another project's folder."""
    monkeypatch.setattr(model, "ROOT", tmp_path)
    monkeypatch.delenv("PYTHON_DOTENV_DISABLED", raising=False)
    return tmp_path / ".env"


def test_everything_listens_on_loopback_unless_told_otherwise(read: Read) -> None:
    settings = read()
    assert (settings.host, settings.actions_host) == ("127.0.0.1", "127.0.0.1")
    assert (settings.rasa_port, settings.actions_port, settings.portal_port) == (5005, 5055, 8000)


def test_the_store_is_sqlite_in_var_unless_told_otherwise(read: Read, tmp_path: Path) -> None:
    for nothing in ("", " "):
        settings = read(VAR=str(tmp_path), DATABASE_URL=nothing)
        assert settings.store_url == f"sqlite:///{tmp_path}/consent.db"
    assert read(DATABASE_URL="postgresql://db/x").store_url == "postgresql://db/x"


@pytest.mark.parametrize("field", ["var", "encoder", "identity_key_file"])
def test_a_relative_place_is_meant_from_the_projects_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, field: str
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(**{**IDENTITY, field: "else/where"})
    assert getattr(settings, field) == ROOT / "else" / "where"
    assert Settings(var=Path("var")).keys == ROOT / "var" / "keys"


def test_a_blank_variable_counts_as_not_set(read: Read) -> None:
    assert read(HOST="", RASA_PORT=" ", MODE="\t", ENCODER="").model_dump() == read().model_dump()


def test_all_variables_that_cannot_be_used_are_named_at_once_without_their_values(read: Read) -> None:
    wrong = {
        "RASA_PORT": "secret-port",
        "PORTAL_PORT": "70000",
        "MODE": "secret-mode",
        "SWEEP_MINUTES": "0",
        "PAGE_ORIGINS": "https://shop.example/secret-path",
        "ASSISTANT_URL": "javascript:secret(1)",
        "IDENTITY_ALGORITHM": "secret-algorithm",
        "IDENTITY_ISSUER": "https://secret.example",
    }
    with pytest.raises(SettingsInvalid) as raised:
        read(**wrong)
    told = str(raised.value)
    assert [name for name in wrong if PREFIX + name not in told] == []
    assert "secret" not in told
    assert "70000" not in told
    assert "\n" not in told
    assert raised.value.__context__ is None


def test_dot_env_is_read_and_what_is_really_set_wins(read: Read, dot_env: Path) -> None:
    dot_env.write_text("ASKFIRST_RASA_PORT=6001\nASKFIRST_HOST=127.0.0.2\n", encoding="utf-8")
    settings = read(HOST="127.0.0.3")
    assert (settings.rasa_port, settings.host) == (6001, "127.0.0.3")


def test_what_dot_env_says_of_keys_and_apps_is_heard_too(read: Read, dot_env: Path) -> None:
    dot_env.write_text("ASKFIRST_MODE=production\nASKFIRST_SLACK_TOKEN=xoxb\n", encoding="utf-8")
    read()
    assert os.environ["ASKFIRST_MODE"] == "production"
    assert environment()["ASKFIRST_SLACK_TOKEN"] == "xoxb"


def test_nothing_is_read_by_an_import() -> None:
    code = "import os; before = dict(os.environ); import settings; assert os.environ == before"
    given = {**os.environ, "ASKFIRST_RASA_PORT": "many"}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, check=False).returncode == 0


def test_settings_do_not_change(read: Read) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read().host = "0.0.0.0"


def test_production_is_spelt_out_or_refused(read: Read) -> None:
    assert (read().mode, read(MODE="production").mode) == ("development", "production")
    with pytest.raises(SettingsInvalid, match="ASKFIRST_MODE"):
        read(MODE="prod")


@pytest.mark.parametrize(("given", "days"), [("", 30), ("7", 7), ("0", 0)])
def test_conversations_are_kept_for_thirty_days_unless_told_otherwise(
    read: Read, given: str, days: int
) -> None:
    settings = read(KEEP_CONVERSATIONS_DAYS=given)
    assert settings.keep_conversations_days == days
    assert settings.keep_conversations == timedelta(days=days)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *(("KEEP_CONVERSATIONS_DAYS", days) for days in ("-1", "1.5", "a month", "²", "1000000000")),
        *(("SWEEP_MINUTES", minutes) for minutes in ("0", "-1", "often")),
        *((f"{server}_PORT", port) for server in ("RASA", "ACTIONS", "PORTAL") for port in ("0", "70000")),
        *((name, "0") for name in ("SESSIONS_PER_MINUTE", "REQUESTS_PER_MINUTE_AND_TOKEN")),
        ("ASSISTANT_URL", "chat.example.org"),
    ],
)
def test_what_cannot_be_is_refused(read: Read, name: str, given: str) -> None:
    with pytest.raises(SettingsInvalid, match=f"ASKFIRST_{name} "):
        read(**{name: given})


@pytest.mark.parametrize(
    ("given", "address", "socket"),
    [
        ({}, "http://127.0.0.1:5005", "ws://127.0.0.1:5005"),
        ({"HOST": "::1", "RASA_PORT": "6000"}, "http://[::1]:6000", "ws://[::1]:6000"),
        (
            {"ASSISTANT_URL": "https://chat.example.org/any/path"},
            "https://chat.example.org",
            "wss://chat.example.org",
        ),
        ({"ASSISTANT_URL": "http://name:secret@10.0.0.1:81"}, "http://10.0.0.1:81", "ws://10.0.0.1:81"),
    ],
    ids=str,
)
def test_the_browser_is_told_where_the_assistant_is(
    read: Read, given: dict[str, str], address: str, socket: str
) -> None:
    settings = read(**given)
    assert (settings.assistant_origin, settings.assistant_socket_origin) == (address, socket)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_listening_everywhere_wants_an_address_that_a_browser_can_use(read: Read, host: str) -> None:
    settings = read(HOST=host)
    with pytest.raises(SettingsInvalid, match="ASKFIRST_ASSISTANT_URL"):
        _ = settings.assistant_origin
    assert read(HOST=host, ASSISTANT_URL="https://chat.example.org").assistant_origin


@pytest.mark.parametrize(
    ("listed", "origins"),
    [
        ("https://shop.example", ("https://shop.example",)),
        (
            " https://shop.example/ , http://127.0.0.1:8000,",
            ("https://shop.example", "http://127.0.0.1:8000"),
        ),
    ],
)
def test_the_origins_of_other_pages_are_listed(read: Read, listed: str, origins: tuple[str, ...]) -> None:
    assert read(PAGE_ORIGINS=listed).allowed_origins == origins


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ({}, ["http://127.0.0.1:8000", "http://localhost:8000"]),
        ({"HOST": "10.0.0.5"}, ["http://127.0.0.1:8000", "http://localhost:8000", "http://10.0.0.5:8000"]),
        ({"HOST": "0.0.0.0"}, ["http://127.0.0.1:8000", "http://localhost:8000"]),
        ({"PORTAL_URL": "https://Help.bank.example:443/chat/"}, ["https://help.bank.example"]),
    ],
)
def test_the_portals_own_page_is_never_locked_out(read: Read, given: dict[str, str], own: list[str]) -> None:
    assert list(read(**given).socket_origins) == own
    others = "https://shop.example,http://localhost:8000"
    with_others = read(PAGE_ORIGINS=others, **given).socket_origins
    assert set(with_others) == {*own, *others.split(",")}
    assert len(with_others) == len(set(with_others))


@pytest.mark.parametrize("nothing", ["", " ", ",", " , "])
def test_no_origins_never_means_every_origin(read: Read, nothing: str) -> None:
    settings = read(PAGE_ORIGINS=nothing, PORTAL_PORT="8123")
    assert settings.allowed_origins == ()
    assert settings.socket_origins == ("http://127.0.0.1:8123", "http://localhost:8123")


@pytest.mark.parametrize(
    "listed", ["*", "shop.example", "https://shop.example/path", "null", "ftp://shop.example"]
)
def test_what_is_no_origin_is_refused(read: Read, listed: str) -> None:
    with pytest.raises(SettingsInvalid, match="must be an origin"):
        read(PAGE_ORIGINS=listed)


IDENTITY: dict[str, Any] = {
    "identity_algorithm": "RS256",
    "identity_key_file": "shop.pem",
    "identity_audience": "ask-first",
    "identity_issuer": "https://shop.example",
}


@pytest.mark.parametrize("left_out", IDENTITY)
def test_half_an_identity_is_refused_and_the_rest_is_named(left_out: str) -> None:
    given = {name: value for name, value in IDENTITY.items() if name != left_out}
    with pytest.raises(ValidationError, match=rf"set also ASKFIRST_{left_out.upper()}\b"):
        Settings(**given)
    assert Settings(**IDENTITY).identity_issuer == "https://shop.example"
    assert Settings().identity_algorithm is None


@pytest.mark.parametrize("algorithm", ["none", "RS512", "ES256", "rs256"])
def test_other_algorithms_are_not_taken(algorithm: str) -> None:
    with pytest.raises(ValidationError, match="identity_algorithm"):
        Settings(**{**IDENTITY, "identity_algorithm": algorithm})
