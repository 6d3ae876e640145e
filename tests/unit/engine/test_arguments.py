"""What the launcher adds to Rasa's command line."""

import pytest

from engine.arguments import is_serving, with_defaults
from settings import ROOT


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASKFIRST_VAR", "ASKFIRST_HOST", "ASKFIRST_RASA_PORT"):
        monkeypatch.delenv(name, raising=False)


def test_a_server_listens_on_loopback_at_our_port_with_our_models() -> None:
    assert with_defaults(["run"]) == [
        *("run", "--interface", "127.0.0.1", "--port", "5005"),
        *("--model", str(ROOT / "var" / "models")),
    ]


def test_the_environment_may_say_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKFIRST_HOST", "10.0.0.1")
    monkeypatch.setenv("ASKFIRST_RASA_PORT", "6005")
    assert with_defaults(["run"])[1:5] == ["--interface", "10.0.0.1", "--port", "6005"]


@pytest.mark.parametrize("written", [["-p", "7000"], ["--port", "7000"], ["--port=7000"]])
def test_what_the_caller_wrote_wins(written: list[str]) -> None:
    added = with_defaults(["run", *written])
    assert "5005" not in added
    assert added[1 : 1 + len(written)] == written


def test_a_model_is_written_under_var() -> None:
    assert with_defaults(["train"]) == ["train", "--out", str(ROOT / "var" / "models")]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["data", "validate"], ["run", "actions"]])
def test_other_commands_stay_as_they_are(arguments: list[str]) -> None:
    assert with_defaults(arguments) == arguments


def test_only_a_server_needs_keys() -> None:
    assert is_serving(["run"])
    assert not is_serving(["train"])
    assert not is_serving([])
