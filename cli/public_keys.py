"""Public keys as they are handed over: a text, or a file that holds it."""

from __future__ import annotations

from cli.errors import PublicKeyUnusable
from sealing.keys import decode_key
from settings import Settings


def public_key_of(settings: Settings, given: str) -> str:
    """The public key as text (urlsafe base64 of 32 bytes). Raises PublicKeyUnusable."""
    try:
        path = settings.called_from / given
        text = path.read_text("ascii") if path.is_file() else given
    except (OSError, ValueError):
        raise PublicKeyUnusable from None
    text = text.strip()
    if not text.isascii() or decode_key(text.encode()) is None:
        raise PublicKeyUnusable
    return text
