"""
The real servers together, on free loopback ports, with a folder of their own, for tests.

Started by the Procfile's own commands, so what is tested is what runs. Must never touch the project's `var/`
except to use (or train once) the model, and never leave a process behind.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx

from consent_store import ConsentStore, StoreKeys, open_store
from operate.keys import private_folder, write_keys
from operate.services import Service, commands, server_environment, services
from operate.storage import migrate_store
from operate.terminal import Terminal
from operate.training import ensure_model
from settings import PREFIX, Settings, read_settings
from tests.live.ports import LOOPBACK, free_ports
from tests.live.server import PortCollisionError, Server

NAMES = ("rasa", "portal")
APART = ("actions", *NAMES)
"""The same with the actions in a server of their own."""
ENDPOINTS = "--endpoints endpoints.yml"
ATTEMPTS = 3
ANSWER_SECONDS = 60.0
REST_PATH = "/webhooks/rest/webhook"

Message = dict[str, Any]


class Stack:
    """
    Running servers and what a test needs to reach them.

    var: the folder of keys, database and logs. Names of servers: "rasa", "portal", "actions" if apart.
    """

    def __init__(self, settings: Settings, servers: Mapping[str, Server]) -> None:
        self.settings = settings
        self.servers = dict(servers)
        self.var = settings.var
        self.database_url = settings.store_url
        self._client = httpx.Client(timeout=ANSWER_SECONDS, trust_env=False)

    @cached_property
    def store(self) -> ConsentStore:
        """The consent store, opened beside the servers."""
        keys = StoreKeys.from_folder(self.var / "keys")
        return open_store(self.database_url, keys=keys, clock=lambda: datetime.now(UTC))

    @property
    def rasa_url(self) -> str:
        """The Rasa server's address, for the widget's socket and the REST channel."""
        return self.servers["rasa"].service.url

    @property
    def actions_url(self) -> str:
        """The action server's address."""
        return self.servers["actions"].service.url

    @property
    def portal_url(self) -> str:
        """The page's address."""
        return self.servers["portal"].service.url

    @property
    def rest_secret(self) -> str:
        """The REST channel's bearer secret."""
        return (self.var / "keys" / "rest.secret").read_text(encoding="ascii").strip()

    def post(self, body: object, *, secret: str | None = None) -> httpx.Response:
        """Send anything to the REST channel; return the HTTP answer. `secret` "" leaves the header out."""
        bearer = self.rest_secret if secret is None else secret
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self._client.post(self.rasa_url + REST_PATH, json=body, headers=headers)

    def send(self, hook: Any) -> httpx.Response:
        """Send a webhook (tests.channels.webhooks.Hook) to the Rasa server; return the HTTP answer."""
        return self._client.post(self.rasa_url + hook.path, content=hook.body, headers=dict(hook.headers))

    def waiting(self, channel: str) -> int:
        """How many messages of a messaging app are on their way."""
        return int(self._client.get(f"{self.rasa_url}/webhooks/{channel}/").json()["waiting"])

    def wait_until_idle(self, channel: str, seconds: float = ANSWER_SECONDS) -> None:
        """Return when everything is handled and sent; raise AssertionError when that takes too long."""
        deadline = time.monotonic() + seconds
        while self.waiting(channel):
            assert time.monotonic() < deadline, f"messages are still on their way\n{self.tails()}"
            time.sleep(0.02)

    def say(self, sender: str, message: str) -> list[Message]:
        """Return the assistant's answers to typed text or to a button's payload."""
        answer = self.post({"sender": sender, "message": message})
        assert answer.status_code == httpx.codes.OK, f"{answer.status_code} {answer.text}\n{self.tails()}"
        messages: list[Message] = answer.json()
        return messages

    def press(self, sender: str, messages: Sequence[Message], title: str) -> list[Message]:
        """Press the button with this title, the last one offered first, and return the answers."""
        for message in reversed(messages):
            for button in message.get("buttons") or ():
                if button["title"] == title:
                    return self.say(sender, str(button["payload"]))
        raise AssertionError(f"no button {title!r} in {messages}")

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
        """Start again whatever a test has killed and left so."""
        for name in self.servers:
            self.start(name)

    def launch(self) -> None:
        """Start all servers at once; returns when all are well."""
        for server in self.servers.values():
            server.launch()
        for server in self.servers.values():
            server.wait_until_ready()

    def end(self) -> None:
        """End all servers, by their process groups."""
        self._client.close()
        if "store" in self.__dict__:
            self.store.close()
        for server in self.servers.values():
            server.end()


def trained_model() -> Path:
    """Return the project's model, trained now if its files have changed since."""
    return ensure_model(read_settings(), os.environ, Terminal())


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
    settings = _settings(var, extra)
    write_keys(settings.keys)
    migrate_store(settings.store_url)
    private_folder(settings.log)
    environ = server_environment(settings, {**_clean_environment(), **extra}, model)
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


def _settings(var: Path, extra: Mapping[str, str]) -> Settings:
    rasa, actions, portal = free_ports(3)
    places = {
        "ASKFIRST_VAR": str(var),
        "ASKFIRST_HOST": LOOPBACK,
        "ASKFIRST_RASA_PORT": str(rasa),
        "ASKFIRST_ACTIONS_PORT": str(actions),
        "ASKFIRST_PORTAL_PORT": str(portal),
    }
    with patch.dict(os.environ, {**_clean_environment(), **places, **extra}, clear=True):
        return read_settings()


def _clean_environment() -> dict[str, str]:
    """Our own variables of the developer's shell stay out: a test runs the same everywhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


def eventually(check: Any, seconds: float = 10.0) -> Any:
    """Return the first true answer of `check()`; raise AssertionError when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError(f"still not so after {seconds:.0f} s: {check}")
