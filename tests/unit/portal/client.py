"""
Asks an ASGI application directly, with a path exactly as written.

It must never tidy a path up, as HTTP clients do: then nobody would see what an odd path gets.
"""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass
class Answer:
    """One answer: status, headers and all of the body."""

    status_code: int = 0
    headers: Headers = field(default_factory=Headers)
    content: bytes = b""

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


class Client:
    """
    Sends requests. A fault of the application shows as its 500 answer, as with a real server.

    A body is one piece, whose length is said, or several, whose length is not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.request("GET", path, headers)

    def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | list[bytes] = b""
    ) -> Answer:
        given = dict(headers or {})
        if body and isinstance(body, bytes):
            given.setdefault("content-length", str(len(body)))
        return asyncio.run(self._request(method, path, given, [body] if isinstance(body, bytes) else body))

    async def _request(self, method: str, path: str, headers: dict[str, str], body: list[bytes]) -> Answer:
        answer = Answer()
        pieces = list(body)

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status_code = message["status"]
                answer.headers = Headers(raw=message["headers"])
            answer.content += message.get("body", b"")

        async def receive() -> Message:
            if not pieces:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        try:
            await self._app(_scope(method, path, headers), receive, send)
        except Exception:
            if answer.status_code != 500:
                raise
        return answer


def _scope(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in {"host": "portal", **headers}.items()],
        "client": ("127.0.0.1", 1),
        "server": ("portal", 80),
    }
