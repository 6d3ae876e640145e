"""
What one turn comes to in an app: letters, which are calls with what they show, and how the thread stands
then.

Pure. Must never word anything: words come from the assistant and from data/responses/apps.yml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from engine.channels.apps.app import Address, App, Call, Rendered, Shown
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.thread import Thread, forgotten, moves_on, outcome_of


@dataclass(frozen=True)
class Letter:
    """
    A call that is to be sent, and the message that it shows, without the app's id until it is sent.

    `options`: what may come back once it is sent, and not before. `since`: the instant (ISO 8601) before the
    turn that said it; who writes while it waits has seen nothing that was said since.
    """

    call: Call
    shows: Shown | None = field(default=None, repr=False)
    options: Mapping[str, Choice] = field(default_factory=dict, repr=False)
    since: str = ""


@dataclass(frozen=True)
class Pressed:
    """The button that this turn answers: its title, and the app's id of its message if that is known."""

    title: str = ""
    message: str | None = None


@dataclass(frozen=True)
class Turned:
    """
    Letters in order, and the thread after them. `moves_on`: whatever was asked before is over. `forgets`:
    nothing that was shown before may be kept.
    """

    letters: tuple[Letter, ...]
    thread: Thread
    moves_on: bool = False
    forgets: bool = False


def turned(app: App, thread: Thread, said: Sequence[Said], address: Address, pressed: Pressed) -> Turned:
    """The turn of an app. `said`: all that the assistant said in it, in order."""
    over = thread.over_by(said, pressed.message)
    outcomes = {one.ref: outcome_of(one, said, pressed.message, pressed.title) for one in over}
    retired = [call for one in over if (call := app.retire(one, outcomes[one.ref], address))]
    letters = _worded(app, said, address)
    forgets = forgotten(said)
    after = Thread() if forgets else thread.without(over)
    moves = moves_on(said)
    after = after.offering(said) if moves else after
    return Turned((*(Letter(call) for call in retired), *letters), after, moves, forgets)


def _worded(app: App, said: Sequence[Said], address: Address) -> list[Letter]:
    """Letters. A permission request has the numbers from 1 on, other choices those after."""
    asked = next((one for one in said if one.prompt), None)
    taken = len(asked.choices) if asked else 0
    letters: list[Letter] = []
    for one in said:
        rendered = app.render(one, address, 1 if one is asked else taken + 1)
        taken += sum(key.isdigit() for key in rendered.options) if one is not asked else 0
        letters += _letters(one, rendered)
    return letters


def _letters(said: Said, rendered: Rendered) -> Iterator[Letter]:
    """The call with the buttons, else the last, is what can be answered."""
    prompt = said.prompt
    answers = {"allow": prompt.allow.title, "not_now": prompt.not_now.title} if prompt else {}
    asking = [*rendered.calls, *(call for call in rendered.calls if call.shows)][-1:]
    for call in rendered.calls:
        text = str(call.args.get("text") or said.text)
        shows = Shown("", text, said.kind, answers) if call.shows else None
        yield Letter(call, shows, rendered.options if call in asking else {})


def seen(thread: Thread, letter: Letter, ref: str, at: datetime | None = None) -> Thread:
    """
    The thread once a letter is sent: with what it shows, and what may come back to it.

    ref: the app's. at: when it began to be sent (aware); nobody has seen it before.
    """
    shown = thread if letter.shows is None else thread.with_shown(replace(letter.shows, ref=ref))
    return shown.answered_by(letter.options, at)


def letter_as_json(letter: Letter) -> dict[str, Any]:
    """The letter as JSON can hold it."""
    call, shows = letter.call, letter.shows
    return {
        "call": [call.method, dict(call.args), call.shows, call.optional],
        "shows": None if shows is None else [shows.ref, shows.text, shows.kind, dict(shows.answers)],
        "options": {key: [choice.title, choice.payload] for key, choice in letter.options.items()},
        "since": letter.since,
    }


def letter_from_json(content: Mapping[str, Any]) -> Letter:
    """The letter again."""
    shows = content["shows"]
    options = {key: Choice(*choice) for key, choice in content["options"].items()}
    call = Call(*content["call"])
    return Letter(call, None if shows is None else Shown(*shows), options, str(content["since"]))
