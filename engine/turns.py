"""
One turn is one unit of work: what the actions decide, the conversation and what goes out are committed once,
or nothing of it.

The message is understood before, and what is said goes out after it. Must never leave said what was not
committed.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from consent_store import ConsentStoreError
from engine import outage
from engine.actions_here import module_of
from engine.channels.one_message import Collected
from engine.channels.replay import innermost_store
from engine.conversations.store import ORIGIN, SealedConversations
from engine.general_help import GeneralHelp

Loop = Callable[[MessageProcessor, Any, DialogueStateTracker], Awaitable[None]]
"""`MessageProcessor._run_prediction_loop`: one action after the other, until nothing is left to do."""

logger = logging.getLogger(__name__)


def install(programs: Path) -> None:
    """Let every turn whose actions run in this process be one unit. programs: the catalogue's folder."""
    MessageProcessor._run_prediction_loop = in_one_unit(
        MessageProcessor._run_prediction_loop, GeneralHelp(programs)
    )


def in_one_unit(stock_loop: Loop, general_help: GeneralHelp) -> Loop:
    """The loop, and what came of it kept in the unit of its actions; a calm answer if that fails."""

    async def run(self: MessageProcessor, output: OutputChannel, tracker: DialogueStateTracker) -> None:
        store = innermost_store(self.tracker_store)
        if not isinstance(store, SealedConversations) or module_of(self.action_endpoint) is None:
            await stock_loop(self, output, tracker)
            return
        before, origin = list(tracker.events), getattr(tracker, ORIGIN, None)
        unit = None
        try:
            async with store.keeper.unit() as unit:
                await stock_loop(self, output, tracker)
                await store.keep(tracker)
        except ConsentStoreError as error:
            if unit is None:  # the store is away: whoever needs it says so
                await stock_loop(self, output, tracker)
                return
            if not unit.has_written:  # what was said holds
                return
            logger.error("A turn was undone: conversation=%s reason=%s", tracker.sender_id, error.reason)  # noqa: TRY400, a driver's message may quote
            take_back(output)
            tracker.events.clear()
            tracker.recreate_from_dialogue(Dialogue(tracker.sender_id, before))
            setattr(tracker, ORIGIN, origin)
            said = await outage.words(general_help, tracker, self.nlg, output.name())
            tracker.update_with_events([*said, ActionExecuted(ACTION_LISTEN_NAME)], self.domain)
            await self._send_bot_messages(said, tracker, output)

    return run


def take_back(output: OutputChannel) -> None:
    """Let nothing go out of what was said in this turn, in a channel that waits for its end."""
    if isinstance(output, Collected):
        output.take_back()
    elif isinstance(output, CollectingOutputChannel):
        output.messages.clear()
