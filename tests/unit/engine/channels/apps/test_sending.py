"""How long, how often and when a call is tried."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import pytest
import tenacity.wait

from engine.channels.apps.app import Call, NotSent
from engine.channels.apps.sending import LONGEST_PAUSE_SECONDS, MOST_SECONDS, OPTIONAL_SECONDS, Sender
from tests.unit.engine.channels.apps.apps_rig import PRIVATE, FakeApp, passing

Run = Callable[[Any], Any]
CALL = Call("say", {"text": PRIVATE, "to": "ada"})
OPTIONAL = Call("say", {"text": PRIVATE, "to": "ada"}, optional=True)


class Passing:
    """Time that passes only while somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        self.pauses: list[float] = []
        real = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: real + self.now)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def longest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each range the pauses are the longest."""
    monkeypatch.setattr(tenacity.wait.random, "uniform", lambda _least, most: most)


class Endless(list[Exception]):
    """Fails for ever."""

    def __init__(self, error: Exception) -> None:
        super().__init__([error])

    def pop(self, _index: Any = 0) -> Exception:
        return self[0]


def send(run_async: Run, app: FakeApp, time_: Passing, call: Call = CALL) -> str | None:
    sent: str | None = run_async(Sender(app, time_.sleep).send(call, "c0ffee"))
    return sent


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Passing:
    return Passing(monkeypatch)


def test_what_is_taken_at_once_is_sent_once(run_async: Run, passes: Passing) -> None:
    app = FakeApp()
    assert send(run_async, app, passes) == "ref1"
    assert (app.tried, passes.pauses) == ([CALL], [])


@pytest.mark.usefixtures("longest")
def test_what_passes_by_is_tried_again_after_pauses_that_grow_up_to_a_minute(
    run_async: Run, passes: Passing
) -> None:
    app = FakeApp()
    app.failing = [*passing(10)]
    assert send(run_async, app, passes) == "ref1"
    assert len(app.tried) == 11
    assert passes.pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert max(passes.pauses) == LONGEST_PAUSE_SECONDS


def test_pauses_are_random_so_that_not_all_come_back_at_once(run_async: Run, passes: Passing) -> None:
    app = FakeApp()
    app.failing = [*passing(12)]
    send(run_async, app, passes)
    assert all(pause <= min(60, 0.5 * 2**number) for number, pause in enumerate(passes.pauses))
    assert len(set(passes.pauses)) == 12


@pytest.mark.parametrize("wanted", [0.001, 1.0, 17.5, 600.0])
def test_it_waits_as_long_as_the_app_wants(run_async: Run, passes: Passing, wanted: float) -> None:
    app = FakeApp()
    app.failing = [*passing(2, after_seconds=wanted)]
    assert send(run_async, app, passes) == "ref1"
    assert passes.pauses == [wanted, wanted]


@pytest.mark.usefixtures("longest")
@pytest.mark.parametrize("wanted", [0.0, -3.0])
def test_an_app_that_wants_no_pause_is_not_asked_without_end(
    run_async: Run, passes: Passing, wanted: float
) -> None:
    app = FakeApp()
    app.failing = [*passing(3, after_seconds=wanted)]
    assert send(run_async, app, passes) == "ref1"
    assert passes.pauses == [0.5, 1, 2]


def test_what_is_final_is_not_tried_again(
    run_async: Run, passes: Passing, caplog: pytest.LogCaptureFixture
) -> None:
    app = FakeApp()
    app.failing = [NotSent("blocked", final=True, after_seconds=1)]
    assert send(run_async, app, passes) is None
    assert (len(app.tried), passes.pauses) == (1, [])
    assert "channel=fake call=say conversation=c0ffee reason=blocked" in caplog.text


@pytest.mark.parametrize(("call", "most"), [(CALL, MOST_SECONDS), (OPTIONAL, OPTIONAL_SECONDS)])
@pytest.mark.parametrize("wanted", [None, 7.0])
def test_it_gives_up_in_time(
    run_async: Run, passes: Passing, call: Call, most: float, wanted: float | None
) -> None:
    app = FakeApp()
    app.failing = Endless(NotSent("busy", after_seconds=wanted))
    assert send(run_async, app, passes, call) is None
    assert most - LONGEST_PAUSE_SECONDS <= sum(passes.pauses) <= most
    assert len(app.tried) == len(passes.pauses) + 1 > 2
    assert most in (3_600, 30)


def test_an_app_that_wants_more_than_the_time_that_is_left_is_not_waited_for(
    run_async: Run, passes: Passing
) -> None:
    app = FakeApp()
    app.failing = Endless(NotSent("busy", after_seconds=3_601))
    assert send(run_async, app, passes) is None
    app.failing = Endless(NotSent("busy", after_seconds=31))
    assert send(run_async, app, passes, OPTIONAL) is None
    assert passes.pauses == []


@pytest.mark.parametrize("error", [RuntimeError(PRIVATE), KeyError(PRIVATE), OSError(PRIVATE)])
def test_whatever_else_happens_is_not_tried_again_and_raises_nothing(
    run_async: Run, passes: Passing, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    app = FakeApp()
    app.failing = [error]
    with caplog.at_level(logging.DEBUG):
        assert send(run_async, app, passes) is None
    assert len(app.tried) == 1
    assert f"reason={type(error).__name__}" in caplog.text
    assert "1,234" not in caplog.text


def test_nothing_of_a_call_is_in_the_log(
    run_async: Run, passes: Passing, caplog: pytest.LogCaptureFixture
) -> None:
    app = FakeApp()
    app.failing = [*passing(2), NotSent("blocked", final=True)]
    with caplog.at_level(logging.DEBUG):
        send(run_async, app, passes)
    assert "1,234" not in caplog.text + repr(CALL)
    assert "ada" not in caplog.text


@pytest.mark.parametrize(("call", "level"), [(CALL, logging.ERROR), (OPTIONAL, logging.INFO)])
def test_only_what_somebody_misses_is_an_error(
    run_async: Run, passes: Passing, caplog: pytest.LogCaptureFixture, call: Call, level: int
) -> None:
    app = FakeApp()
    app.failing = [NotSent("gone", final=True)]
    with caplog.at_level(logging.DEBUG):
        send(run_async, app, passes, call)
    assert [record.levelno for record in caplog.records if "could not be sent" in record.message] == [level]
