"""Odd bytes on every port, HTTP and socket alike: afterwards each server answers as before."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp
import httpx
import pytest

from operate.services import Service
from tests.live.servers import APART, Stack

pytestmark = pytest.mark.live

SEED = 13
REQUESTS, PACKETS = 150, 60
SLOWEST_ANSWER_SECONDS = 10.0
"""A second on a machine of its own; here others use it too."""
HALF_SENT_SECONDS = 60.0
SOCKET = "/socket.io/?EIO=4&transport=websocket"

LINES = (
    "GET / HTTP/1.1", "POST /webhook HTTP/1.1", "POST /webhooks/rest/webhook HTTP/1.1",
    "PUT /api/me HTTP/1.1",
    "POST /api/session HTTP/1.1", "GET /socket.io/?EIO=4&transport=polling HTTP/1.1", "GET * HTTP/1.1",
    "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1", "GET  / HTTP/1.1", "GET /\x00 HTTP/1.1",
    "GET http://x:999999/ HTTP/1.1", "GET /%ff%00%2e%2e/ HTTP/1.1", "CONNECT x:1 HTTP/1.1", "GET /[ HTTP/1.1",
    "OPTIONS * HTTP/1.0", "PRI * HTTP/2.0", "\x16\x03\x01", "GET", "", "GET //[::1 HTTP/1.1",
    "GET /?j=x HTTP/1.1",
)  # fmt: skip
HEADERS = (
    "Host: 127.0.0.1", "Host: \xff", "Host: [", "Host: a:b:c", "Content-Length: 5", "Content-Length: -5",
    "Content-Length: 5, 5", "Content-Length: 0_0", "Content-Length: 99999999999999999999", "Content-Length:",
    "Transfer-Encoding: chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, gzip",
    "Transfer-Encoding : chunked", "Upgrade: websocket", "Connection: Upgrade", "Connection: \x00",
    "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: x", "Expect: 100-continue",
    "Expect: x", "Authorization: Bearer \xe9", "Origin: \xff", "Content-Type: application/json; charset=x",
    "Content-Type: multipart/form-data", "Content-Encoding: gzip", "Cookie: =;=;\xff", "Forwarded: for=\"",
    "X-Forwarded-For: ,,", "X-Forwarded-Host: [", "Range: bytes=-1", " folded", ": empty",
    "A" * 9000, "X: y\rZ: z",
)  # fmt: skip
BODIES = (
    "", "hello", "5\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n", "fffffffffffffffff\r\nhello\r\n",
    "5;\xff\r\nhello",
    "0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n", "[" * 9000, '{"sender": "x", "message": "\\ud800"}',
    "\x00" * 500, '{"identity": ' * 500, "4\x1e\x1e4", "b!!!!",
)  # fmt: skip
FRAMES = (
    "", "9", "x", "4", "40", "40{", "40{}", "41", "42", "42[",
    "42[]", '42["connect"]', '42["user_uttered"]', "43",
    "44", "451-", '451-["x",{"_placeholder":true,"num":0}]', "4599999999999-[]", "46", "47", "5", "6",
    "2probe", "1",
    "40/admin,{}", "40/,", "42" + "[" * 9000, '42["user_uttered",' + '{"a":' * 3000, "4" + "9" * 5000 + "[]",
    '40{"token":1}', '40{"token":["x"]}', '40{"token":"\\ud800"}', "40null", "\ud7ff", "4\x00", "x" * 30_000,
)  # fmt: skip


def _request(chance: random.Random) -> bytes:
    headers = chance.choices(HEADERS, k=chance.randrange(8))
    text = "\r\n".join([chance.choice(LINES), *headers, "", chance.choice(BODIES)])
    sent = bytearray(text.encode("latin-1"))
    if chance.random() < 0.3:
        sent = sent[: chance.randrange(len(sent) + 1)]
    for _ in range(chance.randrange(3) if sent else 0):
        sent[chance.randrange(len(sent))] = chance.randrange(256)
    return bytes(sent)


def _send(service: Service, sent: bytes) -> bytes:
    """What comes back. We say no more, which ends what is half sent."""
    came = b""
    with (
        suppress(ConnectionError),
        socket.create_connection((service.host, service.port), HALF_SENT_SECONDS) as to,
    ):
        to.sendall(sent)
        to.shutdown(socket.SHUT_WR)
        while more := to.recv(65536):
            came += more
    return came


def _still_answers(service: Service) -> None:
    answer = httpx.get(service.health_url, trust_env=False, timeout=SLOWEST_ANSWER_SECONDS)
    assert answer.status_code == httpx.codes.OK


@pytest.mark.parametrize("name", APART)
def test_odd_requests_are_no_fault_of_ours(stack_apart: Stack, name: str) -> None:
    chance, service = random.Random(SEED), stack_apart.servers[name].service
    faults = []
    for _ in range(REQUESTS):
        sent = _request(chance)
        if _send(service, sent).startswith(b"HTTP/1.1 5"):
            faults.append(sent[:200])
    _still_answers(service)
    assert faults == []


async def _odd_socket(url: str, chance: random.Random, known: str | None) -> None:
    with suppress(aiohttp.ClientError, ConnectionError):
        async with aiohttp.ClientSession() as client, client.ws_connect(url + SOCKET) as ws:
            if known:
                await ws.send_str(f'40{{"token":"{known}"}}')
            for frame in chance.choices(FRAMES, k=3):
                await (ws.send_bytes(frame.encode()) if chance.random() < 0.2 else ws.send_str(frame))


def test_odd_packets_on_the_socket_stop_nobody_else(stack_apart: Stack) -> None:
    chance, token = random.Random(SEED), stack_apart.new_token()
    service = stack_apart.servers["rasa"].service

    async def scene() -> None:
        for number in range(PACKETS):
            await _odd_socket(service.url, chance, token if number % 5 == 0 else None)

    asyncio.run(scene())
    _still_answers(service)
    assert stack_apart.say("after the odd packets", "I want to pay off a debt")
    assert "exception" not in stack_apart.logs("rasa").lower()


def test_odd_frames_below_the_socket_are_survived(stack_apart: Stack) -> None:
    chance, service = random.Random(SEED), stack_apart.servers["rasa"].service
    upgrade = (
        f"GET {SOCKET} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()
    for _ in range(PACKETS):
        _send(service, upgrade + chance.randbytes(chance.randrange(1, 200)))
    _still_answers(service)


def _drips(service: Service, start: bytes) -> Callable[[], bool]:
    """A connection on which a byte comes now and then; whether the server has closed it."""
    to = socket.create_connection((service.host, service.port))
    to.sendall(start)
    to.setblocking(False)

    def is_closed() -> bool:
        try:
            to.send(b"a")
            return to.recv(65536) == b"" or is_closed()
        except BlockingIOError:
            return False
        except OSError:
            return True

    return is_closed


BODY = b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n\r\n"
HALF = {
    "nothing": b"",
    "half a line": b"GET /he",
    "half a header": b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
    "half a body": b"POST /nowhere" + BODY,
    "half an API call": b"POST /api/session" + BODY,
    "half a message": b"POST /webhooks/rest/webhook" + BODY,
    "half an action": b"POST /webhook" + BODY,
}


def test_what_is_half_sent_is_not_waited_for_however_often_a_byte_comes(stack_apart: Stack) -> None:
    services = {name: stack_apart.servers[name].service for name in APART}
    waiting = {
        (name, title): _drips(service, start)
        for name, service in services.items()
        for title, start in HALF.items()
    }
    until = time.monotonic() + HALF_SENT_SECONDS
    while waiting and time.monotonic() < until:
        waiting = {which: is_closed for which, is_closed in waiting.items() if not is_closed()}
        time.sleep(0.25)  # how seldom a byte comes
    assert list(waiting) == []


def test_no_server_says_which_version_it_is(stack_apart: Stack) -> None:
    import rasa
    import rasa_sdk
    import sanic

    for name in APART:
        service = stack_apart.servers[name].service
        for path in ("/", "/health", "/version", "/nowhere"):
            answer = httpx.get(f"{service.url}{path}", trust_env=False)
            said = answer.text + str(answer.headers)
            for version in (rasa.__version__, rasa_sdk.__version__, sanic.__version__):
                assert version not in said, f"{name} {urlsplit(str(answer.url)).path}"
