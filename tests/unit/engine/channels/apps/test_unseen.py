"""A question counts as asked once the app has taken it: nothing answers what nobody has seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from rasa.core.channels.channel import UserMessage

from engine.channels.apps.turning import letter_as_json, letter_from_json
from engine.delivery.safely import SafeJournal
from tests.unit.engine.channels.apps.apps_rig import (
    AT,
    FakeApp,
    Person,
    Rasa,
    StubJournal,
    after,
    asking,
    desk_of,
    idle,
    until,
)

Run = Callable[[Any], Any]


class Clock:
    """A second later each time that it is looked at."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def received(message: UserMessage) -> datetime:
    return datetime.fromisoformat(message.metadata["received_at"])


async def held_up(desk: Any, app: FakeApp, ada: Person, *typed: str) -> None:
    """The question is made and cannot be sent; meanwhile this is typed; then it is sent."""
    (gated,) = app.gates.values()
    await desk.take([ada.types("debts")])
    await until(lambda: app.tried)
    for text in typed:
        await desk.take([ada.types(text)])
        await until(lambda: not any(lane.incoming for lane in desk._lanes._lanes.values()))
    gated.set()
    await idle(desk)


def gate(app: FakeApp, text: str) -> None:
    app.gates[text] = asyncio.Event()


QUESTION = "May I?\nReply 1 to allow, 2 for not now, 3 for why."


def test_a_number_that_is_typed_while_the_question_is_on_its_way_answers_nothing(run_async: Run) -> None:
    app, rasa, ada = FakeApp(buttons=False), Rasa(asking), Person()

    async def scene() -> None:
        gate(app, QUESTION)
        desk = desk_of(app, rasa)
        await held_up(desk, app, ada, "1")
        assert rasa.texts == ["debts", "1"]
        await after(desk, [ada.types("1")])
        assert rasa.texts[-1] == "/allow"

    run_async(scene())


def test_what_is_typed_while_something_is_on_its_way_counts_as_written_before_it_was_said(
    run_async: Run,
) -> None:
    app, rasa, ada = FakeApp(buttons=False), Rasa(asking), Person()

    async def scene() -> None:
        gate(app, QUESTION)
        desk = desk_of(app, rasa, now=Clock())
        await held_up(desk, app, ada, "yes", "yes")
        await after(desk, [ada.types("yes")])

    run_async(scene())
    asked, *early, seen = rasa.heard
    assert [received(one) for one in early] == [received(asked)] * 2
    assert received(seen) > received(asked)


def test_a_question_that_is_over_before_it_was_seen_gets_no_numbers(run_async: Run) -> None:
    app, rasa, ada = FakeApp(buttons=False), Rasa(asking), Person()

    async def scene() -> None:
        gate(app, QUESTION)
        desk = desk_of(app, rasa)
        await held_up(desk, app, ada, "menu")
        await after(desk, [ada.types("1")])

    run_async(scene())
    assert rasa.texts == ["debts", "menu", "/menu"]


def test_a_question_that_was_never_sent_cannot_be_answered(run_async: Run) -> None:
    app, rasa, ada = FakeApp(buttons=False), Rasa(asking), Person()
    app.failing.append(RuntimeError("gone"))
    run_async(after(desk_of(app, rasa), [ada.types("debts")], [ada.types("1")]))
    assert rasa.texts == ["debts", "1"]


def test_what_may_come_back_and_since_when_waits_with_the_letter(run_async: Run) -> None:
    """Also over a start: the journal has both."""
    app, rasa, ada, stub = FakeApp(buttons=False), Rasa(asking), Person(), StubJournal()

    async def scene() -> None:
        gate(app, QUESTION)
        desk = desk_of(app, rasa, SafeJournal(stub))
        await desk.take([ada.types("debts")])
        await until(lambda: app.tried)
        (lane,) = desk._lanes._lanes.values()
        letter = lane.outgoing[-1].letter
        assert letter_from_json(letter_as_json(letter)) == letter
        assert (sorted(letter.options), letter.since) == (
            ["1", "2", "3"],
            AT.isoformat(timespec="microseconds"),
        )
        app.gates[QUESTION].set()
        await idle(desk)

    run_async(scene())
