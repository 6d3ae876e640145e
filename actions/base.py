"""
The shell that every action shares: tracker in, one call into the flow in a thread, words out. Holds no rule.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.bootstrap import Services, services
from actions.flow.age import protect_the_young
from actions.flow.forgetting import answer_forgetting
from actions.flow.opening import general_help
from actions.flow.outcome import Outcome
from actions.turn import Turn, read_turn
from actions.words import Message, Wording
from consent_store import ConsentStoreError

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher
    from rasa_sdk.types import DomainDict

logger = logging.getLogger(__name__)


class FlowAction(Action, ABC):
    """One step of the conversation. A subclass names itself and calls one function of `actions.flow`."""

    @abstractmethod
    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """The one call into the flow. May raise `StoreUnavailable`; then nothing was noted."""

    def without_store(self, s: Services, turn: Turn) -> Outcome:
        """What is said when the consent store cannot be reached: a calm sentence and the general help."""
        program = s.catalogue.programs.get(turn.program or turn.need or "")
        help_ = general_help(program, turn.finer_need) if program else ()
        return Outcome((Message("utter_store_unavailable"), *help_))

    def events(self, outcome: Outcome) -> list[dict[str, Any]]:
        """The slots that the outcome sets; they never hold anything personal."""
        return [SlotSet(name, value) for name, value in outcome.slots.items()]

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Read the turn, respond in a thread of its own (the store waits for the disk), say the words."""
        s = services()
        turn, words = read_turn(tracker, s.person_key), Wording(domain)
        try:
            outcome = await asyncio.to_thread(self._respond, s, turn, words)
        except ConsentStoreError as error:
            logger.error("%s: the consent store refused or is unavailable: %s", self.name(), error)  # noqa: TRY400 (no values)
            outcome = self.without_store(s, turn)
        words.say(dispatcher, outcome.messages)
        return self.events(outcome)

    def _respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """Who the person is over linked chats, what a stated age means, then the step itself."""
        turn = replace(turn, person_id=s.store.resolve(turn.identity))
        protected = protect_the_young(s, turn)
        outcome = answer_forgetting(s, turn) or self.respond(s, turn, words)
        return replace(outcome, messages=(*protected, *outcome.messages))


class RightsAction(FlowAction, ABC):
    """
    A step that changes or shows what is kept: without the store it says so, and that nothing was changed.
    """

    def without_store(self, s: Services, turn: Turn) -> Outcome:
        """Say that nothing was changed."""
        return Outcome((Message("utter_rights_unavailable"),))
