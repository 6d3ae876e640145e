"""
Starts the action server: `python -m actions`. Loopback unless told otherwise; answers nobody without the
shared secret.
"""

from __future__ import annotations

import hmac
import logging
import warnings
from typing import TYPE_CHECKING

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic.handlers import ErrorHandler
from sanic.response import json

from actions.bootstrap import services
from actions.settings import Settings, read_settings
from actions.sweeping import attach, upkeep
from consent_store import ConsentStoreError
from programs import ProgramsError
from sealing import quiet
from sealing.keys import SealingError, read_secret
from sealing.quiet import described

if TYPE_CHECKING:
    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import HTTPResponse

NO_SUCH_ACTION = 404  # where the SDK repeats the name that was asked for
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
        logger.warning("refused a call without the shared secret: %s", request.method)
        return json({"error": "the shared secret is missing or wrong"}, status=401)

    async def names_nothing(_request: Request, response: HTTPResponse) -> HTTPResponse | None:
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


def main() -> None:
    """
    Build everything, then serve. A missing key or a broken catalogue ends the start with its sentence, and
    exit code 1.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk might not be compatible")
    settings = read_settings()
    try:
        s = services()
        app = build(settings)
    except (ConsentStoreError, ProgramsError, SealingError) as error:
        raise SystemExit(f"The action server cannot start: {error}") from None
    jobs = upkeep(
        s.store, s.signer, settings.var / "checkpoints", keep_conversations=settings.keep_conversations
    )
    attach(app, jobs, minutes=settings.sweep_minutes)
    quiet.install()
    app.run(
        host=settings.actions_host,
        port=settings.actions_port,
        single_process=True,
        motd=False,
        access_log=False,
    )


if __name__ == "__main__":
    main()
