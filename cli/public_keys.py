"""Public keys as they are handed over: a text, or a file that holds it."""

from __future__ import annotations

from pathlib import Path

from cli.errors import PublicKeyUnusable
from cli.settings import Settings
from sealing.keys import decode_key


def public_key_of(settings: Settings, given: str) -> str:
    """The public key as text (urlsafe base64 of 32 bytes). Raises PublicKeyUnusable."""
    try:
        path = settings.file(Path(given))
        text = path.read_text("ascii") if path.is_file() else given
    except (OSError, ValueError):
        raise PublicKeyUnusable from None
    text = text.strip()
    if not text.isascii() or decode_key(text.encode()) is None:
        raise PublicKeyUnusable
    return text
