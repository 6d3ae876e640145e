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


@pytest.mark.parametrize(
    ("listed", "origins"),
    [
        ("", ()),
        ("https://shop.example", ("https://shop.example",)),
        (
            " https://shop.example/ , http://127.0.0.1:8000,",
            ("https://shop.example", "http://127.0.0.1:8000"),
        ),
    ],
)
def test_the_origins_of_other_pages_are_listed(listed: str, origins: tuple[str, ...]) -> None:
    assert PortalSettings(page_origins=listed).allowed_origins == origins


@pytest.mark.parametrize(
    "listed", ["*", "shop.example", "https://shop.example/path", "null", "ftp://shop.example"]
)
def test_what_is_no_origin_is_refused(listed: str) -> None:
    with pytest.raises(ValidationError, match="origin"):
        PortalSettings(page_origins=listed)


IDENTITY = {
    "identity_algorithm": "RS256",
    "identity_key_file": "shop.pem",
    "identity_audience": "ask-first",
    "identity_issuer": "https://shop.example",
}


@pytest.mark.parametrize("left_out", IDENTITY)
def test_half_an_identity_is_refused_and_the_rest_is_named(left_out: str) -> None:
    given = {name: value for name, value in IDENTITY.items() if name != left_out}
    with pytest.raises(ValidationError, match=f"ASKFIRST_{left_out.upper()}"):
        PortalSettings(**given)
    assert PortalSettings(**IDENTITY).identity_issuer == "https://shop.example"
    assert PortalSettings().identity_algorithm is None


@pytest.mark.parametrize("algorithm", ["none", "RS512", "ES256", "rs256"])
def test_other_algorithms_are_not_taken(algorithm: str) -> None:
    with pytest.raises(ValidationError):
        PortalSettings(**{**IDENTITY, "identity_algorithm": algorithm})
