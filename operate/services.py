"""
The two servers: what they are called, where they listen, how one sees that they are well, how they start.

Must never start anything itself: it only says how. The commands are those of the Procfile alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import OK, HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from settings import PREFIX, ROOT, Settings

LOOPBACK = "127.0.0.1"
ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - compared with, never bound to


@dataclass(frozen=True)
class Service:
    """One server. `title` reads in a sentence; `variable` is what changes its port."""

    name: str
    title: str
    host: str
    port: int
    variable: str
    health_path: str

    @property
    def url(self) -> str:
        """Return the address at which this machine itself reaches the server."""
        host = LOOPBACK if self.host in ANY_ADDRESS else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def health_url(self) -> str:
        """Return the address that answers 200 when the server is ready."""
        return self.url + self.health_path


def services(settings: Settings) -> tuple[Service, ...]:
    """Return the servers in the order in which they are shown."""
    host = settings.host
    return (
        Service("portal", "the portal", host, settings.portal_port, "ASKFIRST_PORTAL_PORT", "/health"),
        Service("rasa", "the assistant", host, settings.rasa_port, "ASKFIRST_RASA_PORT", "/"),
    )


def is_well(service: Service, seconds: float = 2.0) -> bool:
    """Whether the server answers its health check with 200 now. No proxy is asked: it is on this machine."""
    connection = HTTPConnection(urlsplit(service.url).netloc, timeout=seconds)
    try:
        connection.request("GET", service.health_path)
        return connection.getresponse().status == OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def commands(root: Path = ROOT) -> Mapping[str, str]:
    """Return the command line of each server, as the Procfile has it: name, colon, line for the shell."""
    lines = (root / "Procfile").read_text(encoding="utf-8").splitlines()
    return {name: line.strip() for name, _, line in (line.partition(":") for line in lines) if line}


def server_environment(settings: Settings, environ: Mapping[str, str], model: Path) -> dict[str, str]:
    """Return the environment that every server gets, in which all settings are spelt out."""
    return {
        **environ,
        PREFIX + "VAR": str(settings.var),
        PREFIX + "DATABASE_URL": settings.store_url,
        PREFIX + "HOST": settings.host,
        PREFIX + "ACTIONS_HOST": settings.actions_host,
        PREFIX + "RASA_PORT": str(settings.rasa_port),
        PREFIX + "ACTIONS_PORT": str(settings.actions_port),
        PREFIX + "PORTAL_PORT": str(settings.portal_port),
        PREFIX + "MODEL": str(model),
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
    }
