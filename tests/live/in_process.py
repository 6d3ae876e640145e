"""
The assistant in this very process: the app of `rasa run` with its actions, on a loopback port, and with a
clock that a test sets.

No server is started: Rasa, the consent store and all channels are the real ones, in a thread of their own.
What can fail, fails when it is told to. Must never change what is done, only when, and whether it can be.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from sqlalchemy import event
from sqlalchemy.pool import Pool

from consent_store.sql.engine import BUSY_TIMEOUT_MS
from sealing.keys import read_key
from sealing.token import issue
from settings import Settings
from tests.live.assistant import Assistant
from tests.live.clock import Clock
from tests.live.place import environment_of, new_place
from tests.live.waiting import SECONDS

if TYPE_CHECKING:
    from sanic import Sanic

STARTING_SECONDS = 240.0
NO_PATIENCE_MS = 20
"""How long the database is waited for while a test holds its lock; after that it is tried again at once."""


class InProcess(Assistant):
    """One for each process of the tests: what is patched in Rasa stays so until it ends."""

    def __init__(self, settings: Settings, environ: Mapping[str, str], clock: Clock) -> None:
        """environ: the variables of whatever is to see the same place."""
        super().__init__(settings)
        self.environ = environ
        self.clock = clock
        self.actions_are_away = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="assistant", daemon=True)
        self._lock: sqlite3.Connection | None = None
        self._app: Any = None
        self._server: Any = None

    @property
    def rasa_url(self) -> str:
        """Its address on loopback."""
        return f"http://{self.settings.host}:{self.settings.rasa_port}"

    def now(self) -> datetime:
        """The clock of the process."""
        return self.clock.now()

    def new_token(self) -> str:
        """A token as the portal gives it to a new widget."""
        return issue(read_key(self.settings.keys / "widget_token.key"))

    def lock_store(self) -> None:
        """Nobody can write to the consent store, and nobody waits long for it."""
        path = self.database_url.removeprefix("sqlite:///")
        self._lock = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._lock.execute("BEGIN IMMEDIATE")

    def free_store(self) -> None:
        """The consent store can be written to."""
        if self._lock is not None:
            with suppress(sqlite3.Error):
                self._lock.execute("ROLLBACK")
            self._lock.close()
            self._lock = None

    def make_whole(self) -> None:
        """Everything is well again."""
        self.actions_are_away = False
        self.free_store()

    def tails(self) -> str:
        """Nothing: what is logged here stands in the test's own report."""
        return ""

    def wait_until_idle(self, channel: str) -> None:
        """Return when everything is handled and sent; raise TimeoutError when that takes too long."""
        self._do(self._idle(channel), SECONDS, f"all messages of {channel} are handled and sent")

    async def _idle(self, channel: str) -> None:
        desk = self._app.blueprints[channel].ctx.channel._desk
        while desk.waiting:  # noqa: ASYNC110, it has no event for that
            await asyncio.sleep(0.001)

    def begin(self, app: Sanic) -> None:
        """Load the model and listen; returns when the first message may come."""
        self._app = app
        self._thread.start()
        self._do(self._listen(), STARTING_SECONDS, "the assistant has started")

    async def _listen(self) -> None:
        self._server = server = await self._app.create_server(
            self.settings.host, self.settings.rasa_port, return_asyncio_server=True
        )
        await server.startup()
        await server.before_start()
        await server.start_serving()
        await server.after_start()

    def end(self) -> None:
        """Stop listening, give everything back."""
        self.make_whole()
        self.close()
        if self._thread.is_alive():
            self._do(self._stop(), SECONDS, "the assistant has stopped")
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(SECONDS)

    async def _stop(self) -> None:
        if self._server is not None:
            await self._server.before_stop()
            await self._server.close()
            await self._server.after_stop()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _do(self, work: Coroutine[Any, Any, None], seconds: float, what: str) -> None:
        """In the assistant's thread. Raises AssertionError, naming what did not become so."""
        done = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            done.result(seconds)
        except TimeoutError:
            done.cancel()
            raise AssertionError(f"still not so after {seconds:.0f} s: {what}") from None

    def impatient(self, connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        """What SQLAlchemy calls for every connection that it hands out."""
        if isinstance(connection, sqlite3.Connection):
            patience = BUSY_TIMEOUT_MS if self._lock is None else NO_PATIENCE_MS
            connection.execute(f"PRAGMA busy_timeout={patience}")


@contextmanager
def assistant_in_process(var: Path, *, model: Path, environ: Mapping[str, str]) -> Iterator[InProcess]:
    """Give the assistant, with keys and a database of its own below `var`. environ: variables on top."""
    settings = new_place(var, environ)
    clock = Clock()
    assistant = InProcess(settings, environment_of(settings, environ, model), clock)
    with ExitStack() as patches:
        patches.enter_context(clock.installed())
        patches.callback(assistant.end)
        with (
            patch.dict(os.environ, assistant.environ, clear=True),
            patch("sealing.quiet.install"),  # it is for ever, and the tests say what they log
        ):
            assistant.begin(_app_of_rasa_run(assistant, model))
        event.listen(Pool, "checkout", assistant.impatient)
        patches.callback(event.remove, Pool, "checkout", assistant.impatient)
        yield assistant


def _app_of_rasa_run(assistant: InProcess, model: Path) -> Sanic:
    """What `rasa run` would serve. Rasa stays patched."""
    from actions.bootstrap import services
    from engine.__main__ import patch_rasa, prepare_environment

    prepare_environment(serving=True)
    patch_rasa()
    from rasa import api
    from rasa.utils import log_utils
    from rasa_sdk.executor import ActionExecutor
    from sanic import Sanic

    apps: list[Sanic] = []
    stock_run = ActionExecutor.run

    async def run_unless_away(self: ActionExecutor, call: Any) -> Any:
        if assistant.actions_are_away:
            raise ConnectionError("the actions are away")
        return await stock_run(self, call)

    ActionExecutor.run = run_unless_away
    log_utils.configure_structlog(logging.WARNING)  # as Rasa's command line does
    services.cache_clear()
    with patch.object(Sanic, "run", lambda app, **_: apps.append(app)):
        api.run(str(model), endpoints="endpoints.yml", credentials="credentials.yml", enable_api=False)
    return apps[0]
