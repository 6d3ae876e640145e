"""
What the person hears when the action server is away or broken: a calm sentence and the general help.

It grants nothing, keeps nothing, and leaves an open question open. The sentence comes from the domain
(`utter_action_server_down`), the help from the program's file. Logs carry the action, the conversation's id
and a reason, never an answer's body.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.actions import action as rasa_action
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction, create_bot_utterance
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, FollowupAction, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine.conversations.keeper import give_up
from engine.general_help import GeneralHelp

SENTENCE = "utter_action_server_down"
PATIENCE_SECONDS = 10  # Rasa itself would let the person wait for five minutes
VALIDATE = "validate_"

Run = Callable[..., Awaitable[list[Event]]]
logger = logging.getLogger(__name__)


def install(programs: Path) -> None:
    """Make every custom action answer calmly if its server does not. programs: the catalogue's folder."""
    RemoteAction.run = answering_calmly(RemoteAction.run, GeneralHelp(programs))
    rasa_action.DEFAULT_REQUEST_TIMEOUT = PATIENCE_SECONDS


def answering_calmly(stock_run: Run, general_help: GeneralHelp) -> Run:
    """
    RemoteAction.run with a calm answer in place of every failure.

    A rejection (status 400) is the action server's own decision, no failure: it is raised as ever.
    """

    async def run(
        self: RemoteAction, output_channel: Any, nlg: Any, tracker: Any, domain: Domain
    ) -> list[Event]:
        try:
            return await stock_run(self, output_channel, nlg, tracker, domain)
        except ActionExecutionRejection:
            raise
        except Exception as error:  # noqa: BLE001, whatever it was, the person gets help
            logger.error(  # noqa: TRY400, a traceback could quote an answer's body
                "No answer from the action server: action=%s conversation=%s reason=%s",
                self.name(),
                tracker.sender_id,
                reason_of(error),
            )
            give_up(goes_on=isinstance(error, TimeoutError))
        said = await words(general_help, tracker, nlg, output_channel.name())
        return said + consequences(self.name(), tracker, domain)

    return run


async def words(
    general_help: GeneralHelp, tracker: DialogueStateTracker, nlg: Any, channel: str
) -> list[Event]:
    """The sentence and the help, as one message each; nothing if this user message had them already."""
    if any(_is_ours(event) for event in _events_of_this_turn(tracker)):
        return []
    draft = await nlg.generate(SENTENCE, tracker, channel)
    finer_need = tracker.latest_message.intent.get("finer_need") if tracker.latest_message else None
    help_text = general_help.of(current_program(tracker), finer_need)
    messages = [draft, {"text": help_text} if help_text else None]
    return [create_bot_utterance({**message, "utter_action": SENTENCE}) for message in messages if message]


def consequences(action: str, tracker: DialogueStateTracker, domain: Domain) -> list[Event]:
    """
    What keeps the conversation where it is.

    A form's validation must set the slot (to nothing), or the form would reject and rules would go on; a form
    that only just began ends again, because nobody asked its question. Any other action ends the turn.
    """
    if not action.startswith(VALIDATE):
        return [FollowupAction(ACTION_LISTEN_NAME)]
    form = action[len(VALIDATE) :]
    emptied: list[Event] = [SlotSet(slot, None) for slot in domain.required_slots_for_form(form)]
    if ActiveLoop(form) in _events_of_this_turn(tracker):
        return [*emptied, SlotSet(REQUESTED_SLOT, None), FollowupAction(ACTION_LISTEN_NAME)]
    return emptied


def current_program(tracker: DialogueStateTracker) -> object:
    """The program of the latest message, as understood or named by a button; else the conversation's."""
    latest = tracker.latest_message
    if latest is None:
        return tracker.get_slot("need")
    named = [entity.get("value") for entity in latest.entities if entity.get("entity") == "program"]
    return latest.intent.get("program") or next(iter(named), None) or tracker.get_slot("need")


def reason_of(error: BaseException) -> str:
    """The kind of failure and its HTTP status, if it has one. Never a message: it could quote a body."""
    root = error.__cause__ or error.__context__ or error
    status = getattr(root, "status", None)
    return type(root).__name__ if status is None else f"{type(root).__name__}({status})"


def _events_of_this_turn(tracker: DialogueStateTracker) -> list[Event]:
    return list(
        itertools.takewhile(lambda event: not isinstance(event, UserUttered), reversed(tracker.events))
    )


def _is_ours(event: Event) -> bool:
    return isinstance(event, BotUttered) and event.metadata.get("utter_action") == SENTENCE
