"""What is on its way when the process ends: on the database that the consent store's migrations make."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from consent_store import StoreUnavailable
from consent_store.messaging import Taken
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.thread import from_json
from engine.conversations import alongside
from engine.conversations.store import SealedConversations
from engine.delivery.safely import SafeJournal
from sealing.button import seal
from tests.unit.engine.channels.apps.apps_rig import (
    AT,
    PRIVATE,
    SETTINGS,
    FakeApp,
    Person,
    Rasa,
    after,
    asking,
    desk_of,
    echo,
    idle,
    say,
    thread_of,
    until,
)
from tests.unit.engine.conversations.conftest import database, migrated  # noqa: F401 (fixtures)
from tests.unit.engine.delivery.conftest import Journal, journal_of, rows  # noqa: F401 (fixtures)

Run = Callable[[Any], Any]
Open = Callable[..., Journal]


def test_everything_is_done_with_when_the_answer_is_sent(run_async: Run, journal_of: Open) -> None:  # noqa: F811
    journal, app, ada = journal_of(), FakeApp(), Person()
    rasa = Rasa(asking, journal)
    run_async(after(desk_of(app, rasa, SafeJournal(journal)), [ada.types("debts")], [ada.types("hello")]))
    assert app.texts == ["May I?", "re: hello"]
    assert journal_of().left_over("fake") == []
    assert [one.text for one in from_json(journal.thread(ada.person_id)).shown] == ["May I?"]


def test_after_a_kill_messages_are_handled_in_order_and_once(run_async: Run, journal_of: Open) -> None:  # noqa: F811
    ada, ben = Person("ada"), Person("ben")

    async def killed() -> None:
        never, is_in = asyncio.Event(), asyncio.Event()

        async def answer(message: UserMessage) -> None:
            is_in.set()
            await never.wait()

        desk = desk_of(FakeApp(), Rasa(answer), SafeJournal(journal_of()))
        await desk.take([ada.types("one"), ada.types("two"), ben.types("three")])
        await is_in.wait()
        await desk.close()

    async def resumed() -> tuple[FakeApp, Rasa]:
        app, rasa = FakeApp(), Rasa(echo, journal := journal_of())
        desk = desk_of(app, rasa, SafeJournal(journal))
        await desk.resume()
        await idle(desk)
        return app, rasa

    run_async(killed())
    app, rasa = run_async(resumed())
    assert [one for one in rasa.texts if one != "three"] == ["one", "two"]
    assert sorted(app.texts) == ["re: one", "re: three", "re: two"]
    assert rasa.heard[0].metadata["received_at"] == AT.isoformat(timespec="microseconds")
    app, rasa = run_async(resumed())
    assert (app.tried, rasa.heard) == ([], [])


async def unsent(journal: Journal, *events: Incoming) -> None:
    """A process that dies with its answers unsent."""
    app = FakeApp(buttons=False)
    for text in ("May I?", "May I?\nReply 1 to allow, 2 for not now, 3 for why.", "re: one", "re: two"):
        app.gates[text] = asyncio.Event()
    rasa = Rasa(asking, journal)
    desk = desk_of(app, rasa, SafeJournal(journal))
    await desk.take(events)
    await until(lambda: not any(lane.incoming for lane in desk._lanes._lanes.values()))
    await desk.close()


def test_after_a_kill_answers_are_sent_in_order_and_nothing_is_handled_anew(
    run_async: Run,
    journal_of: Open,  # noqa: F811
) -> None:
    ada = Person()
    run_async(unsent(journal_of(), ada.types("one"), ada.types("two")))

    async def resumed() -> tuple[FakeApp, Rasa]:
        app, rasa = FakeApp(), Rasa(echo, journal := journal_of())
        desk = desk_of(app, rasa, SafeJournal(journal))
        await desk.resume()
        await desk.take([ada.types("three")])
        await idle(desk)
        return app, rasa

    app, rasa = run_async(resumed())
    assert (app.texts, rasa.texts) == (["re: one", "re: two", "re: three"], ["three"])
    assert run_async(resumed())[0].texts == ["re: three"]


def test_after_a_kill_the_thread_is_what_it_was(run_async: Run, journal_of: Open) -> None:  # noqa: F811
    """The letter that is sent after the start must not write the numbers and titles over."""
    ada = Person()
    journal = journal_of()

    async def killed() -> None:
        app = FakeApp()
        app.gates["May I?"] = asyncio.Event()
        desk = desk_of(app, Rasa(asking, journal), SafeJournal(journal))
        await desk.take([ada.types("debts")])
        await until(lambda: app.tried)
        await desk.close()

    async def resumed() -> tuple[FakeApp, Rasa]:
        app, rasa = FakeApp(), Rasa(asking, later := journal_of())
        desk = desk_of(app, rasa, SafeJournal(later))
        await desk.resume()
        await idle(desk)
        kept = from_json(later.thread(ada.person_id))
        assert set(kept.titles.values()) == {"Allow", "Not now", "Why?"}
        assert [one.ref for one in kept.shown] == ["ref1"]
        allow = seal(SETTINGS.buttons_key, ada.conversation, "/allow")
        await after(desk, [ada.does(press=allow, pressed_on="ref1")])
        return app, rasa

    run_async(killed())
    app, rasa = run_async(resumed())
    assert rasa.heard[0].metadata["title"] == "Allow"
    assert {"ref": "ref1", "outcome": "Allow"} in [call.args for call in app.done]


@pytest.mark.parametrize(("kills", "handled"), [(1, True), (2, True), (3, False)])
def test_a_message_that_ended_the_process_three_times_is_not_handed_over_again(
    run_async: Run,
    journal_of: Open,  # noqa: F811
    kills: int,
    handled: bool,
) -> None:
    ada = Person()

    async def deadly(_message: UserMessage) -> None:
        await asyncio.Event().wait()

    async def started(answer: Any, *events: Incoming) -> tuple[FakeApp, Rasa]:
        app, rasa = FakeApp(), Rasa(answer, journal := journal_of())
        desk = desk_of(app, rasa, SafeJournal(journal))
        await desk.resume()
        await desk.take(events)
        await (idle(desk) if answer is echo else until(lambda: rasa.heard))
        await desk.close()
        return app, rasa

    run_async(started(deadly, ada.types("deadly")))
    for _ in range(kills - 1):
        run_async(started(deadly))
    app, rasa = run_async(started(echo))
    said = ["re: deadly"] if handled else [app.words.say("sorry")]
    assert (app.texts, rasa.texts) == (said, ["deadly"] if handled else [])
    assert journal_of().left_over("fake") == []


def test_what_another_version_wrote_does_not_keep_the_rest(
    run_async: Run,
    journal_of: Open,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    ada = Person()
    odd = [{"app": "fake"}, {"app": "fake", "conversation": "c", "content": {"text": PRIVATE, "new": 1}}]
    journal = journal_of()
    journal.take([Taken(ada.person_id, f"e{n}", content) for n, content in enumerate(odd)])
    run_async(unsent(journal, ada.types("one")))

    async def resumed() -> list[str]:
        app = FakeApp()
        desk = desk_of(app, Rasa(echo), SafeJournal(journal_of()))
        await desk.resume()
        await idle(desk)
        return app.texts

    assert run_async(resumed()) == ["re: one"]
    assert caplog.text.count("reason=outdated") == 2
    assert "1,234" not in caplog.text


def test_a_conversation_that_is_saved_before_anything_was_said_is_not_answered_by_it(
    run_async: Run,
    journal_of: Open,  # noqa: F811
) -> None:
    """Rasa saves a new conversation at once; a kill after that must not lose the message."""
    ada = Person()

    async def killed() -> None:
        journal = journal_of()
        store = SealedConversations()
        never, is_saved = asyncio.Event(), asyncio.Event()

        async def begins(message: UserMessage) -> None:
            assert alongside.current() is not None
            await store.get_or_create_tracker(message.sender_id)
            is_saved.set()
            await never.wait()

        desk = desk_of(FakeApp(), begins, SafeJournal(journal))
        await desk.take([ada.types("hello")])
        await is_saved.wait()
        await desk.close()

    run_async(killed())
    (left,) = journal_of().left_over("fake")
    assert left.content["content"]["text"] == "hello"


def test_an_answer_that_was_kept_is_sent_even_if_the_turn_fails_after_it(
    run_async: Run,
    journal_of: Open,  # noqa: F811
) -> None:
    journal, app, ada = journal_of(), FakeApp(), Person()
    rasa = Rasa(journal=journal)

    async def fails_late(message: UserMessage) -> None:
        await say(message, "one")
        await say(message, "two")
        rasa.save(message)
        raise RuntimeError

    run_async(after(desk_of(app, fails_late, SafeJournal(journal)), [ada.types("hello")]))
    assert app.texts == ["one", "two"]
    assert journal_of().left_over("fake") == []


def test_a_turn_that_is_saved_twice_is_answered_once(run_async: Run, journal_of: Open) -> None:  # noqa: F811
    journal, app, ada = journal_of(), FakeApp(), Person()
    rasa = Rasa(journal=journal)

    async def saves_often(message: UserMessage) -> None:
        await say(message, "one")
        rasa.save(message)
        rasa.save(message)
        await say(message, "two")
        rasa.save(message)
        await say(message, "three")

    run_async(after(desk_of(app, saves_often, SafeJournal(journal)), [ada.types("hello")]))
    assert app.texts == ["one", "two", "three"]
    assert journal_of().left_over("fake") == []


def test_a_turn_whose_transaction_fails_at_its_end_is_not_handled_anew_after_it_was_answered(
    run_async: Run,
    journal_of: Open,  # noqa: F811
) -> None:
    journal, app, ada = journal_of(), FakeApp(), Person()

    async def fails_to_commit(message: UserMessage) -> None:
        await echo(message)
        extra = alongside.current()
        assert extra is not None

        def dies(*transaction: Any) -> None:
            extra(*transaction)
            raise StoreUnavailable("at its end")

        with pytest.raises(StoreUnavailable):
            Rasa(journal=journal).save_with(ada.person_id, dies)

    run_async(after(desk_of(app, fails_to_commit, SafeJournal(journal)), [ada.types("hello")]))
    assert app.texts == ["re: hello"]
    assert journal_of().left_over("fake") == []


def test_a_turn_that_was_undone_is_answered_by_what_is_said_instead(
    run_async: Run,
    journal_of: Open,  # noqa: F811
) -> None:
    journal, app, ada = journal_of(), FakeApp(), Person()
    rasa = Rasa(journal=journal)

    async def is_undone(message: UserMessage) -> None:
        with suppress(StoreUnavailable), journal.store.unit() as unit:
            await say(message, "Noted.", kind="certificate", closed=True)
            rasa.save(message)
            unit.fail("undone")
        message.output_channel.take_back()
        await say(message, "Not now.")
        rasa.save(message)

    async def killed() -> list[str]:
        app.gates["Not now."] = asyncio.Event()
        desk = desk_of(app, is_undone, SafeJournal(journal))
        await desk.take([ada.types("hello")])
        await until(lambda: app.tried)
        await desk.close()
        return [one.direction for one in journal_of().left_over("fake")]

    assert run_async(killed()) == ["out"]


def test_an_answer_that_says_nothing_is_done_with(run_async: Run, journal_of: Open) -> None:  # noqa: F811
    journal, ada = journal_of(), Person()
    run_async(after(desk_of(FakeApp(), Rasa(journal=journal), SafeJournal(journal)), [ada.types("hello")]))
    assert journal_of().left_over("fake") == []


def test_forget_me_leaves_nothing_in_the_journal_either(
    run_async: Run,
    journal_of: Open,  # noqa: F811
    database: Any,  # noqa: F811
) -> None:
    journal, app, ada = journal_of(), FakeApp(), Person()
    rasa = Rasa(journal=journal)

    async def forgetting(message: UserMessage) -> None:
        if message.text == "forget me":
            assert journal.store.erase(ada.person_id).verified
            await say(message, "Done.", kind="certificate", closed=True)
        else:
            await asking(message)
            rasa.save(message)

    desk = desk_of(app, forgetting, SafeJournal(journal))
    run_async(after(desk, [ada.types("debts")], [ada.types("forget me")]))
    assert app.texts == ["May I?", "Done."]
    assert rows(database, "SELECT * FROM message_thread") == []
    assert rows(database, "SELECT * FROM message_waiting") == []
    assert thread_of(desk, ada) is None
