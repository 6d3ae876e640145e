"""
Stands before the SDK's action server, whoever starts it: a shared secret, no other origin, errors without a
body.
"""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING, Any

from sanic.handlers import ErrorHandler
from sanic.response import json

from sealing import quiet
from sealing.keys import SealingError, read_secret
from sealing.quiet import described
from settings import SettingsInvalid, read_settings
from settings.arriving import bound

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from rasa_sdk.executor import ActionExecutor
    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import BaseHTTPResponse, HTTPResponse

NO_SUCH_ACTION = 404  # where the SDK repeats the name that was asked for
logger = logging.getLogger("actions")


def guard(endpoint: ModuleType, begin: Callable[[Sanic], None]) -> None:
    """Guard every app that `rasa_sdk.endpoint` makes. begin: what the actions do at the start."""
    stock = endpoint.create_app

    def create_app(executor: ActionExecutor, *_given: Any, **_options: Any) -> Sanic:
        app = guarded(stock(executor, cors_origins=None), _secret())
        bound(app, read_settings())
        begin(app)
        quiet.install()
        return app

    if not hasattr(stock, "guarded"):
        create_app.guarded = True  # type: ignore[attr-defined]
        endpoint.create_app = create_app  # type: ignore[attr-defined]


def _secret() -> str:
    try:
        return read_secret(read_settings().keys / "actions.secret")
    except (SealingError, SettingsInvalid) as error:
        raise SystemExit(f"The action server cannot start: {error}") from None


def guarded(app: Sanic, secret: str) -> Sanic:
    """The app, which now answers nobody without the secret (as a bearer token) but its health."""
    expected = f"Bearer {secret}".encode()

    async def wants_secret(request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "")
        if request.path == "/health" or hmac.compare_digest(given.encode(), expected):
            return None
        logger.warning("refused a call without the shared secret: %s", request.method)
        return json({"error": "the shared secret is missing or wrong"}, status=401)

    async def names_nothing(_request: Request, response: BaseHTTPResponse) -> HTTPResponse | None:
        return json({"error": "no such action"}, status=404) if response.status == NO_SUCH_ACTION else None

    app.register_middleware(wants_secret, "request")
    app.register_middleware(names_nothing, "response")
    app.error_handler = WithoutBody()
    return app


class WithoutBody(ErrorHandler):
    """
    Errors name their class and nothing of the call; the SDK's own handler would echo the request's body.
    """

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """A status and a sentence; the class of the error goes to the log."""
        status = getattr(exception, "status_code", 500)
        logger.error("a call failed: %s %s", request.method, described(exception))
        return json({"error": "this call failed; see the action server's log"}, status=status)
