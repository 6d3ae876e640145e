"""What people type stays out of the logs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from engine import quiet
from settings import ROOT

PRIVATE = "I owe 1,234.56 euros"
LOG_EVERYTHING = """
import sys, logging
from engine import quiet
quiet.before_import()
quiet.install()
import structlog
from rasa.utils.log_utils import configure_structlog
configure_structlog(logging.DEBUG)
log = structlog.get_logger()
private = sys.argv[1]
log.error("rest.message.received.failure", text=private, user_message=private, rasa_events=[private])
try:
    raise RuntimeError(private)
except RuntimeError:
    log.exception("failed", text=private)
"""
SERVE = """
import sys, asyncio, logging
from engine import quiet
quiet.before_import()
quiet.install()
from rasa.core import agent, run
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog
async def load_agent(**_options):
    logging.getLogger("rasa.core.agent").error(f"the model is broken: {sys.argv[2]}")
agent.load_agent = load_agent
class App:
    class ctx: pass
configure_structlog(logging.DEBUG)
configure_logging_and_warnings(logging.DEBUG)
asyncio.run(run.load_agent_on_start(None, None, None, App, None))
for name in ("rasa.core.processor", "asyncio", "sqlalchemy.engine", "aiohttp.client", "sanic.root",
             "sanic.error", "sanic.access", "socketio.server", "engineio.server", "apscheduler"):
    logger = logging.getLogger(name)
    logger.addHandler(logging.StreamHandler())
    logger.debug(f"{name} got {sys.argv[1]}")
    logger.debug("%s was told: %s", name, sys.argv[1])
    logger.error(f"{name} got {sys.argv[1]}")
"""


@pytest.mark.parametrize("key", ["text", "slot_values", "rasa_events", "something_new"])
def test_a_key_that_is_not_known_to_be_harmless_is_withheld(key: str) -> None:
    entry = quiet.withhold_texts(None, "info", {"event": "something", "action_name": "why", key: PRIVATE})
    assert entry == {"event": "something", "action_name": "why", key: quiet.WITHHELD, "exc_info": None}


def test_no_key_is_harmless_that_rasa_itself_says_may_hold_a_text() -> None:
    import inspect

    from rasa.utils import log_utils

    stock = inspect.getsource(log_utils).split("anonymizable_keys = [")[1].split("]")[0]
    named = {line.strip().strip('",') for line in stock.splitlines() if line.strip()}
    assert "slot_values" in named
    assert named & quiet.HARMLESS_KEYS == set()


def test_a_structured_entrys_error_is_its_class_and_place() -> None:
    try:
        float(PRIVATE)
    except ValueError as error:
        given = quiet.withhold_texts(None, "error", {"event": "x", "exc_info": error})
        found = quiet.withhold_texts(None, "exception", {"event": "x"})
    assert given == found
    assert given["error"].startswith("ValueError at test_quiet.py:")


def test_neither_entries_nor_tracebacks_show_what_somebody_typed() -> None:
    written = _written_by(LOG_EVERYTHING)
    assert PRIVATE not in written
    entries = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert [entry["event"] for entry in entries] == ["rest.message.received.failure", "failed"]
    assert entries[1]["error"].startswith("RuntimeError at <string>:")


def test_while_the_server_serves_no_library_logs_what_somebody_typed_at_any_level(serving: str) -> None:
    assert PRIVATE not in serving
    assert serving.count("… was told: …") >= 10
    assert serving.count(f"{quiet.WITHHELD} at ") >= 20


def test_what_goes_wrong_before_anybody_can_speak_is_said_in_full(serving: str) -> None:
    assert "the model is broken: no such file" in serving
    assert "Rasa server is up and running" in serving


@pytest.fixture(scope="module")
def serving() -> str:
    """What a server writes at the lowest level: while it loads its model, and then."""
    return _written_by(SERVE, LOG_LEVEL="DEBUG", LOG_LEVEL_LIBRARIES="DEBUG")


def _written_by(code: str, **environ: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, PRIVATE, "no such file"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **environ, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout + done.stderr


def test_database_errors_do_not_quote_what_was_to_be_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlalchemy
    from rasa.core import tracker_store

    _remember_stock(monkeypatch)
    quiet.install()
    engine = sqlalchemy.create_engine("sqlite://", **tracker_store.create_engine_kwargs("sqlite://"))
    with pytest.raises(sqlalchemy.exc.OperationalError) as raised, engine.connect() as connection:
        connection.execute(sqlalchemy.text("INSERT INTO nowhere VALUES (:text)"), {"text": PRIVATE})
    assert PRIVATE not in str(raised.value)


def _remember_stock(monkeypatch: pytest.MonkeyPatch) -> None:
    from engineio.base_server import BaseServer
    from rasa.core import run, tracker_store
    from rasa.utils import log_utils

    for module, name in (
        (log_utils, "_anonymizer"),
        (tracker_store, "create_engine_kwargs"),
        (run, "configure_app"),
        (BaseServer, "_bad_request"),
        (run, "load_agent_on_start"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name))
