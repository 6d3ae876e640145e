"""One thing said is one event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.core.actions.action import create_bot_utterance

from engine.channels.one_message import OneMessageOutput
from sealing.button import unseal

KEY = b"k" * 32


class Kept(OneMessageOutput):
    def __init__(self) -> None:
        super().__init__(KEY)
        self.events: list[tuple[str, dict[str, Any]]] = []

    async def deliver(self, conversation: str, event: dict[str, Any]) -> None:
        self.events.append((conversation, event))


def delivered(run_async: Callable[[Any], Any], message: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    output = Kept()
    run_async(output.send_response("c", create_bot_utterance(dict(message)).message()))
    return output.events


def test_text_buttons_and_custom_data_leave_together(run_async: Callable[[Any], Any]) -> None:
    message = {
        "text": "May I?\n\nIt is up to you.",
        "buttons": [
            {"title": "Allow", "payload": '/allow{"r":"1"}'},
            {"title": "Not now", "payload": '/deny{"r":"1"}'},
        ],
        "custom": {"kind": "permission", "room": "elsewhere"},
    }
    ((conversation, event),) = delivered(run_async, message)
    assert conversation == "c"
    assert set(event) == {"id", "at", "text", "buttons", "custom"}
    assert event["text"] == message["text"]
    assert event["custom"] == message["custom"]
    assert [button["title"] for button in event["buttons"]] == ["Allow", "Not now"]
    assert [unseal(KEY, "c", button["payload"]) for button in event["buttons"]] == [
        '/allow{"r":"1"}',
        '/deny{"r":"1"}',
    ]


def test_no_payload_leaves_unsealed(run_async: Callable[[Any], Any]) -> None:
    ((_, event),) = delivered(run_async, {"text": "x", "buttons": [{"title": "Yes"}]})
    assert unseal(KEY, "c", event["buttons"][0]["payload"]) == "Yes"
    assert unseal(KEY, "d", event["buttons"][0]["payload"]) is None


def test_custom_data_may_come_alone(run_async: Callable[[Any], Any]) -> None:
    ((_, event),) = delivered(run_async, {"custom": {"kind": "noted"}})
    assert (event["text"], event["buttons"], event["custom"]) == ("", [], {"kind": "noted"})


def test_what_says_nothing_is_not_sent(run_async: Callable[[Any], Any]) -> None:
    assert delivered(run_async, {"text": ""}) == []


def test_every_event_has_an_id_of_its_own(run_async: Callable[[Any], Any]) -> None:
    ids = {delivered(run_async, {"text": "same"})[0][1]["id"] for _ in range(3)}
    assert len(ids) == 3


def test_bare_texts_go_the_same_way(run_async: Callable[[Any], Any]) -> None:
    output = Kept()
    run_async(output.send_text_message("c", "one\n\ntwo"))
    assert [event["text"] for _, event in output.events] == ["one\n\ntwo"]
