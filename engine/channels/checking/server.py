"""
Our own running server, asked from this machine: does it refuse a stranger and take what is genuine?

Sends nothing that says anything: no message is handled by it.
"""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp

from engine.channels.apps.incoming import Request
from settings import read_settings

SECONDS = 10.0
REFUSED = (401, 403)


def address() -> str:
    """Where our server is reached on this machine."""
    settings = read_settings()
    host = settings.host
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104, compared with
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.rasa_port}"


async def status(
    method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> int | None:
    """The status of an answer; None if there is no server."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session,
            session.request(method, address() + path, headers=headers, data=body) as answer,
        ):
            return int(answer.status)
    except (aiohttp.ClientError, TimeoutError, OSError):
        return None


async def reasons_against(path: str, genuine: Request) -> list[str]:
    """Why the webhook at this path is not in order; nothing if it is."""
    forged = await status("POST", path, headers={"content-type": "application/json"}, body=b"{}")
    if forged is None:
        return ["server_away"]
    if forged == 404:
        return ["server_without_channel"]
    taken = await status("POST", path, headers=genuine.headers, body=genuine.body)
    return [
        *(["forged_is_taken"] if forged not in REFUSED else []),
        *(["genuine_is_refused"] if taken != 200 else []),
    ]
