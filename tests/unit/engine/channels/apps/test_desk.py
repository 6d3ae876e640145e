"""What an app sent on its way to Rasa, and the answers on their way out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from consent_store.messaging import Noted, Taken
from engine.channels.apps.arriving import DeskSettings
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.thread import Thread
from engine.channels.fairness import Pace
from engine.conversations.keeper import Keeper
from engine.delivery.safely import SafeJournal
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
    passing,
    say,
    thread_of,
    until,
)
from tests.unit.engine.conversations.conftest import database, migrated  # noqa: F401 (fixtures)
from tests.unit.engine.delivery.conftest import journal_of, rows  # noqa: F401 (fixtures)

Run = Callable[[Any], Any]


# order, and once


def test_a_message_goes_to_rasa_and_the_answer_to_the_app(run_async: Run) -> None:
    app, rasa, ada = FakeApp(), Rasa(echo), Person()
    run_async(after(desk_of(app, rasa), [ada.types("hello")]))
    (heard,) = rasa.heard
    assert (heard.text, heard.sender_id, heard.input_channel) == ("hello", ada.conversation, "fake")
    assert heard.metadata == {"button": False, "received_at": AT.isoformat(timespec="microseconds")}
    assert heard.output_channel.name() == "fake"
    assert app.done[0].args == {"text": "re: hello", "to": "ada"}


def test_one_conversation_is_handled_and_answered_in_order(run_async: Run) -> None:
    log: list[str] = []

    async def slowly(message: UserMessage) -> None:
        log.append(f"{message.text} in")
        await asyncio.sleep(0)  # lets all others try
        log.append(f"{message.text} out")
        await say(message, f"{message.text} 1")
        await say(message, f"{message.text} 2")

    async def scene() -> FakeApp:
        app, ada = FakeApp(), Person()
        desk = desk_of(app, slowly)
        await desk.take([ada.types("a"), ada.types("b")])
        await desk.take([ada.types("c")])
        await idle(desk)
        return app

    app = run_async(scene())
    assert log == ["a in", "a out", "b in", "b out", "c in", "c out"]
    assert app.texts == ["a 1", "a 2", "b 1", "b 2", "c 1", "c 2"]


def test_conversations_do_not_wait_for_each_other(run_async: Run) -> None:
    async def scene() -> None:
        app, ada, ben, cem = FakeApp(), Person("ada"), Person("ben"), Person("cem")
        gate, app.gates["re: slow"] = asyncio.Event(), asyncio.Event()

        async def answer(message: UserMessage) -> None:
            if message.text == "held":
                await gate.wait()
            await echo(message)

        desk = desk_of(app, Rasa(answer))
        await desk.take([ada.types("held"), ben.types("slow"), cem.types("quick")])
        await until(lambda: app.texts == ["re: quick"])
        assert desk.waiting == 2
        gate.set()
        app.gates["re: slow"].set()
        await idle(desk)
        assert sorted(app.texts) == ["re: held", "re: quick", "re: slow"]

    run_async(scene())


class SlowJournal(SafeJournal):
    """The first `take` is noted, and then waits until it may return."""

    def __init__(self, journal: Keeper | None) -> None:
        super().__init__(journal)
        self.noted, self.go_on = asyncio.Event(), asyncio.Event()
        self._takes = 0

    async def take(self, events: Sequence[Taken]) -> list[Noted]:
        self._takes += 1
        is_first = self._takes == 1
        done = await super().take(events)
        if is_first:
            self.noted.set()
            await self.go_on.wait()
        return done


def test_the_order_is_that_of_arrival_also_when_the_journal_is_slow(run_async: Run) -> None:
    async def scene() -> Rasa:
        rasa, ada, ben = Rasa(echo), Person("ada"), Person("ben")
        journal = SlowJournal(None)
        desk = desk_of(FakeApp(), rasa, journal)
        first = asyncio.ensure_future(desk.take([ada.types("first")]))
        await journal.noted.wait()
        second = asyncio.ensure_future(desk.take([ada.types("second")]))
        await desk.take([ben.types("does not wait")])
        await until(lambda: rasa.texts == ["does not wait"])
        journal.go_on.set()
        await asyncio.gather(first, second)
        await idle(desk)
        return rasa

    assert run_async(scene()).texts == ["does not wait", "first", "second"]


def test_two_batches_with_the_same_people_do_not_wait_for_each_other_for_ever(run_async: Run) -> None:
    async def scene() -> Rasa:
        rasa, ada, ben = Rasa(echo), Person("ada"), Person("ben")
        desk = desk_of(FakeApp(), rasa)
        one, other = [ada.types("a1"), ben.types("b1")], [ben.types("b2"), ada.types("a2")]
        await asyncio.gather(desk.take(one), desk.take(other))
        await idle(desk)
        assert desk._in_order._locks == {}
        return rasa

    texts = run_async(scene()).texts
    assert [one for one in texts if one.startswith("a")] == ["a1", "a2"]
    assert [one for one in texts if one.startswith("b")] == ["b1", "b2"]


def test_a_provider_that_hangs_up_while_its_message_is_noted_loses_nothing(run_async: Run) -> None:
    async def scene() -> Rasa:
        rasa, ada = Rasa(echo), Person()
        journal = SlowJournal(StubJournal())
        desk = desk_of(FakeApp(), rasa, journal)
        taking = asyncio.ensure_future(desk.take([ada.types("hello", event="e")]))
        await journal.noted.wait()
        taking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await taking
        journal.go_on.set()
        await idle(desk)
        await after(desk, [ada.types("hello", event="e")])
        return rasa

    assert run_async(scene()).texts == ["hello"]


@pytest.mark.parametrize("state", ["none", "here", "away"])
def test_an_event_is_handled_once(run_async: Run, state: str) -> None:
    stub = StubJournal()
    stub.away = state == "away"
    app, rasa, ada = FakeApp(), Rasa(echo), Person()
    again = ada.types("again", event="e1")

    async def scene() -> None:
        desk = desk_of(app, rasa, SafeJournal(None if state == "none" else stub))
        await desk.take([again, again])
        await desk.take([again, ada.types("other", event="e2")])
        await idle(desk)
        await after(desk, [again])

    run_async(scene())
    assert rasa.texts == ["again", "other"]
    assert app.texts == ["re: again", "re: other"]


# failures


def test_a_turn_that_fails_says_sorry_and_the_next_goes_on(
    run_async: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(message: UserMessage) -> None:
        if message.text == PRIVATE:
            raise RuntimeError(message.text)
        await echo(message)

    app, ada = FakeApp(), Person()
    with caplog.at_level(logging.DEBUG):
        run_async(after(desk_of(app, failing), [ada.types(PRIVATE), ada.types("hello")]))
    assert app.texts == [app.words.say("sorry"), "re: hello"]
    assert f"channel=fake conversation={ada.conversation} reason=RuntimeError" in caplog.text
    assert "1,234" not in caplog.text


def test_half_an_answer_is_not_sent_with_the_sorry(run_async: Run) -> None:
    async def half(message: UserMessage) -> None:
        await say(message, "May I?", "Allow", "Not now", kind="permission")
        raise RuntimeError

    app, ada = FakeApp(), Person()
    desk = desk_of(app, half)
    run_async(after(desk, [ada.types("debts")]))
    assert app.texts == [app.words.say("sorry")]
    assert (thread_of(desk, ada) or Thread()) == Thread()


def test_an_app_that_cannot_render_does_not_stop_the_conversation(
    run_async: Run, caplog: pytest.LogCaptureFixture
) -> None:
    app, rasa, ada = FakeApp(), Rasa(echo), Person()

    async def scene() -> None:
        desk = desk_of(app, rasa)
        app.unable = True
        await after(desk, [ada.types(PRIVATE)])
        app.unable = False
        await after(desk, [ada.types("hello")])

    run_async(scene())
    assert app.texts == ["re: hello"]
    assert "reason=LookupError" in caplog.text
    assert "1,234" not in caplog.text


def test_what_is_silent_is_heard_and_not_answered(run_async: Run) -> None:
    app, rasa, ada = FakeApp(), Rasa(echo), Person()
    stop = Incoming("e", ("ada",), {"to": "ada"}, command="/stop", silent=True)
    run_async(after(desk_of(app, rasa), [stop], [ada.types("hello")]))
    assert rasa.texts == ["/stop", "hello"]
    assert app.texts == ["re: hello"]


def test_silence_holds_also_when_the_turn_fails(run_async: Run) -> None:
    async def failing(message: UserMessage) -> None:
        raise RuntimeError

    app = FakeApp()
    stop = Incoming("e", ("ada",), {"to": "ada"}, command="/stop", silent=True)
    run_async(after(desk_of(app, failing), [stop]))
    assert app.tried == []


@pytest.mark.parametrize(
    ("what", "key"), [({"other": True}, "only_text"), ({"text": "x" * 3_000}, "too_long")]
)
def test_what_cannot_be_taken_is_answered_without_rasa(
    run_async: Run, what: dict[str, Any], key: str
) -> None:
    app, rasa, ada = FakeApp(), Rasa(echo), Person()
    run_async(after(desk_of(app, rasa), [ada.does(**what)]))
    assert (app.texts, rasa.heard) == ([app.words.say(key)], [])


def test_who_is_too_fast_is_told_once_in_order(run_async: Run) -> None:
    app, rasa, ada = FakeApp(), Rasa(echo), Person()
    options = DeskSettings(SETTINGS.person_key, SETTINGS.buttons_key, Pace(burst=2, per_second=0))
    run_async(after(desk_of(app, rasa, options=options), [ada.types(one) for one in "abcd"]))
    assert app.texts == ["re: a", "re: b", app.words.say("too_fast")]
    assert rasa.texts == ["a", "b"]


def test_letters_of_an_earlier_turn_go_first_while_the_provider_is_down(run_async: Run) -> None:
    async def scene() -> None:
        app, rasa, ada, ben = FakeApp(), Rasa(echo), Person("ada"), Person("ben")
        up = asyncio.Event()

        async def pause(_seconds: float) -> None:
            await up.wait()

        app.failing = [*passing(1)]
        desk = desk_of(app, rasa, sleep=pause)
        await desk.take([ada.types("first")])
        await until(lambda: app.failing == [])
        await desk.take([ada.types("second"), ben.types("other")])
        await until(lambda: rasa.texts == ["first", "second", "other"] and app.texts)
        assert app.texts == ["re: other"], "Rasa went on, ada's letters wait"
        up.set()
        await idle(desk)
        assert app.texts == ["re: other", "re: first", "re: second"]

    run_async(scene())


def test_a_letter_that_nobody_takes_does_not_hold_the_next(run_async: Run) -> None:
    app, ada = FakeApp(), Person()
    app.failing = [RuntimeError(PRIVATE)]
    run_async(after(desk_of(app, Rasa(echo)), [ada.types("first")], [ada.types("second")]))
    assert app.texts == ["re: second"]
    assert len(app.tried) == 2


def test_close_ends_everything_and_gives_connections_back(run_async: Run) -> None:
    async def scene() -> None:
        app, ada, ben = FakeApp(), Person("ada"), Person("ben")
        app.gates["None"], app.gates["re: hello"], never = asyncio.Event(), asyncio.Event(), asyncio.Event()
        before = asyncio.all_tasks()

        async def answer(message: UserMessage) -> None:
            if message.text == "held":
                await never.wait()
            await echo(message)

        desk = desk_of(app, Rasa(answer))
        group = Incoming("e", ("cem",), {"to": "group"}, text="hi", public=True)
        await desk.take([ada.types("held"), ben.types("hello"), group])
        await until(lambda: len(app.tried) == 2)
        await desk.close()
        assert app.closed
        assert asyncio.all_tasks() == before

    run_async(scene())


def test_what_waits_when_the_person_is_forgotten_is_dropped_unread(run_async: Run) -> None:
    app, rasa, ada, journal = FakeApp(), Rasa(asking), Person(), StubJournal()
    desk = desk_of(app, rasa, SafeJournal(journal))
    burst = [ada.types("hello"), ada.types("forget me"), *[ada.types(f"more {one}") for one in range(9)]]
    run_async(after(desk, burst))
    assert rasa.texts == ["hello", "forget me"]
    assert app.texts == ["re: hello", "Done."]
    assert journal.rows == {}
    run_async(after(desk, [ada.types("hello again")]))
    assert rasa.texts[-1] == "hello again"
