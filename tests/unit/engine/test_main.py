"""What the launcher does before it hands over to Rasa."""

import os
import stat
from pathlib import Path

import pytest

from engine import __main__ as launcher
from engine.channels.slack.channel import SlackInput
from sealing.keys import KeyMissing
from settings import read_settings


@pytest.fixture(autouse=True)
def kept_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The launcher writes the environment; put it back after each test."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


def test_a_server_gets_the_secret_of_the_action_server(var_folder: Path) -> None:
    launcher.prepare_environment(serving=True)
    assert os.environ["ASKFIRST_ACTIONS_SECRET"] == (read_settings().keys / "actions.secret").read_text()
    assert os.environ["ASKFIRST_ACTIONS_PORT"] == "5055"
    assert os.environ["ASKFIRST_ACTIONS_HOST"] == "127.0.0.1"


@pytest.mark.parametrize("name", [*launcher.SERVER_KEYS, "master.key"])
def test_no_server_starts_without_each_of_its_keys(var_folder: Path, name: str) -> None:
    (read_settings().keys / name).unlink()
    with pytest.raises(KeyMissing, match=name):
        launcher.prepare_environment(serving=True)


def test_only_a_separate_action_server_needs_its_secret(var_folder: Path) -> None:
    (read_settings().keys / "actions.secret").unlink()
    launcher.prepare_environment(serving=True)
    assert os.environ["ASKFIRST_ACTIONS_SECRET"] == launcher.NO_SECRET


def test_who_keeps_no_conversations_needs_no_master_key(
    var_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", "0")
    (read_settings().keys / "master.key").unlink()
    launcher.prepare_environment(serving=True)


def test_a_time_that_cannot_be_is_one_clear_sentence(
    var_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", "a month")
    assert launcher.main(["run"]) == 1
    told = capsys.readouterr().err
    assert "ASKFIRST_KEEP_CONVERSATIONS_DAYS (Input should be" in told
    assert told.count("\n") == 1


def test_training_needs_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    launcher.prepare_environment(serving=False)
    assert os.environ["ASKFIRST_ACTIONS_SECRET"] == launcher.NO_SECRET


def test_a_missing_key_is_one_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    assert launcher.main(["run"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert launcher.SERVER_KEYS[0] in told
    assert "make setup" in told


def test_files_are_private_and_telemetry_is_off(var_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "start_rasa", lambda: None)
    before = os.umask(0o022)
    try:
        assert launcher.main(["train"]) == 0
        made = var_folder / "made"
        made.touch()
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"


def test_a_channel_that_lacks_something_keeps_the_server_from_starting_and_says_what(
    var_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def make_channels() -> None:
        SlackInput.from_credentials(None)  # as Rasa does it from credentials.yml

    monkeypatch.setenv("ASKFIRST_SLACK_TOKEN", "xoxb-secret-token")
    monkeypatch.setattr(launcher, "start_rasa", make_channels)
    assert launcher.main(["run"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The channel slack cannot start: ASKFIRST_SLACK_SIGNING_SECRET is missing.")
    assert "xoxb-secret-token" not in told
    assert told.count("\n") == 1
