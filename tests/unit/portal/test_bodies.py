"""How long a request may take to arrive, and what becomes of one that never does."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from portal.api.bodies import MOST_BYTES, WholeBodies

SCOPE = {"type": "http", "method": "POST", "path": "/me", "headers": []}


async def echo(_: Scope, receive: Receive, send: Send) -> None:
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


def sent(messages: list[Message], *, then_waits: bool = False, **scope: Any) -> list[Message]:
    """What comes out for what arrives."""
    out: list[Message] = []

    async def receive() -> Message:
        if not messages and then_waits:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message: Message) -> None:
        out.append(message)

    asyncio.run(WholeBodies(echo, most_seconds=0.05)({**SCOPE, **scope}, receive, send))
    return out


def piece(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_request_in_pieces_is_handed_on_whole() -> None:
    assert sent([piece(b"a"), piece(b""), piece(b"b", more=False)])[1]["body"] == b"ab"


@pytest.mark.parametrize(("length", "status"), [(MOST_BYTES, 200), (MOST_BYTES + 1, 413)])
def test_ten_kilobytes_pass_and_one_byte_more_does_not(length: int, status: int) -> None:
    assert sent([piece(b"x" * length, more=False)])[0]["status"] == status


def test_a_request_that_does_not_arrive_is_given_up() -> None:
    start, body = sent([piece(b"{")], then_waits=True)
    assert start["status"] == 408
    assert json.loads(body["body"])["error"] == "too_slow"


def test_nothing_is_answered_to_who_hung_up() -> None:
    assert sent([piece(b"{"), {"type": "http.disconnect"}]) == []


@pytest.mark.parametrize("declared", [b"10001", b"-1", b"1e3", b"9" * 5_000, b"\xb2"])
def test_a_length_that_is_too_great_or_none_is_refused_unread(declared: bytes) -> None:
    assert sent([], headers=[(b"content-length", declared)])[0]["status"] == 413
