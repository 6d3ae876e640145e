"""
Where the portal runs, who may use it, and where the browser finds the assistant, read from the environment.

It must never say what help we offer: that is the catalogue's part.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class PortalSettings(BaseSettings):
    """
    Environment variables `ASKFIRST_<FIELD>`; docs/portal_api.md lists them.

    `assistant_url` is the assistant's address as browsers see it; left out, it follows from host and port.
    Raises pydantic's ValidationError for a port out of range, a host that is no address for a browser, an
    origin that is none, or half an identity.
    """

    model_config = SettingsConfigDict(
        env_prefix="ASKFIRST_", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    host: str = "127.0.0.1"
    portal_port: int = Field(default=8000, ge=1, le=65535)
    rasa_port: int = Field(default=5005, ge=1, le=65535)
    assistant_url: AnyHttpUrl | None = None

    var: Path = Path("var")
    database_url: str = ""
    language: str = "en"
    keep_conversations_days: int = Field(default=30, ge=0, le=36500)
    """How long what was said is kept; as in the action server's settings."""

    page_origins: str = ""
    """The web origins, apart by commas, whose pages may use the API; the portal's own pages always may."""
    trusted_proxies: str = ""
    """Addresses, apart by commas, whose word counts for where a request came from."""
    sessions_per_minute: int = Field(default=60, ge=1)
    """Tokens for one address in a minute."""
    requests_per_minute: int = Field(default=300, ge=1)
    """Requests to the API from one address in a minute."""
    requests_per_minute_and_token: int = Field(default=60, ge=1)
    """Requests of one person in a minute."""

    identity_algorithm: Literal["RS256", "HS256"] | None = None
    """How websites sign who somebody is. Never taken from what they sign."""
    identity_key_file: Path | None = None
    identity_audience: str = ""
    identity_issuer: str = ""

    @field_validator("page_origins")
    @classmethod
    def _are_origins(cls, listed: str) -> str:
        for origin in _split(listed):
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
                raise ValueError("each must be an origin, for example https://www.example.org")
        return listed

    @model_validator(mode="after")
    def _browser_can_reach_the_assistant(self) -> PortalSettings:
        if self.assistant_url is None and _listens_everywhere(self.host):
            raise ValueError(
                f"ASKFIRST_HOST={self.host} listens everywhere, which is no address for a browser: "
                "set ASKFIRST_ASSISTANT_URL, for example https://chat.example.org"
            )
        return self

    @model_validator(mode="after")
    def _identity_is_whole(self) -> PortalSettings:
        fields = ("identity_algorithm", "identity_key_file", "identity_audience", "identity_issuer")
        missing = [f"ASKFIRST_{field.upper()}" for field in fields if not getattr(self, field)]
        if 0 < len(missing) < len(fields):
            raise ValueError(f"to take identities of a website, set also {', '.join(missing)}")
        return self

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The origins of other pages that may use the API."""
        return _split(self.page_origins)

    @property
    def store_url(self) -> str:
        """The consent store's database; SQLite below `var` unless told otherwise."""
        return self.database_url or f"sqlite:///{(self.var / 'consent.db').absolute()}"

    @property
    def keys(self) -> Path:
        """The folder of key files, each of mode 0600."""
        return self.var / "keys"

    @property
    def assistant_origin(self) -> str:
        """Scheme, host and port of the assistant, without a path: "http://127.0.0.1:5005"."""
        if self.assistant_url is None:
            host = f"[{self.host}]" if ":" in self.host else self.host
            return f"http://{host}:{self.rasa_port}"
        parts = urlsplit(str(self.assistant_url))
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def assistant_socket_origin(self) -> str:
        """The same address for WebSockets: "ws://127.0.0.1:5005", "wss://…" for https."""
        return "ws" + self.assistant_origin.removeprefix("http")


def _split(listed: str) -> tuple[str, ...]:
    return tuple(one.strip().rstrip("/") for one in listed.split(",") if one.strip())


def _listens_everywhere(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
