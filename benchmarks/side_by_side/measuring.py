"""Single turns, turn about; conversations at once; starts: what is measured of both assistants."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from benchmarks.side_by_side.serving import Assistant
from benchmarks.side_by_side.talking import CONVERSATION, Talker, WrongAnswer, new_client

Taken = dict[str, list[float]]


@dataclass(frozen=True)
class Plan:
    """How much is measured. `crowds`: how many talk at once → how many conversations each has in turn."""

    starts: int
    rounds: int
    crowds: dict[int, int]
    crowd_rounds: int


FULL = Plan(starts=3, rounds=40, crowds={1: 10, 10: 2, 50: 1, 100: 1}, crowd_rounds=2)
SHORT = Plan(starts=1, rounds=10, crowds={1: 4, 10: 1, 50: 1, 100: 1}, crowd_rounds=1)


@dataclass(frozen=True)
class Start:
    """Seconds until all servers are ready, then until the first answer; megabytes after it."""

    ready: float
    first_answer: float
    memory: float


@dataclass
class Crowd:
    """
    Turns of so many conversations at once, in seconds each, and how long all of them took. `failed`: turns
    without an answer, and conversations that did not end as they should.
    """

    turns: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failed: int = 0

    @property
    def per_second(self) -> float:
        """Answered turns a second."""
        return len(self.turns) / self.seconds


async def single_turns(assistants: Sequence[Assistant], rounds: int) -> list[Taken]:
    """Say each turn to one assistant, then to the other, never to both at once; seconds, by what was done."""
    taken: list[Taken] = [{step.what: [] for step in CONVERSATION} for _ in assistants]
    async with new_client() as client:
        for number in range(-1, rounds):  # the first round warms up
            talkers = [Talker(client, assistant) for assistant in assistants]
            for step in CONVERSATION:
                for talker, times in zip(talkers, taken, strict=True):
                    seconds = await talker.turn(step)
                    if number >= 0:
                        times[step.what].append(seconds)
            for talker in talkers:
                if not talker.ended_well:
                    raise WrongAnswer(f"{talker.assistant.name} ended wrongly: {talker.messages}")
    return taken


async def crowd(assistant: Assistant, talkers: int, each: int, into: Crowd) -> None:
    """Let so many talk at once, each waiting for every answer; adds what it took."""
    began = time.perf_counter()
    async with new_client() as client:
        await asyncio.gather(*(_talk(client, assistant, each, into) for _ in range(talkers)))
    into.seconds += time.perf_counter() - began


async def _talk(client: aiohttp.ClientSession, assistant: Assistant, conversations: int, into: Crowd) -> None:
    for _ in range(conversations):
        talker = Talker(client, assistant)
        for step in CONVERSATION:
            try:
                into.turns.append(await talker.turn(step))
            except (WrongAnswer, aiohttp.ClientError, TimeoutError):
                into.failed += 1
        into.failed += not talker.ended_well


async def crowds(assistants: Sequence[Assistant], plan: Plan) -> dict[int, list[Crowd]]:
    """All sizes of crowds, at one assistant and then at the other, again and again."""
    taken = {size: [Crowd() for _ in assistants] for size in plan.crowds}
    for size, each in plan.crowds.items():
        for _ in range(plan.crowd_rounds):
            for assistant, into in zip(assistants, taken[size], strict=True):
                await crowd(assistant, size, each, into)
    return taken


async def first_answer(assistant: Assistant) -> float:
    """Seconds until the first message of all is answered."""
    async with new_client() as client:
        return await Talker(client, assistant).turn(CONVERSATION[0])


def action_turns(taken: Taken, plain: Sequence[str]) -> list[float]:
    """All turns but those that were answered without an action."""
    return [seconds for what, times in taken.items() if what not in plain for seconds in times]
