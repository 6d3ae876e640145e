"""What people type stays out of the logs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from engine import quiet, settings

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
    raise RuntimeError("no value in here")
except RuntimeError:
    log.exception("failed", text=private)
"""


@pytest.mark.parametrize("key", sorted(quiet.TEXT_KEYS))
def test_every_key_that_may_hold_a_text_is_withheld(key: str) -> None:
    entry = quiet.withhold_texts(None, "info", {"event": "something", key: PRIVATE})
    assert entry == {"event": "something", key: quiet.WITHHELD}


def test_rasa_names_no_text_key_that_we_do_not_know() -> None:
    import inspect

    from rasa.utils import log_utils

    stock = inspect.getsource(log_utils).split("anonymizable_keys = [")[1].split("]")[0]
    named = {line.strip().strip('",') for line in stock.splitlines() if line.strip()}
    assert named == quiet.TEXT_KEYS


def test_neither_entries_nor_tracebacks_show_what_somebody_typed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOG_EVERYTHING, PRIVATE],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.ROOT,
        env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
    )
    written = done.stdout + done.stderr
    assert PRIVATE not in written
    entries = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert [entry["event"] for entry in entries] == ["rest.message.received.failure", "failed"]
    assert entries[1]["exception"][0]["exc_type"] == "RuntimeError"


def test_database_errors_do_not_quote_what_was_to_be_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlalchemy
    import structlog.processors
    from rasa.core import tracker_store
    from rasa.utils import log_utils

    monkeypatch.setattr(log_utils, "_anonymizer", log_utils._anonymizer)
    monkeypatch.setattr(structlog.processors, "dict_tracebacks", structlog.processors.dict_tracebacks)
    monkeypatch.setattr(tracker_store, "create_engine_kwargs", tracker_store.create_engine_kwargs)
    quiet.install()
    engine = sqlalchemy.create_engine("sqlite://", **tracker_store.create_engine_kwargs("sqlite://"))
    with pytest.raises(sqlalchemy.exc.OperationalError) as raised, engine.connect() as connection:
        connection.execute(sqlalchemy.text("INSERT INTO nowhere VALUES (:text)"), {"text": PRIVATE})
    assert PRIVATE not in str(raised.value)
