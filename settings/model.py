"""The settings: each field is the variable ASKFIRST_<FIELD>, as .env.example explains it."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AnyHttpUrl, Field, ValidationInfo, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from settings.bounds import Bounds

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "ASKFIRST_"

Port = Annotated[int, Field(ge=1, le=65535)]
Place = Annotated[Path, AfterValidator(lambda path: (ROOT / path).resolve())]
"""A relative one counts from the project's folder, wherever a process stands."""


class SettingsInvalid(ValueError):
    """Variables that cannot be used. One sentence names them, and never a value: it may be a secret."""


class Settings(Bounds):
    """Frozen; a blank variable counts as not set. Raises pydantic's ValidationError; see `read_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )

    var: Place = Path("var")
    mode: Literal["development", "production"] = "development"
    """Production takes no development key; every reading of a key holds to it (`sealing.keys`)."""
    database_url: str = ""
    host: str = "127.0.0.1"
    rasa_port: Port = 5005
    portal_port: Port = 8000
    actions_host: str = "127.0.0.1"
    actions_port: Port = 5055
    language: str = "en"
    encoder: Place | None = None
    """A folder with the published files of the sentence encoder, in place of the package's."""
    called_from: Path = Path()
    """The folder in which the caller of `askfirst` stands; the script says it."""

    keep_conversations_days: int = Field(default=30, ge=0, le=36500)
    """How long what was said is kept, sealed; the sweep deletes what is older. 0: in memory only."""
    sweep_minutes: float = Field(default=5.0, gt=0)

    assistant_url: AnyHttpUrl | None = None
    """The assistant's address as browsers see it; left out, it follows from host and port."""
    portal_url: AnyHttpUrl | None = None
    """The portal's address as browsers see it; left out, it follows from host and port."""
    page_origins: str = ""
    """The web origins, apart by commas, whose pages may show the widget and use the API."""
    trusted_proxies: str = ""
    """Addresses, apart by commas, whose word counts for where a request came from."""

    identity_algorithm: Literal["RS256", "HS256"] | None = None
    """How websites sign who somebody is. Never taken from what they sign."""
    identity_key_file: Place | None = None
    identity_audience: str = ""
    identity_issuer: str = ""

    @model_validator(mode="before")
    @classmethod
    def _blank_is_not_set(cls, given: dict[str, Any]) -> dict[str, Any]:
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("page_origins")
    @classmethod
    def _are_origins(cls, listed: str) -> str:
        for origin in _split(listed):
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
                raise ValueError("each must be an origin, for example https://www.example.org")
        return listed

    @field_validator("identity_issuer")
    @classmethod
    def _identity_is_whole(cls, issuer: str, info: ValidationInfo) -> str:
        """What is wrong by itself is not among the data, and is named anyway."""
        fields = ("identity_algorithm", "identity_key_file", "identity_audience")
        given = {field: info.data.get(field, "wrong") for field in fields} | {"identity_issuer": issuer}
        missing = [f"{PREFIX}{field.upper()}" for field, value in given.items() if not value]
        if 0 < len(missing) < len(given):
            raise ValueError(f"to take identities of a website, set also {', '.join(missing)}")
        return issuer

    @property
    def keys(self) -> Path:
        """The folder of key files, each of mode 0600."""
        return self.var / "keys"

    @property
    def log(self) -> Path:
        """The folder of the logs."""
        return self.var / "log"

    @property
    def models(self) -> Path:
        """The folder of the trained models."""
        return self.var / "models"

    @property
    def checkpoints(self) -> Path:
        """The folder of signed checkpoints."""
        return self.var / "checkpoints"

    @property
    def store_url(self) -> str:
        """The consent store's database; SQLite in `var` unless told otherwise."""
        return self.database_url or f"sqlite:///{self.var / 'consent.db'}"

    @property
    def keep_conversations(self) -> timedelta:
        """How long what was said is kept."""
        return timedelta(days=self.keep_conversations_days)

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The origins of other pages that may use the API; the portal's own pages always may."""
        return _split(self.page_origins)

    @property
    def proxies(self) -> tuple[str, ...]:
        """The addresses of our own proxies."""
        return _split(self.trusted_proxies)

    @property
    def socket_origins(self) -> tuple[str, ...]:
        """
        The origins that may open the widget's socket: the portal's own pages, and those of other pages. Never
        empty: socket.io takes that for "anybody".
        """
        return tuple(dict.fromkeys((*self._portal_origins, *self.allowed_origins)))

    @property
    def _portal_origins(self) -> tuple[str, ...]:
        if self.portal_url is not None:
            return (_origin(self.portal_url),)
        hosts = dict.fromkeys(("127.0.0.1", "localhost", self.host))
        return tuple(_local(host, self.portal_port) for host in hosts if not _listens_everywhere(host))

    @property
    def assistant_origin(self) -> str:
        """
        Scheme, host and port of the assistant for browsers, without a path: "http://127.0.0.1:5005".

        Raises SettingsInvalid if nobody said it and it cannot be told.
        """
        if self.assistant_url is not None:
            return _origin(self.assistant_url)
        if _listens_everywhere(self.host):
            raise SettingsInvalid(
                f"{PREFIX}HOST listens everywhere, which is no address for a browser: "
                f"set {PREFIX}ASSISTANT_URL, for example https://chat.example.org."
            )
        return _local(self.host, self.rasa_port)

    @property
    def assistant_socket_origin(self) -> str:
        """The same address for WebSockets: "ws://127.0.0.1:5005", "wss://…" for https."""
        return "ws" + self.assistant_origin.removeprefix("http")


def _origin(url: AnyHttpUrl) -> str:
    """Scheme, host and port as a browser names them, without a path or a name."""
    parts = urlsplit(str(url))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _local(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _split(listed: str) -> tuple[str, ...]:
    return tuple(one.strip().rstrip("/") for one in listed.split(",") if one.strip())


def _listens_everywhere(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
