"""
A client that is not ours holds a whole conversation by docs/widget_protocol.md, and comes back to it.

It is python-socketio and nothing of the widget's. Whoever has no token of the portal's gets nothing at all.
"""

from __future__ import annotations

import queue
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import socketio
from socketio.exceptions import ConnectionError as SocketRefused

from sealing.token import issue
from tests.live.servers import Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(420)]

SECONDS = 60.0
EVENTS = ("session", "history", "user_said", "bot_uttered", "typing", "connect_error")
BALANCE = "2,400 euros"


class Client:
    """Everything that the server told, in order."""

    def __init__(self) -> None:
        self.socket = socketio.Client(reconnection=False, websocket_extra_options={"suppress_origin": True})
        self.told: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.messages: list[dict[str, Any]] = []
        for event in EVENTS:
            self.socket.on(event, lambda data, event=event: self.told.put((event, data)))

    def send(self, **message: Any) -> tuple[Any, list[dict[str, Any]]]:
        """The acknowledgement, and what the assistant says until it is silent."""
        answer = self.socket.call("user_uttered", message, timeout=SECONDS)
        return answer, self.until_silent() if answer["ok"] and not answer.get("repeated") else []

    def say(self, text: str) -> list[dict[str, Any]]:
        return self._sent(text=text)

    def press(self, title: str) -> list[dict[str, Any]]:
        offered = [button for message in self.messages for button in message["buttons"]]
        return self._sent(payload=next(b["payload"] for b in reversed(offered) if b["title"] == title))

    def _sent(self, **message: Any) -> list[dict[str, Any]]:
        id_ = uuid.uuid4().hex
        answer, said = self.send(id=id_, **message)
        assert answer == {"ok": True, "id": id_}
        return said

    def next(self, wanted: str) -> Any:
        """The next event of a kind; others before it are let go."""
        while True:
            event, data = self.told.get(timeout=SECONDS)
            if event == wanted:
                return data

    def until_silent(self) -> list[dict[str, Any]]:
        said = []
        while True:
            event, data = self.told.get(timeout=SECONDS)
            if event == "bot_uttered":
                said.append(data)
                self.messages.append(data)
            elif (event, data) == ("typing", {"on": False}):
                return said


@contextmanager
def connected(stack: Stack, token: str) -> Iterator[Client]:
    client = Client()
    try:
        client.socket.connect(
            stack.rasa_url, auth={"token": token}, transports=["websocket"], wait_timeout=SECONDS
        )
        yield client
    finally:
        client.socket.disconnect()


def new_token(stack: Stack) -> str:
    answer = httpx.post(f"{stack.portal_url}/api/session", json={}, trust_env=False)
    assert answer.status_code == httpx.codes.OK, answer.text
    assert answer.json()["assistant"] == stack.rasa_url
    return str(answer.json()["token"])


def texts(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages)


def noted(messages: list[dict[str, Any]]) -> list[str]:
    """What became of permissions, told by messages of that kind or beside any other."""
    customs = [message["custom"] or {} for message in messages]
    told = [custom if custom.get("kind") == "noted" else custom.get("noted") for custom in customs]
    return [one["status"] for one in told if one]


def test_a_plain_client_holds_a_conversation_and_comes_back_to_it(stack_to_kill: Stack) -> None:
    token = new_token(stack_to_kill)
    with connected(stack_to_kill, token) as client:
        assert client.next("session") == {"conversation": "new", "language": "en"}
        assert "highest rate" in texts(client.say("I want to get out of debt faster"))
        (card,) = [m for m in client.press("Yes, please") if (m["custom"] or {}).get("kind") == "permission"]
        before = client.messages[:]

    with connected(stack_to_kill, token) as client:
        assert client.next("session") == {"conversation": "resumed", "language": "en"}
        history = client.next("history")
        assert history["complete"] is True
        shown = [one for one in history["messages"] if one["from"] == "assistant"]
        assert [{k: v for k, v in one.items() if k != "from"} for one in shown] == before
        said = [one["text"] for one in history["messages"] if one["from"] == "person"]
        assert said == ["I want to get out of debt faster", "Yes, please"]
        assert shown[-1]["id"] == card["id"]

    stack_to_kill.kill("rasa")
    stack_to_kill.start("rasa")
    with connected(stack_to_kill, token) as client, connected(stack_to_kill, token) as tab:
        assert client.next("history") == history == tab.next("history")
        client.messages = history["messages"]
        allow = card["buttons"][0]
        answer, said = client.send(id="allow-once", payload=allow["payload"])
        assert answer == {"ok": True, "id": "allow-once"}
        assert noted(said) == ["given"], said
        assert tab.next("user_said")["text"] == allow["title"]
        assert tab.until_silent() == said
        assert client.send(id="allow-once", payload=allow["payload"])[0]["repeated"] is True

    stack_to_kill.kill("rasa")
    stack_to_kill.start("rasa")
    with connected(stack_to_kill, token) as client:
        client.messages = client.next("history")["messages"]
        repeated = {"ok": True, "id": "allow-once", "repeated": True}
        assert client.send(id="allow-once", payload=allow["payload"])[0] == repeated
        client.say(BALANCE)
        client.press("Not now")
        client.press("Allow")
        helped = client.say("150")
        assert [m for m in helped if (m["custom"] or {}).get("kind") == "tailored_help"], texts(helped)
        client.say("forget me")
        if any(button["title"].startswith("Yes") for m in client.messages[-1:] for button in m["buttons"]):
            client.press(client.messages[-1]["buttons"][0]["title"])

    with connected(stack_to_kill, token) as client:
        assert client.next("session") == {"conversation": "new", "language": "en"}
        assert client.told.empty()


def test_who_has_no_token_or_a_forged_one_gets_nothing(stack: Stack) -> None:
    stack.make_whole()
    token = new_token(stack)
    with connected(stack, token) as client:
        client.say("I want to get out of debt faster")
    altered = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (None, {}, {"token": ""}, {"token": altered}, {"token": issue(secrets.token_bytes(32))}):
        stranger = Client()
        with pytest.raises(SocketRefused):
            stranger.socket.connect(
                stack.rasa_url, auth=wrong, transports=["websocket"], wait_timeout=SECONDS
            )
        assert [event for event, _ in stranger.told.queue] == ["connect_error"]
        assert stranger.told.queue[0][1] == {"message": "invalid_token"}
        stranger.socket.disconnect()


def test_the_token_of_another_opens_nothing_of_mine(stack: Stack) -> None:
    stack.make_whole()
    mine, theirs = new_token(stack), new_token(stack)
    with connected(stack, mine) as me, connected(stack, theirs) as other:
        me.say("I want to get out of debt faster")
        offered = me.messages[-1]["buttons"][0]["payload"]
        assert other.next("session") == {"conversation": "new", "language": "en"}
        assert other.send(id="stolen", payload=offered)[0] == {"ok": False, "error": "bad_message"}
        assert other.told.empty()
