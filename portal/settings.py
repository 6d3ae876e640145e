"""
Where the portal runs and where the browser finds the assistant, read from the environment.

It must never say what help we offer: that is the catalogue's part.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class PortalSettings(BaseSettings):
    """
    Environment variables ASKFIRST_HOST, ASKFIRST_PORTAL_PORT, ASKFIRST_RASA_PORT, ASKFIRST_ASSISTANT_URL.

    `assistant_url` is the assistant's address as browsers see it; left out, it follows from host and port.
    Raises pydantic's ValidationError for a port out of range, or a host that is no address for a browser.
    """

    model_config = SettingsConfigDict(
        env_prefix="ASKFIRST_", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    host: str = "127.0.0.1"
    portal_port: int = Field(default=8000, ge=1, le=65535)
    rasa_port: int = Field(default=5005, ge=1, le=65535)
    assistant_url: AnyHttpUrl | None = None

    @model_validator(mode="after")
    def _browser_can_reach_the_assistant(self) -> "PortalSettings":
        if self.assistant_url is None and _listens_everywhere(self.host):
            raise ValueError(
                f"ASKFIRST_HOST={self.host} listens everywhere, which is no address for a browser: "
                "set ASKFIRST_ASSISTANT_URL, for example https://chat.example.org"
            )
        return self

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


def _listens_everywhere(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
