"""
Starts the real servers, lets two people tell everything they have, and ends the servers as `kill -9` does.

`python -m tests.privacy.run VAR MODEL [--control] [--brief]`: all that is written lies below VAR afterwards,
as a crash would leave it. With --control Rasa keeps and logs in plain, so that the scanner has something to
find; with --brief all servers are well all the time.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from unittest import mock

from operate.children import signal_group
from operate.keys import private_folder
from operate.services import commands
from tests.live import servers
from tests.live.servers import APART, Stack, running_stack
from tests.privacy.chats import RestChat, widget
from tests.privacy.mistakes import make_mistakes
from tests.privacy.talk import tell_everything, tell_while_broken
from tests.privacy.words import REST, STRAY, WIDGET

LOUDEST = {
    "LOG_LEVEL": "DEBUG",
    "LOG_LEVEL_LIBRARIES": "DEBUG",
    "LOG_LEVEL_MATPLOTLIB": "DEBUG",
    "LOG_LEVEL_RABBITMQ": "DEBUG",
    "LOG_LEVEL_KAFKA": "DEBUG",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONWARNINGS": "default",
}
DATABASE = "ASKFIRST_TEST_DATABASE"
"""The address of a migrated consent store to use in place of a file below VAR."""

LAUNCHER = "-m engine"
ENDPOINTS = "--endpoints endpoints.yml"


def main(arguments: list[str]) -> None:
    """Play it all. Raises AssertionError when an answer is not as it should be."""
    given = _read(arguments)
    places = {"HOME": given.var / "home", "TMPDIR": given.var / "tmp"}
    private_folder(given.var)
    for place in places.values():
        private_folder(place)
    environ = {**LOUDEST, **{name: str(place) for name, place in places.items()}}
    if DATABASE in os.environ:
        environ["ASKFIRST_DATABASE_URL"] = os.environ[DATABASE]
    with (
        mock.patch.object(servers, "commands", return_value=loudest(commands(), control=given.control)),
        running_stack(given.var, model=given.model, environ=environ, names=APART) as stack,
    ):
        talk(stack, brief=given.brief)
        stop_at_once(stack)


def talk(stack: Stack, *, brief: bool) -> None:
    """Two people, one on each channel; then outages, and requests that are refused."""
    rest = RestChat(stack, REST.sender, REST.metadata)
    tell_everything(rest, REST)
    with widget(stack, WIDGET.metadata) as chat:
        tell_everything(chat, WIDGET)
        if not brief:
            tell_while_broken(stack, (rest, REST), (chat, WIDGET))
    for mistake in () if brief else make_mistakes(stack, STRAY):
        assert STRAY not in mistake.answer.lower(), mistake
        assert mistake.status < 500 or mistake.sent.startswith("actions"), mistake


def stop_at_once(stack: Stack) -> None:
    """As in a crash: what lies on the disk then is what somebody would find."""
    for server in stack.servers.values():
        signal_group(server.pid, signal.SIGKILL)
    for server in stack.servers.values():
        server.kill()


def loudest(lines: dict[str, str], *, control: bool) -> dict[str, str]:
    """The servers' commands at the lowest log level; in the control with what we put around Rasa left out."""
    rasa = f"{lines['rasa']} --debug"
    if control:
        folder = Path(__file__).parent
        for ours, stock in (
            (LAUNCHER, str(folder / "loud.py")),
            (ENDPOINTS, f"--endpoints {folder}/stock.yml"),
        ):
            assert ours in rasa
            rasa = rasa.replace(ours, stock)
    return {**lines, "rasa": rasa}


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("var", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--brief", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
