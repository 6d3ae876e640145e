"""What an app shows of a conversation, turn after turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from engine.channels.apps.incoming import Incoming
from engine.channels.apps.thread import Thread, from_json
from engine.delivery.safely import SafeJournal
from sealing.button import seal
from tests.unit.engine.channels.apps.apps_rig import (
    AT,
    PRIVATE,
    SETTINGS,
    FakeApp,
    Person,
    Rasa,
    StubJournal,
    after,
    asking,
    desk_of,
    echo,
    idle,
    thread_of,
    until,
)
from tests.unit.engine.conversations.conftest import database, migrated  # noqa: F401 (fixtures)
from tests.unit.engine.delivery.conftest import journal_of, rows  # noqa: F401 (fixtures)

Run = Callable[[Any], Any]


# what is shown


def test_a_press_is_acknowledged_answered_and_its_question_retired(run_async: Run) -> None:
    app, rasa, ada = FakeApp(), Rasa(asking), Person()
    allow = seal(SETTINGS.buttons_key, ada.conversation, "/allow")
    run_async(after(desk_of(app, rasa), [ada.types("debts")], [ada.does(press=allow, pressed_on="ref1")]))
    assert [(call.method, call.args.get("outcome", call.args.get("text"))) for call in app.done] == [
        ("say", "May I?"), ("noticed", None), ("retire", "Allow"), ("say", "Noted."),
    ]  # fmt: skip
    assert rasa.heard[1].metadata == {
        "button": True, "title": "Allow", "received_at": AT.isoformat(timespec="microseconds"),
    }  # fmt: skip


def test_somebody_elses_press_counts_for_nobody(run_async: Run) -> None:
    app, rasa, ada, ben = FakeApp(), Rasa(asking), Person("ada"), Person("ben")
    allow = seal(SETTINGS.buttons_key, ada.conversation, "/allow")
    run_async(after(desk_of(app, rasa), [ada.types("debts")], [ben.does(press=allow, pressed_on="ref1")]))
    assert rasa.texts == ["debts"]
    assert [call.method for call in app.done] == ["say", "not_theirs"]


def test_what_is_said_in_a_group_gets_an_offer_and_nothing_else(run_async: Run) -> None:
    app, rasa = FakeApp(), Rasa(echo)
    said = Incoming("e", ("ada",), {"to": "group"}, text=PRIVATE, public=True)
    run_async(after(desk_of(app, rasa), [said]))
    assert ([call.method for call in app.done], rasa.heard) == (["offer"], [])


def test_a_number_means_what_it_meant_when_it_was_sent(run_async: Run) -> None:
    """Two messages in one batch: the 1 was sent before anything else was asked."""
    app, rasa, ada = FakeApp(buttons=False), Rasa(asking), Person()
    batch = [ada.types("menu"), ada.types("1")]
    run_async(after(desk_of(app, rasa), [ada.types("debts")], batch, [ada.types("1")]))
    assert rasa.texts == ["debts", "menu", "/allow", "1"]


@pytest.mark.parametrize("state", ["none", "here", "keeps nothing"])
def test_what_a_number_stands_for_is_known_in_the_next_turn_and_gone_after_it(
    run_async: Run, state: str
) -> None:
    app, rasa, ada = FakeApp(buttons=False), Rasa(asking), Person()
    journal = SafeJournal(None if state == "none" else StubJournal(), keeps=state == "here")
    run_async(after(desk_of(app, rasa, journal), *([ada.types(one)] for one in ("debts", "2", "2"))))
    assert rasa.texts == ["debts", "/not_now", "2"]


def test_threads_stay_in_memory_only_if_they_are_nowhere_else(run_async: Run) -> None:
    ada = Person()
    journals = (SafeJournal(None), SafeJournal(StubJournal(), keeps=False), SafeJournal(StubJournal()))
    for journal, stays in zip(journals, (True, True, False), strict=True):
        desk = desk_of(FakeApp(), Rasa(asking), journal)
        run_async(after(desk, [ada.types("debts")], [ada.types("hello")]))
        assert (thread_of(desk, ada) is not None) is stays
        assert desk._lanes._lanes == {}


def test_a_thread_that_could_not_be_written_stays_until_it_can(run_async: Run) -> None:
    """Else a number of the question before would come back from the journal."""
    app, rasa, ada, stub = FakeApp(buttons=False), Rasa(asking), Person(), StubJournal()

    async def scene() -> None:
        desk = desk_of(app, rasa, SafeJournal(stub))
        await after(desk, [ada.types("debts")])
        stub.away = True
        await after(desk, [ada.types("menu")])
        stub.away = False
        assert from_json(stub.threads[ada.person_id]).options["1"].title == "Allow"
        await after(desk, [ada.types("1")])
        assert rasa.texts[-1] == "/menu"
        await after(desk, [ada.types("menu")])
        assert thread_of(desk, ada) is None
        assert from_json(stub.threads[ada.person_id]).options["1"].title == "Menu"

    run_async(scene())


def test_what_could_not_be_noted_as_done_is_noted_later(run_async: Run) -> None:
    app, ada, stub = FakeApp(), Person(), StubJournal()

    async def answer(message: UserMessage) -> None:
        stub.away = message.text == "first"
        await echo(message)

    async def scene() -> None:
        desk = desk_of(app, Rasa(answer), SafeJournal(stub))
        await after(desk, [ada.types("first")])
        assert len(stub.rows) == 1
        stub.away = False
        await after(desk, [ada.types("second")])
        assert stub.rows == {}

    run_async(scene())
    assert app.texts == ["re: first", "re: second"]


def test_forget_me_leaves_nothing_of_earlier_questions(run_async: Run) -> None:
    app, ada = FakeApp(), Person()
    desk = desk_of(app, Rasa(asking))
    run_async(after(desk, [ada.types("debts")], [ada.types("forget me")]))
    assert thread_of(desk, ada) == Thread()
    assert [call.method for call in app.done] == ["say", "retire", "say"]


def test_forget_me_overtakes_a_question_that_is_still_to_be_sent(run_async: Run) -> None:
    """It goes out in its order, but nothing of it is kept any more."""

    async def scene() -> None:
        app, rasa, ada = FakeApp(), Rasa(asking), Person()
        app.gates["May I?"] = asyncio.Event()
        desk = desk_of(app, rasa)
        await desk.take([ada.types("debts"), ada.types("debts"), ada.types("forget me")])
        await until(
            lambda: rasa.texts == ["debts", "debts", "forget me"] and thread_of(desk, ada) == Thread()
        )
        app.gates["May I?"].set()
        await idle(desk)
        assert app.texts == ["May I?", "May I?", "Done."]
        assert thread_of(desk, ada) == Thread()

    run_async(scene())


def test_a_question_that_goes_out_while_the_person_is_forgotten_is_not_kept(run_async: Run) -> None:
    async def scene() -> None:
        app, ada = FakeApp(), Person()
        app.gates["May I?"], is_in, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def answer(message: UserMessage) -> None:
            if message.text == "forget me":
                is_in.set()
                await go_on.wait()
            await asking(message)

        desk = desk_of(app, Rasa(answer))
        await desk.take([ada.types("debts"), ada.types("forget me")])
        await is_in.wait()
        app.gates["May I?"].set()
        await until(lambda: app.texts == ["May I?"] and thread_of(desk, ada).shown)  # type: ignore[union-attr]
        go_on.set()
        await idle(desk)
        assert thread_of(desk, ada) == Thread()

    run_async(scene())


@pytest.mark.parametrize("state", ["none", "here"])
def test_a_question_that_goes_out_while_rasa_is_at_work_is_retired_later(run_async: Run, state: str) -> None:
    async def scene() -> FakeApp:
        app, ada = FakeApp(), Person()
        app.gates["May I?"], is_in, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def answer(message: UserMessage) -> None:
            if message.text == "held":
                is_in.set()
                await go_on.wait()
            await asking(message)

        desk = desk_of(app, Rasa(answer), SafeJournal(None if state == "none" else StubJournal()))
        await desk.take([ada.types("debts"), ada.types("held")])
        await is_in.wait()
        app.gates["May I?"].set()
        await until(lambda: app.texts == ["May I?"])
        go_on.set()
        await idle(desk)
        await after(desk, [ada.types("menu")])
        return app

    assert {"ref": "ref1", "outcome": ""} in [call.args for call in run_async(scene()).done]
