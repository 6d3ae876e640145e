"""A library's log entries keep what its authors wrote, and nothing that was filled in."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sealing import quiet

ROOT = Path(__file__).resolve().parents[3]
SECRET = "quokkabalance"

START = """
import asyncio, logging, sys, threading, warnings
from sealing import quiet
logging.basicConfig(level=logging.DEBUG, format="%(name)s %(levelname)s %(message)s")
secret = sys.argv[1]
quiet.install()
library, ours = logging.getLogger("aiohttp.client"), logging.getLogger("actions.base")
def fail():
    raise ValueError(secret)
def failing():
    try:
        fail()
    except ValueError as error:
        return error
async def later():
    fail()
"""


def fail() -> None:
    raise ValueError(SECRET)


def failing() -> ValueError:
    try:
        fail()
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Runs lines of code and gives what they log."""
    monkeypatch.setattr(logging.Logger, "makeRecord", quiet._make_record)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    names = {
        "library": logging.getLogger("aiohttp.client"),
        "ours": logging.getLogger("actions.base"),
        **{name: globals()[name] for name in ("fail", "failing", "logging")},
        "secret": SECRET,
    }

    def run(lines: str) -> str:
        stream = io.StringIO()
        whole: list[str] = []
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        handler.addFilter(
            lambda entry: whole.append(repr(vars(entry))) or True
        )  # what nobody prints, too
        logging.getLogger().addHandler(handler)
        try:
            exec(lines, names)
        finally:
            logging.getLogger().removeHandler(handler)
        assert SECRET not in stream.getvalue() + "".join(whole)
        return stream.getvalue()

    return run


def written_by(lines: str) -> str:
    """What a process of its own writes, to its end; without anything private in it."""
    done = subprocess.run(
        [sys.executable, "-c", START + lines, SECRET], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert SECRET not in done.stdout + done.stderr
    return done.stderr


def test_a_server_that_looks_at_the_numbers_of_an_entry_lives(logged: Callable[[str], str]) -> None:
    from_sanic = "from sanic.logging.filter import VerbosityFilter; library.addFilter(VerbosityFilter())"
    line = f"{from_sanic}; library.info(secret, extra={{'verbosity': 0}})"
    assert "INFO (not logged)" in logged(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("library.info('sent %s to %s', secret, 7)", "aiohttp.client INFO sent … to …"),
        ("library.info('100%% of %(what)-8.3s', {'what': secret})", "INFO 100% of …"),
        ("library.warning('nothing filled in')", "WARNING nothing filled in"),
        ("library.debug(f'got {secret}')", "DEBUG (not logged) at <string>:"),
        ("library.debug('got {}'.format(secret))", "DEBUG (not logged) at"),
        ("library.debug('got ' + secret)", "DEBUG (not logged) at"),
        ("library.error(failing())", "ERROR ValueError at test_quiet.py:"),
        ("library.error({'body': secret})", "ERROR (not logged) at"),
        ("library.info('asked', extra={'request': secret, 'status': 200})", "INFO asked"),
        ("library.info('', stack_info=True)", "INFO"),
        ("logging.LoggerAdapter(library, {}).info('sent %s', secret)", "INFO sent …"),
        ("logging.getLogger('actions_of_others').info(secret)", "INFO (not logged)"),
        ("logging.info(secret)", "root INFO (not logged)"),
    ],
)
def test_what_is_filled_into_a_librarys_entry_is_not_logged(
    logged: Callable[[str], str], line: str, expected: str
) -> None:
    assert expected in logged(line)


@pytest.mark.parametrize(
    "level", ["library.exception('it failed: %s', secret)", "ours.exception('it failed')"]
)
def test_of_an_error_stay_its_class_and_place(logged: Callable[[str], str], level: str) -> None:
    said = logged(f"try:\n    fail()\nexcept ValueError:\n    {level}\n")
    assert "it failed" in said
    assert "(ValueError at test_quiet.py:" in said
    assert "Traceback" not in said


def test_our_own_entries_stay_whole(logged: Callable[[str], str]) -> None:
    assert "base ERROR action=why reason=locked" in logged(
        "ours.error('action=%s reason=%s', 'why', 'locked')"
    )


def test_our_entry_with_a_percent_sign_in_the_place_of_its_error_is_still_written(
    logged: Callable[[str], str],
) -> None:
    said = logged("ours.error('%s failed', 'it', exc_info=OSError(98, secret))")
    assert "it failed (OSError [Errno 98] Address already in use)" in said


@pytest.mark.parametrize(
    "line",
    [
        "warnings.warn(secret)",
        "fail()",
        "thread = threading.Thread(target=fail); thread.start(); thread.join()",
        "class Gone:\n    def __del__(self): fail()\nGone()",
        "asyncio.new_event_loop().call_exception_handler({'message': secret, 'exception': failing()})",
        "async def main(): asyncio.create_task(later()); await asyncio.sleep(0)\nasyncio.run(main())",
    ],
)
def test_warnings_and_last_words_say_no_more_than_class_and_place(line: str) -> None:
    assert "<string>:" in written_by(line) or "base_events.py:" in written_by(line)


def test_a_constant_of_somebody_elses_code_is_no_constant_of_the_one_that_logs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.Logger, "makeRecord", quiet._make_record)
    log_for_me(SECRET)
    logging.getLogger("library").warning("written here")
    assert [record.getMessage().partition(" at ")[0] for record in caplog.records] == [
        quiet.WITHHELD,
        "written here",
    ]


def log_for_me(text: str) -> None:
    logging.getLogger("library").warning(text)


def test_an_error_of_the_operating_system_keeps_its_number() -> None:
    assert quiet.described(OSError(98, SECRET)) == "OSError [Errno 98] Address already in use"
    assert quiet.described(KeyError(SECRET)) == "KeyError"
    assert quiet.described(KeyError) == "KeyError"
