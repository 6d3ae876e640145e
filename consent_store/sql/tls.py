"""
How the way to a PostgreSQL server is sealed, from the words of its address: `sslmode` and `sslrootcert`.

Without `sslmode` a server on another machine must prove who it is. Must never fall back to less than the
address says.
"""

from __future__ import annotations

import ssl

from sqlalchemy.engine import URL

from consent_store.errors import StoreNotReady

MODES = ("disable", "prefer", "require", "verify-ca", "verify-full")
WORDS = ("sslmode", "sslrootcert")
"""What an address may say about it; the driver itself knows neither."""

_HERE = (None, "localhost", "127.0.0.1", "::1")


def check(url: URL) -> None:
    """Raises StoreNotReady for words that are none, so that a slip of the pen never opens the way."""
    if mode(url) not in MODES:
        raise StoreNotReady("sslmode_is_unknown")
    if not isinstance(url.query.get("sslrootcert", ""), str):
        raise StoreNotReady("sslrootcert_is_no_file")


def mode(url: URL) -> str:
    """The mode that the address names; else the strictest for another machine, none for this one."""
    named = url.query.get("sslmode")
    if named is None:
        return "verify-full" if _is_remote(url) else "disable"
    return named if isinstance(named, str) else ""


def context(url: URL) -> ssl.SSLContext | bool | None:
    """
    What the driver takes: a context, False for no TLS, None for TLS only if the server has it.

    As elsewhere, `require` with a root certificate checks the certificate. Raises StoreNotReady if that file
    cannot be read.
    """
    named, root = mode(url), str(url.query.get("sslrootcert", ""))
    if named in ("disable", "prefer"):
        return None if named == "prefer" else False
    try:
        made = ssl.create_default_context(cafile=None if root in ("", "system") else root)
    except OSError:
        raise StoreNotReady("sslrootcert_cannot_be_read") from None
    made.check_hostname = named == "verify-full"
    if named == "require" and not root:
        made.verify_mode = ssl.CERT_NONE
    return made


def _is_remote(url: URL) -> bool:
    return "unix_sock" not in url.query and url.query.get("host", url.host) not in _HERE
