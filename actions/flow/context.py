"""What the steps of the flow share: the running help of a person, what is known for it, and item names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.lists import format_list

from actions.flow.question import Question, keys_of, next_question
from actions.reading.phrases import normalise
from programs import LINK_ITEM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actions.bootstrap import Services
    from actions.flow.question import Key, State
    from actions.turn import Turn
    from consent_store import HelpSession
    from programs import Program


@dataclass(frozen=True)
class Running:
    """A help that is going on: its session, its program, and what the store knows of each of its keys."""

    session: HelpSession
    program: Program
    states: Mapping[Key, State]
    stage: str

    @property
    def question(self) -> Question | None:
        """The question that is, or comes, next."""
        return next_question(self.program, self.session.offer, self.states, self.stage)


def running(s: Services, turn: Turn) -> Running | None:
    """
    The person's running help; None if there is none, or it was silent too long. Raises `StoreUnavailable`.
    """
    session = s.store.current_help(turn.person_id)
    program = s.catalogue.programs.get(session.program_id) if session else None
    if session is None or program is None:
        return None
    states = s.store.states(turn.person_id, session.help_id, keys_of(program))
    return Running(session, program, states, turn.stage)


def count_from_none(s: Services, help_: Running) -> None:
    """An answer was clear, so unclear ones count anew. Raises `StoreUnavailable`."""
    if help_.session.unclear_count:
        s.store.reset_unclear(help_.session.help_id)


def item_names(s: Services, items: Iterable[str]) -> str:
    """The items' names as a list in words: "your debt and your payment"."""
    return str(format_list([item_name(s, item) for item in items], locale=s.language))


def item_name(s: Services, item: str) -> str:
    """What an item is called; also a linked identity, and an item that the catalogue no longer has."""
    if item == LINK_ITEM:
        return str(s.catalogue.notices[s.language].link.item)
    known = s.catalogue.items.get(item)
    return str(known.name) if known else item


def named_item(s: Services, turn: Turn, candidates: Iterable[str]) -> str | None:
    """The one of `candidates` that a button or the typed words name, or None if none or several fit."""
    known = tuple(candidates)
    if turn.pressed:
        item = turn.named.get("item")
        return item if item in known else None
    words = set(normalise(turn.text))
    fitting = [item for item in known if words & _words_of(s, item)]
    return fitting[0] if len(fitting) == 1 else None


def _words_of(s: Services, item: str) -> set[str]:
    """The telling words of an item: those of its id and of its name that are no small words."""
    spoken = normalise(f"{item.replace('_', ' ')} {item_name(s, item)}")
    return set(spoken) - s.phrases.small_words
