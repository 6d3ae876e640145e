"""
Upkeep in the background: what is over by the clock is really deleted, and what stands is signed as it stands.

Several processes may do it at once: a sweep finds only what is left, a checkpoint only what is new.
It must never end the server, and never log more than counts and the reason of a failure.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from consent_store import ConsentStoreError

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from sanic import Sanic

    from consent_store import ConsentStore
    from consent_store.signing import Signer

logger = logging.getLogger(__name__)

Job = Callable[[], Mapping[str, int]]
"""Does something in this thread, and says what it came to, counted."""


def upkeep(
    store: ConsentStore, signer: Signer, checkpoints: Path, *, keep_conversations: timedelta
) -> Mapping[str, Job]:
    """
    What keeps the store in order: the sweep, and a signed checkpoint in a folder outside the database.

    keep_conversations: how long what was said is kept.
    """

    def sweep() -> Mapping[str, int]:
        return store.sweep(conversations_idle_for=keep_conversations).counts

    def checkpoint() -> Mapping[str, int]:
        made = store.checkpoint(signer, checkpoints)
        return {"entries_covered": made.entries if made.written else 0}

    return {"sweep": sweep, "checkpoint": checkpoint}


def attach(app: Sanic, jobs: Mapping[str, Job], *, minutes: float) -> None:
    """Do the jobs, by name, as soon as the server runs and then every so many minutes, until it stops."""

    async def begin(running: Sanic) -> None:
        running.ctx.sweeping = asyncio.create_task(repeat(jobs, lambda: asyncio.sleep(minutes * 60)))

    async def end(running: Sanic) -> None:
        running.ctx.sweeping.cancel()

    app.register_listener(begin, "after_server_start")
    app.register_listener(end, "before_server_stop")


async def repeat(jobs: Mapping[str, Job], pause: Callable[[], Awaitable[None]]) -> None:
    """Do the jobs one after the other, wait for `pause`, and again. Ends only by being cancelled."""
    while True:
        for name, job in jobs.items():
            await do(name, job)
        await pause()


async def do(name: str, job: Job) -> None:
    """Do one job in a thread of its own (the store waits for the disk). A failure is logged and passes."""
    try:
        counts = await asyncio.to_thread(job)
    except ConsentStoreError as error:
        logger.warning("%s: not done now, the next time will tell: %s", name, error.reason)
    except Exception as error:  # noqa: BLE001, whatever it is, its message may quote a value
        logger.error("%s: failed by a fault of ours: %s", name, type(error).__name__)  # noqa: TRY400
    else:
        done = {what: count for what, count in counts.items() if count}
        if done:
            logger.info("%s: %s", name, ", ".join(f"{what} {count}" for what, count in done.items()))
