"""
One small HTTP server on loopback in the place of all providers, each below a path of its own.

Standard library only: tests in both environments use it. A provider (the modules beside this one) checks what
the real one checks, and fails when it is told to. Must never listen on another address than loopback.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request that a provider got. `path`: below the provider's own, beginning with "/"."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """What the provider answers: JSON unless told otherwise."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    hang_up: bool = False
    """Take the request and end the connection without a word."""


class Provider:
    """
    The base of all fakes. `wire`: every call that was accepted, as JSON for golden files.

    `failures`: answers that come first, in order, in place of what the provider would say.
    """

    def __init__(self) -> None:
        self.wire: list[dict[str, Any]] = []
        self.refused: list[str] = []
        """Why calls were refused: a limit that a test expects nobody to break."""
        self.failures: deque[Answer] = deque()
        self.after_accepting: deque[Answer] = deque()
        """Answers for calls that are accepted all the same: what is lost on the way back."""
        self.changed = threading.Condition()

    def answer(self, asked: Asked) -> Answer:
        """What the provider does with a call: record it with `accept`, or `refuse` it."""
        raise NotImplementedError

    def fail(self, status: int, times: int = 1, *, after_seconds: int | None = None) -> None:
        """The next calls fail so. Providers that say it in the body as well override this."""
        headers = {} if after_seconds is None else {"Retry-After": str(after_seconds)}
        self.failures.extend([Answer(status, {"error": status}, headers)] * times)

    def accept(self, call: dict[str, Any]) -> None:
        """Note a call that the provider took."""
        with self.changed:
            self.wire.append(call)
            self.changed.notify_all()

    def refuse(self, why: str, answer: Answer) -> Answer:
        """Note a call that broke a limit or had no right, and answer so."""
        self.refused.append(why)
        return answer

    def respond(self, asked: Asked) -> Answer:
        """A failure that was ordered, or the answer."""
        if self.failures:
            return self.failures.popleft()
        before = len(self.wire)
        answer = self.answer(asked)
        if self.after_accepting and len(self.wire) > before:
            return self.after_accepting.popleft()
        return answer


@contextmanager
def serving(providers: Mapping[str, Provider]) -> Iterator[str]:
    """The address of a server with these providers: `{address}/{name}` is one's base."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            parts = urlsplit(self.path)
            _, name, rest = (*parts.path.split("/", 2), "", "")[:3]
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            asked = Asked(self.command, f"/{rest}", dict(parse_qsl(parts.query)), headers, body)
            provider = providers.get(name)
            self._send(Answer(404) if provider is None else provider.respond(asked))

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815

        def _send(self, answer: Answer) -> None:
            if answer.hang_up:
                self.close_connection = True
                return
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for key, value in answer.headers.items():
                self.send_header(key, value)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
