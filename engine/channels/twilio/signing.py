"""
Whether Twilio sent a request: a signature over the public address and the form's parameters.

The signature is computed by Twilio's library and compared by ours, which takes constant time. The address is
the public one, not the one behind the proxy. Must never raise anything but NotGenuine.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import urlencode, urlparse, urlsplit

from twilio.request_validator import RequestValidator, add_port, remove_port

from engine.channels.apps.incoming import NotGenuine, Request
from engine.channels.twilio.forms import Form
from sealing.tagging import as_bytes

HEADER = "x-twilio-signature"


def check(request: Request, public_url: str, token: str) -> None:
    """
    Raises NotGenuine unless the request is signed with the account's token.

    public_url: what stands before the request's target in the address that Twilio calls, without "/" at the
    end. Twilio signs it sometimes with the port and sometimes without.
    """
    given = request.headers.get(HEADER, "")
    if not given:
        raise NotGenuine("no_signature")
    try:
        expected = _signatures(public_url + request.target, Form.read(request.body), token)
    except ValueError:
        raise NotGenuine("unreadable") from None
    if not any([hmac.compare_digest(as_bytes(given), one.encode()) for one in expected]):  # noqa: C419, all are compared
        raise NotGenuine("wrong_signature")


def _signatures(url: str, form: Form, token: str) -> list[str]:
    validator, parts = RequestValidator(token), urlparse(url)
    return [validator.compute_signature(either, form) for either in (remove_port(parts), add_port(parts))]


def signed(url: str, public_url: str, fields: Mapping[str, str], token: str) -> Request:
    """A request to that address as Twilio would send it."""
    parts = urlsplit(url)
    target = url[len(public_url) :] if url.startswith(f"{public_url}/") else parts.path
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        HEADER: RequestValidator(token).compute_signature(url, fields),
    }
    return Request("POST", target, headers, urlencode(fields).encode())
