"""Starts the action server: `python -m actions`. Loopback unless told otherwise; answers nobody without the shared secret."""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic.response import json

from actions.bootstrap import services
from actions.settings import Settings
from sealing.keys import read_secret

if TYPE_CHECKING:
    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import HTTPResponse

logger = logging.getLogger("actions")


def build(settings: Settings) -> Sanic:
    """The SDK's app with a shared secret in front, no CORS, and errors that carry no body."""
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=None)
    expected = f"Bearer {read_secret(settings.keys / 'actions.secret')}"

    async def wants_secret(request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "")
        if request.path == "/health" or hmac.compare_digest(given.encode(), expected.encode()):
            return None
        logger.warning("refused a call without the shared secret: %s %s", request.method, request.path)
        return json({"error": "the shared secret is missing or wrong"}, status=401)

    app.register_middleware(wants_secret, "request")
    app.error_handler.add(Exception, _without_body)
    return app


async def _without_body(request: Request, error: Exception) -> HTTPResponse:
    status = getattr(error, "status_code", 500)
    logger.error("%s %s failed: %s", request.method, request.path, type(error).__name__)
    return json({"error": "this call failed; see the action server's log"}, status=status)


def main() -> None:
    """Build everything, so that a missing key or a broken catalogue ends the start with its sentence, then serve."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = Settings()
    services()
    build(settings).run(
        host=settings.host, port=settings.actions_port, single_process=True, motd=False, access_log=False
    )


if __name__ == "__main__":
    main()
