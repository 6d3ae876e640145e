"""A request that no client would send gets an answer or a closed connection, and the server lives."""

import socket

import httpx
import pytest

from tests.live.servers import APART, Stack

pytestmark = pytest.mark.live

WAITED_FOR_SECONDS = 30.0
"""Far longer than any answer takes on a busy machine; a server that hangs never answers."""
HOST = "Host: 127.0.0.1\r\n"
BODY = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

# what is sent, and whether it must be refused; what can be read in one way alone may be answered
MALFORMED = {
    "length below zero": (f"GET /nope HTTP/1.1\r\n{HOST}Content-Length: -5\r\n\r\nhello", True),
    "length below zero to a real path": (
        f"POST /webhooks/rest/webhook HTTP/1.1\r\n{HOST}Content-Length: -5\r\n\r\nhello",
        True,
    ),
    "length with a sign": (f"POST / HTTP/1.1\r\n{HOST}Content-Length: +5\r\n\r\nhello", True),
    "length with an underscore": (f"POST / HTTP/1.1\r\n{HOST}Content-Length: 0_0\r\n\r\n", True),
    "length in words": (f"POST / HTTP/1.1\r\n{HOST}Content-Length: five\r\n\r\nhello", True),
    "two lengths": (f"POST / HTTP/1.1\r\n{HOST}Content-Length: 5\r\nContent-Length: 44\r\n\r\n{BODY}", True),
    "length and chunks": (
        f"POST / HTTP/1.1\r\n{HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{BODY}",
        True,
    ),
    "unknown coding": (f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: xchunked\r\n\r\n{BODY}", True),
    "chunk of a size below zero": (
        f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        True,
    ),
    "chunk of no size": (
        f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n",
        True,
    ),
    "no request": ("\x00\x01\x02\r\n\r\n", True),
    "another protocol": ("GET / HTTP/9.9\r\n\r\n", True),
    "space in a header's name": (f"GET / HTTP/1.1\r\n{HOST}Bad Name : x\r\n\r\n", False),
    "header without a colon": (f"GET / HTTP/1.1\r\n{HOST}nothing\r\n\r\n", True),
    "header bytes above 127": (f"GET / HTTP/1.1\r\n{HOST}Authorization: Bearer \xff\xfe\r\n\r\n", True),
    "very long header": (f"GET / HTTP/1.1\r\n{HOST}X: {'a' * 200_000}\r\n\r\n", True),
    "long header": (f"GET / HTTP/1.1\r\n{HOST}X: {'a' * 9_000}\r\n\r\n", True),
    "very long address": (f"GET /{'a' * 70_000} HTTP/1.1\r\n{HOST}\r\n", True),
    "many headers": ("GET / HTTP/1.1\r\n" + HOST + "X: y\r\n" * 100 + "\r\n", True),
    "address above 127": (f"GET /\xff HTTP/1.1\r\n{HOST}\r\n", True),
    "empty byte": (f"GET /\x00 HTTP/1.1\r\n{HOST}X: \x00\r\n\r\n", False),
    "another method": (f"BREW / HTTP/1.1\r\n{HOST}\r\n", True),
    "chunk of a huge size": (
        f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n{'f' * 40}\r\nhello\r\n",
        True,
    ),
}


def _answers(host: str, port: int, sent: str) -> bytes:
    """All that comes back until the server closes; we close our side after sending."""
    with socket.create_connection((host, port), timeout=WAITED_FOR_SECONDS) as connection:
        came = b""
        try:
            connection.sendall(sent.encode("latin-1"))
            connection.shutdown(socket.SHUT_WR)
            while more := connection.recv(65536):
                came += more
        except TimeoutError:
            raise
        except OSError:
            pass  # the server was quicker to close
        return came


@pytest.mark.parametrize("name", APART)
def test_malformed_requests_get_an_answer_and_the_server_lives(stack_apart: Stack, name: str) -> None:
    service = stack_apart.servers[name].service
    wrong = []
    for title, (sent, must_be_refused) in MALFORMED.items():
        try:
            came = _answers(service.host, service.port, sent)
        except TimeoutError:
            wrong.append(f"{title}: no answer in {WAITED_FOR_SECONDS:.0f} s")
            continue
        status = came[9:12].decode() if came.startswith(b"HTTP/1.") else ""
        if b"smuggled" in came or came.count(b"HTTP/1.1 ") > 1:
            wrong.append(f"{title}: what followed was taken for a request of its own")
        elif status >= "500" or (must_be_refused and status and not status.startswith("4")):
            wrong.append(f"{title}: answered {status}")
        health = httpx.get(service.health_url, trust_env=False, timeout=WAITED_FOR_SECONDS)
        assert health.status_code == 200, f"{name} does not answer after: {title}"
    assert not wrong
