"""
What Rasa's web server answers when something goes wrong: a status and a code.

Must never repeat anything of the request, neither in the answer nor in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from engineio.base_server import BaseServer
from rasa.core import run
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json

from sealing.quiet import described

CODES = {
    400: "bad_request",
    404: "not_found",
    405: "not_allowed",
    408: "too_slow",
    413: "too_long",
    431: "too_long",
}
logger = logging.getLogger(__name__)


def install() -> None:
    """Make the server of `rasa run`, and its sockets, answer so."""
    run.configure_app = _with_plain_errors(run.configure_app)
    BaseServer._bad_request = _without_reason(BaseServer._bad_request)


class PlainErrors(ErrorHandler):
    """Stands in for Sanic's own pages, which name the address that was asked for."""

    def default(self, _request: Request | None, exception: Exception) -> HTTPResponse:
        """Only faults of ours are logged, with the error's class and place."""
        status = getattr(exception, "status_code", 500) if isinstance(exception, SanicException) else 500
        if status >= 500 and not getattr(exception, "quiet", False):  # what Sanic itself is quiet about
            logger.error("A request failed: %s", described(exception))
        return json({"error": CODES.get(status, "failed")}, status=status)


def _with_plain_errors(stock: Callable[..., Sanic]) -> Callable[..., Sanic]:
    def configure_app(*args: Any, **kwargs: Any) -> Sanic:
        app = stock(*args, **kwargs)
        app.error_handler = PlainErrors()
        return app

    return configure_app


def _without_reason(stock: Callable[..., Any]) -> Callable[..., Any]:
    """Engineio's refusal; its reasons name the session that was asked for."""
    return lambda server, _reason=None: stock(server)
