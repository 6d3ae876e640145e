"""A lane goes on after work that failed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from engine.channels.apps.lanes import Lane, Lanes

Run = Callable[[Any], Any]


def test_a_message_whose_handling_fails_does_not_stop_those_behind_it(run_async: Run) -> None:
    done: list[str] = []

    async def handle(lane: Lane) -> None:
        first: Any = lane.incoming[0]
        if first == "poison":
            raise RuntimeError(first)
        done.append(str(lane.incoming.popleft()))

    async def nothing(_lane: Lane) -> None: ...

    async def scene() -> None:
        lanes = Lanes(handle, nothing)
        lane = lanes.of("somebody", "id")
        for item in ("poison", "first"):
            lanes.arrive(lane, item)  # type: ignore[arg-type]
        assert lane.handling
        await asyncio.wait_for(lane.handling, 10)
        again = lanes.of("somebody", "id")
        lanes.arrive(again, "second")  # type: ignore[arg-type]
        assert again.handling
        await asyncio.wait_for(again.handling, 10)
        assert lanes.waiting == 0

    run_async(scene())
    assert done == ["first", "second"]
