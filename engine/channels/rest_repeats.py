"""
A request that is sent again, because its answer was lost: answered as the first time, from what is kept.

It must never be handled twice: a repeated "yes" could answer the next question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any, Generic, TypeVar

from engine.channels import intake, replay
from engine.conversations.forms import REPLAY

Result = TypeVar("Result")


class ToTheEnd(Generic[Result]):
    """
    Work that goes on although nobody waits for it any more: a caller who gave up must not cut a turn in the
    middle, and finds its answer by repeating the request.
    """

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[Result]] = set()

    async def of(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The work's result. Raises what the work raises, and CancelledError alone if the caller gave up."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)  # the loop itself does not hold on to it
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)


def request_id(fields: Mapping[str, Any]) -> str | None:
    """
    The id of a request, None if it has none.

    Raises IntakeRefused("bad_message") for anything but 1 to 64 letters, digits and "_.:-".
    """
    return intake.message_id(fields) if "id" in fields else None


async def answered_before(
    store: object, key: bytes, conversation: str, id_: str | None
) -> list[replay.Shown] | None:
    """
    The messages that answered the request of that id, buttons sealed; None if none is kept among the last
    40 turns, or if there is no id. To be asked in the conversation's turn, so that the first one is through.

    store: Rasa's tracker store. key: 32 bytes that seal buttons.
    """
    if id_ is None:
        return None
    for turn in reversed(await replay.turns_of(store, conversation)):
        spoken = turn.get("said") or ()
        for place, one in enumerate(spoken):
            if one["who"] == "person" and (one.get(REPLAY) or {}).get("id") == id_:
                answers = replay.messages(key, conversation, [{"said": spoken[place + 1 :]}])
                return [each for each in answers if each["text"] or each["buttons"] or each["custom"]]
    return None
