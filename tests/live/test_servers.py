"""The three real servers run, want their secrets, listen on loopback alone, and leave nothing behind."""

import socket
import stat
import uuid
from pathlib import Path

import httpx
import pytest

from tests.live.ports import free_ports
from tests.live.server import is_alive
from tests.live.servers import NAMES, Stack, running_stack
from tests.live.waiting import eventually

pytestmark = pytest.mark.live


def _somebody() -> str:
    return uuid.uuid4().hex


def test_every_server_answers_its_health_check(stack: Stack) -> None:
    for name in NAMES:
        assert httpx.get(stack.servers[name].service.health_url, trust_env=False).status_code == 200


def test_the_assistant_answers_and_its_buttons_can_be_pressed(stack: Stack) -> None:
    sender = _somebody()
    messages = stack.say(sender, "I want to pay off a debt")
    titles = [button["title"] for message in messages for button in message.get("buttons") or ()]
    assert titles
    assert stack.press(sender, messages, titles[0])


@pytest.mark.parametrize("secret", ["", "guessed"])
def test_nobody_talks_over_rest_without_the_secret(stack: Stack, secret: str) -> None:
    answer = stack.post({"sender": _somebody(), "message": "hello"}, secret=secret)
    assert answer.status_code == 401
    assert "hello" not in answer.text


def test_servers_listen_on_loopback_alone(stack: Stack) -> None:
    for name in NAMES:
        port = stack.servers[name].service.port
        with socket.socket() as probe:  # taken on loopback only, so another address of this machine is free
            probe.bind(("127.0.0.2", port))


def test_a_separate_action_server_wants_the_secret_can_be_killed_and_comes_back(stack_apart: Stack) -> None:
    body = {"next_action": "action_menu", "tracker": {"sender_id": "x"}}
    assert httpx.post(f"{stack_apart.actions_url}/webhook", json=body, trust_env=False).status_code == 401
    before = stack_apart.servers["actions"].pid
    stack_apart.kill("actions")
    assert not is_alive(before)
    sender = _somebody()
    assert stack_apart.say(sender, "I want to pay off a debt"), "no calm answer while it is away"
    stack_apart.start("actions")
    assert stack_apart.servers["actions"].pid != before
    assert stack_apart.say(sender, "I want to pay off a debt")


def test_everything_that_the_servers_write_is_private(stack: Stack) -> None:
    stack.say(_somebody(), "hello")
    files = [path for path in stack.var.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_servers_that_are_ended_are_gone_with_their_ports(rasa_model: Path, tmp_path: Path) -> None:
    with running_stack(tmp_path / "var", model=rasa_model, names=("portal",)) as stack:
        pids = [server.pid for server in stack.servers.values()]
        ports = [server.service.port for server in stack.servers.values()]
    assert not any(map(is_alive, pids))
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_free_ports_differ_and_can_be_used() -> None:
    ports = free_ports(5)
    assert len(set(ports)) == 5
    for port in ports:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))


def test_waiting_for_something_that_never_comes_fails() -> None:
    with pytest.raises(AssertionError, match="still not so after 0 s: the end of time"):
        eventually(lambda: False, "the end of time", seconds=0.0)
