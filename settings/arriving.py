"""
Bounds what a web server of Sanic reads: how long a request may take to arrive, its headers, their letters.

Must never be asked for by a server that answers requests which nobody bounds. Nothing of a request is logged.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from sanic.exceptions import BadRequest, RequestTimeout, SanicException
from sanic.http import Stage
from sanic.request import Request
from sanic.server import HttpProtocol

if TYPE_CHECKING:
    from sanic import Sanic

    from settings.model import Settings

TOO_LARGE = 431
AGAIN_SECONDS = 1.0


def bound(app: Sanic[Any, Any], settings: Settings) -> None:
    """Bound an app, before it runs."""
    app.config.REQUEST_MAX_HEADER_SIZE = settings.header_bytes
    app.config.REQUEST_TIMEOUT = settings.request_seconds
    app.config.MOST_HEADERS = settings.headers
    app.request_class = BoundedRequest
    HttpProtocol.check_timeouts = _check_timeouts  # type: ignore[method-assign]


class BoundedRequest(Request):
    """A request with few headers, all of them in ASCII. Making another raises what answers it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.head.isascii():
            raise BadRequest("A header may only contain US-ASCII characters.")
        if len(self.headers) > self.app.config.MOST_HEADERS:
            raise SanicException("There are too many headers.", status_code=TOO_LARGE)


_stock_check = HttpProtocol.check_timeouts


def _check_timeouts(protocol: Any) -> None:
    """Sanic's own look, which every byte puts off, and before it one that nothing puts off."""
    http, now, of_this = protocol.http, monotonic(), protocol.conn_info.ctx
    if http is None or not (http.stage is Stage.REQUEST or getattr(http, "request_body", None)):
        of_this.arriving_since = None
    else:
        of_this.arriving_since = getattr(of_this, "arriving_since", None) or now
        if now - of_this.arriving_since > protocol.request_timeout and protocol._task:
            http.exception = RequestTimeout("Request Timeout")
            protocol._task.cancel()
            protocol.loop.call_later(AGAIN_SECONDS, protocol.check_timeouts)  # it may go on reading the rest
            return
    _stock_check(protocol)  # type: ignore[no-untyped-call]
