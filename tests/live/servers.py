"""
The real servers together, on free loopback ports, with a folder of their own, for tests.

Started by the Procfile's own commands, so what is tested is what runs. Must never touch the project's `var/`
except to use (or train once) the model, and never leave a process behind.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from operate.services import Service, commands, services
from settings import Settings
from tests.live.assistant import Assistant, Message
from tests.live.place import environment_of, new_place, trained_model
from tests.live.server import PortCollisionError, Server
from tests.live.waiting import eventually

__all__ = ["APART", "NAMES", "Message", "Stack", "eventually", "running_stack", "trained_model"]

NAMES = ("rasa", "portal")
APART = ("actions", *NAMES)
"""The same with the actions in a server of their own."""
ENDPOINTS = "--endpoints endpoints.yml"
ATTEMPTS = 3


class Stack(Assistant):
    """
    Running servers and what a test needs to reach them.

    var: the folder of keys, database and logs. Names of servers: "rasa", "portal", "actions" if apart.
    """

    def __init__(self, settings: Settings, servers: Mapping[str, Server]) -> None:
        super().__init__(settings)
        self.servers = dict(servers)

    @property
    def rasa_url(self) -> str:
        """The Rasa server's address."""
        return self.servers["rasa"].service.url

    @property
    def actions_url(self) -> str:
        """The action server's address."""
        return self.servers["actions"].service.url

    @property
    def portal_url(self) -> str:
        """The page's address."""
        return self.servers["portal"].service.url

    def new_token(self) -> str:
        """A token as the portal gives it to a new widget."""
        answer = self._client.post(f"{self.portal_url}/api/session", json={})
        assert answer.status_code == httpx.codes.OK, f"{answer.status_code} {answer.text}\n{self.tails()}"
        assert answer.json()["assistant"] == self.rasa_url
        return str(answer.json()["token"])

    def kill(self, name: str) -> None:
        """End one server as `kill -9` does; returns when it is gone."""
        self.servers[name].kill()

    def start(self, name: str) -> None:
        """Start one server again at its old port; returns when it answers its health check."""
        self.servers[name].launch()
        self.servers[name].wait_until_ready()

    def logs(self, name: str) -> str:
        """Return all that one server has written so far."""
        return self.servers[name].text()

    def tails(self) -> str:
        """Return the ends of all logs, for a failure's message."""
        return "\n".join(server.tail(15) for server in self.servers.values())

    def make_whole(self) -> None:
        """Start again whatever a test has killed and left so, all at once."""
        self.launch()

    def launch(self) -> None:
        """Start all servers at once; returns when all are well."""
        for server in self.servers.values():
            server.launch()
        for server in self.servers.values():
            server.wait_until_ready()

    def end(self) -> None:
        """End all servers, by their process groups."""
        self.close()
        for server in self.servers.values():
            server.end()


@contextmanager
def running_stack(
    var: Path, *, model: Path, environ: Mapping[str, str] | None = None, names: Sequence[str] = NAMES
) -> Iterator[Stack]:
    """
    Give running servers with keys and a database of their own below `var`; end them afterwards.

    environ: variables that these servers get on top. names: which servers; with APART also the actions'.
    """
    for attempt in range(1, ATTEMPTS + 1):
        stack = _make(var, model, environ or {}, names)
        try:
            stack.launch()
            break
        except PortCollisionError:
            stack.end()
            if attempt == ATTEMPTS:
                raise
        except BaseException:
            stack.end()
            raise
    try:
        yield stack
    finally:
        stack.end()


def _make(var: Path, model: Path, extra: Mapping[str, str], names: Sequence[str]) -> Stack:
    settings = new_place(var, extra)
    environ = environment_of(settings, extra, model)
    lines = dict(commands())
    by_name: dict[str, Service] = {service.name: service for service in services(settings)}
    if "actions" in names:
        where = (settings.actions_host, settings.actions_port, "ASKFIRST_ACTIONS_PORT", "/health")
        by_name["actions"] = Service("actions", "the action server", *where)
        lines["actions"] = "exec .venv/bin/python -m actions"
        lines["rasa"] = lines["rasa"].replace(ENDPOINTS, "--endpoints tests/live/apart.yml")
    return Stack(
        settings,
        {name: Server(by_name[name], lines[name], environ, settings.log / f"{name}.log") for name in names},
    )
