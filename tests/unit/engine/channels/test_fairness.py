"""Order and pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from engine.channels import fairness
from engine.channels.fairness import InOrder, Pace, RateLimit

Run = Callable[[Any], Any]


def test_messages_of_one_conversation_take_turns_in_the_order_they_came(run_async: Run) -> None:
    async def scene() -> list[str]:
        in_order, log = InOrder(), []

        async def handle(name: str) -> None:
            async with in_order.turn("c"):
                log.append(f"{name} in")
                await asyncio.sleep(0)  # lets the others try
                log.append(f"{name} out")

        await asyncio.gather(*(handle(name) for name in "abc"))
        return log

    assert run_async(scene()) == ["a in", "a out", "b in", "b out", "c in", "c out"]


def test_conversations_do_not_wait_for_each_other(run_async: Run) -> None:
    async def scene() -> None:
        in_order = InOrder()
        async with in_order.turn("one"), in_order.turn("other"):
            pass

    run_async(scene())


def test_a_failure_lets_the_next_one_in_and_nothing_is_kept(run_async: Run) -> None:
    async def scene() -> InOrder:
        in_order = InOrder()
        with pytest.raises(ValueError, match="once"):
            async with in_order.turn("c"):
                raise ValueError("once")
        async with in_order.turn("c"):
            pass
        return in_order

    assert run_async(scene())._locks == {}


class Clock:
    """Seconds, set by the test."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_then_the_pace_holds() -> None:
    clock = Clock()
    limit = RateLimit(Pace(burst=2, per_second=1), clock)
    assert [limit.allows("c") for _ in range(3)] == [True, True, False]
    clock.now = 1.0
    assert [limit.allows("c") for _ in range(2)] == [True, False]


def test_one_conversation_does_not_use_up_anothers_pace() -> None:
    limit = RateLimit(Pace(burst=1, per_second=1), Clock())
    assert limit.allows("one")
    assert limit.allows("other")
    assert not limit.allows("one")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fairness, "MOST_REMEMBERED", 3)
    limit = RateLimit(Pace(), Clock())
    for number in range(10):
        limit.allows(str(number))
    assert len(limit._buckets) == 3


def test_of_one_conversation_so_much_is_kept_in_a_day_and_no_more() -> None:
    clock = Clock()
    allowance = fairness.Allowance(10_000, clock)
    kept = [allowance.allows("c", "x" * 1_000) for _ in range(5)]
    assert kept == [True, True, True, False, False]
    assert allowance.allows("another", "x" * 1_000)
    assert not allowance.allows("c", "é" * 1_000)
    clock.now += fairness.DAY_SECONDS
    assert [allowance.allows("c", "x" * 1_000) for _ in range(4)] == [True, True, True, False]


def test_whoever_waits_when_the_person_is_forgotten_is_not_read_and_the_next_is(run_async: Run) -> None:
    async def scene() -> tuple[list[bool], bool, InOrder]:
        in_order, read = InOrder(), []

        async def wait() -> None:
            async with in_order.turn("c") as may_be_read:
                read.append(may_be_read)

        async with in_order.turn("c"):
            waiting = [asyncio.ensure_future(wait()) for _ in range(3)]
            await asyncio.sleep(0)  # lets them wait
            in_order.forget("c")
        await asyncio.gather(*waiting)
        async with in_order.turn("c") as next_one:
            pass
        return read, next_one, in_order

    read, next_one, in_order = run_async(scene())
    assert (read, next_one) == ([False, False, False], True)
    assert (in_order._locks, in_order._forgotten) == ({}, {})
