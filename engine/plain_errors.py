"""
What Rasa's web server answers when something goes wrong: a status and a code.

Must never repeat anything of the request, neither in the answer nor in the log.
"""

from __future__ import annotations

import logging

from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json

from sealing.quiet import described

CODES = {404: "not_found", 405: "not_allowed", 413: "too_long"}
logger = logging.getLogger(__name__)


class PlainErrors(ErrorHandler):
    """Stands in for Sanic's own pages, which name the address that was asked for."""

    def default(self, _request: Request | None, exception: Exception) -> HTTPResponse:
        """Only faults of ours are logged, with the error's class and place."""
        status = getattr(exception, "status_code", 500) if isinstance(exception, SanicException) else 500
        if status >= 500:
            logger.error("A request failed: %s", described(exception))
        return json({"error": CODES.get(status, "failed")}, status=status)
