"""
Whether Meta sent a request: the token of the subscription, or a signature over the raw body.

Must never accept SHA-1, compare in a time that depends on what was sent, or raise anything but NotGenuine.
"""

from __future__ import annotations

import hashlib
import hmac

from engine.channels.apps.incoming import NotGenuine, Request
from sealing.tagging import as_bytes

HEADER = "x-hub-signature-256"


def signature(app_secret: str, body: bytes) -> str:
    """What the header must say: "sha256=" and the HMAC-SHA256 of the body in hexadecimal."""
    return "sha256=" + hmac.new(as_bytes(app_secret), body, hashlib.sha256).hexdigest()


def check_signature(request: Request, app_secret: str) -> None:
    """Raises NotGenuine unless the body is signed with the app secret."""
    given = request.headers.get(HEADER, "")
    expected = signature(app_secret, request.body)
    if not hmac.compare_digest(as_bytes(given), expected.encode()):
        raise NotGenuine("wrong_signature" if given else "no_signature")


def check_subscription(request: Request, verify_token: str) -> None:
    """Raises NotGenuine unless Meta asks for the subscription, with our token."""
    given = request.query.get("hub.verify_token", "")
    known = hmac.compare_digest(as_bytes(given), verify_token.encode())
    if not known or request.query.get("hub.mode") != "subscribe":
        raise NotGenuine("wrong_verify_token")
