"""Where the portal runs, as the environment says it."""

import pytest
from pydantic import ValidationError

from portal.settings import PortalSettings


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORTAL_PORT", "RASA_PORT", "ASSISTANT_URL"):
        monkeypatch.delenv(f"ASKFIRST_{name}", raising=False)


def test_it_listens_on_this_computer_unless_told_otherwise() -> None:
    assert PortalSettings().host == "127.0.0.1"


@pytest.mark.parametrize(
    ("environment", "address", "socket"),
    [
        ({}, "http://127.0.0.1:5005", "ws://127.0.0.1:5005"),
        ({"HOST": "::1", "RASA_PORT": "6000"}, "http://[::1]:6000", "ws://[::1]:6000"),
        (
            {"ASSISTANT_URL": "https://chat.example.org/any/path"},
            "https://chat.example.org",
            "wss://chat.example.org",
        ),
        ({"ASSISTANT_URL": "http://name:secret@10.0.0.1:81"}, "http://10.0.0.1:81", "ws://10.0.0.1:81"),
        ({"ASSISTANT_URL": ""}, "http://127.0.0.1:5005", "ws://127.0.0.1:5005"),
    ],
    ids=str,
)
def test_the_browser_is_told_where_the_assistant_is(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: str, socket: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(f"ASKFIRST_{name}", value)
    settings = PortalSettings()
    assert (settings.assistant_origin, settings.assistant_socket_origin) == (address, socket)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_listening_everywhere_wants_an_address_that_a_browser_can_use(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("ASKFIRST_HOST", host)
    with pytest.raises(ValidationError, match="ASKFIRST_ASSISTANT_URL"):
        PortalSettings()
    monkeypatch.setenv("ASKFIRST_ASSISTANT_URL", "https://chat.example.org")
    assert PortalSettings().host == host


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORTAL_PORT", "0"), ("RASA_PORT", "70000"), ("ASSISTANT_URL", "javascript:alert(1)")],
)
def test_what_cannot_be_an_address_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ASKFIRST_{name}", value)
    with pytest.raises(ValidationError):
        PortalSettings()
