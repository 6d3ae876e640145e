"""
Who a website says somebody is: a JSON web token that the website signed (RFC 7519).

What the token says of itself (its algorithm, the name or address of a key) decides nothing: algorithm and
key are the settings' alone (RFC 8725, sections 3.1 and 3.10). Must never log, keep or repeat a token.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

REQUIRED = ("exp", "aud", "iss", "sub")
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
FEWEST_BITS = 2048  # RFC 7518, section 3.3
FEWEST_BYTES = 32  # RFC 7518, section 3.2
LONGEST_SECONDS = 24 * 60 * 60

Key = RSAPublicKey | bytes


class IdentityRefused(Exception):
    """A token that does not prove who somebody is. Says no more, so that it is safe to log."""


class IdentityKeyUnusable(Exception):
    """The key file cannot be used. Names the file and the reason, never its content."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"ASKFIRST_IDENTITY_KEY_FILE {path} {reason}")


@dataclass(frozen=True)
class Identity:
    """Somebody whom a website knows, and until when that holds (seconds since 1970)."""

    issuer: str
    subject: str
    expires_at: int


@dataclass(frozen=True)
class Identities:
    """Reads tokens of one issuer for one audience."""

    algorithm: Literal["RS256", "HS256"]
    key: Key = field(repr=False)
    audience: str
    issuer: str

    def read(self, token: str, now: float) -> Identity:
        """
        Who the token is about. It holds until the token's end, at most 24 hours from `now` on.

        now: seconds since 1970. Raises IdentityRefused, whatever is wrong.
        """
        try:
            claims = jwt.decode(
                token,
                self.key,
                algorithms=[self.algorithm],
                audience=self.audience,
                issuer=self.issuer,
                options={"require": list(REQUIRED)},
            )
            return self._identity(claims, now)
        except IdentityRefused:
            raise
        except Exception:  # noqa: BLE001, a stranger wrote it: whatever the library stumbles over is a no
            raise IdentityRefused from None

    def _identity(self, claims: dict[str, Any], now: float) -> Identity:
        subject = claims["sub"]
        expires_at = min(int(claims["exp"]), int(now) + LONGEST_SECONDS)
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or expires_at <= now:
            raise IdentityRefused
        return Identity(self.issuer, subject, expires_at)


def read_identity_key(path: Path, algorithm: Literal["RS256", "HS256"]) -> Key:
    """
    The key that proves a website's signature: for RS256 its public key as PEM, for HS256 the shared secret.

    Raises IdentityKeyUnusable: not readable, of the wrong kind, too short, or a secret that others may read.
    """
    try:
        with path.open("rb") as file:
            content = file.read()
            mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        raise IdentityKeyUnusable(path, "cannot be read.") from None
    return _public_key(path, content) if algorithm == "RS256" else _secret(path, content.strip(), mode)


def _public_key(path: Path, content: bytes) -> RSAPublicKey:
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        raise IdentityKeyUnusable(path, "is no public key as PEM.") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < FEWEST_BITS:
        raise IdentityKeyUnusable(path, f"is no RSA key of {FEWEST_BITS} bits or more.")
    return key


def _secret(path: Path, content: bytes, mode: int) -> bytes:
    if content.startswith((b"-----BEGIN", b"ssh-")):
        raise IdentityKeyUnusable(path, "holds a key pair's key: HS256 wants a shared secret.")
    if len(content) < FEWEST_BYTES:
        raise IdentityKeyUnusable(path, f"is shorter than {FEWEST_BYTES} bytes.")
    if mode & 0o077:
        raise IdentityKeyUnusable(path, "can be read by others than its owner: chmod 600.")
    return content
