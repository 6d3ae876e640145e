"""
The security headers of every answer, also of errors and of answers that the application never saw.

It must never allow anything "unsafe-*", and never an address other than our own and the assistant's.
"""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PUBLIC_FILES = "/widget/"
"""Files below this path may be embedded by pages of other origins: they hold nothing personal."""

API = "/api/"
"""Answers below this path are about one person: nothing on the way may keep them."""

_NO_DEVICES = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")


def content_security_policy(assistant_origin: str, assistant_socket_origin: str) -> str:
    """
    The policy of our pages: own scripts and styles only, and a connection to the assistant.

    Trusted Types are required and no policy may be made, so no script can write HTML at all.
    """
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": f"'self' {assistant_origin} {assistant_socket_origin}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def security_headers(policy: str) -> Mapping[str, str]:
    """The headers that every answer carries, given the content security policy."""
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "permissions-policy": ", ".join(f"{device}=()" for device in _NO_DEVICES),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-cache",
    }


class SecurityHeaders:
    """Wraps a whole ASGI application, so that its own 500 answers carry the headers too."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_to(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _add_to(self, headers: MutableHeaders, path: str) -> None:
        headers.update(self._headers)
        if path.startswith(API):
            headers["cache-control"] = "no-store"
        if path.startswith(PUBLIC_FILES):
            headers["cross-origin-resource-policy"] = "cross-origin"
            headers["access-control-allow-origin"] = "*"
