"""
What one turn comes to in an app: letters, which are calls with what they show, and how the thread stands
then.

Pure. Must never word anything: words come from the assistant and from data/responses/apps.yml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.channels.apps.app import Address, App, Call, Shown
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.thread import Thread, forgotten, moves_on, outcome_of


@dataclass(frozen=True)
class Letter:
    """A call that is to be sent, and the message that it shows, without the app's id until it is sent."""

    call: Call
    shows: Shown | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Pressed:
    """The button that this turn answers: its title, and the app's id of its message if that is known."""

    title: str = ""
    message: str | None = None


@dataclass(frozen=True)
class Turned:
    """Letters in order, and the thread after them. `forgets`: nothing that was shown before may be kept."""

    letters: tuple[Letter, ...]
    thread: Thread
    forgets: bool = False


def turned(app: App, thread: Thread, said: Sequence[Said], address: Address, pressed: Pressed) -> Turned:
    """The turn of an app. `said`: all that the assistant said in it, in order."""
    over = thread.over_by(said, pressed.message)
    outcomes = {one.ref: outcome_of(one, said, pressed.message, pressed.title) for one in over}
    retired = [call for one in over if (call := app.retire(one, outcomes[one.ref], address))]
    letters, options = _worded(app, said, address)
    forgets = forgotten(said)
    after = Thread() if forgets else thread.without(over)
    if moves_on(said):
        after = after.offering(said, options)
    return Turned((*(Letter(call) for call in retired), *letters), after, forgets)


def _worded(app: App, said: Sequence[Said], address: Address) -> tuple[list[Letter], dict[str, Choice]]:
    """Letters, and what may come back. A permission request has the numbers from 1 on, others those after."""
    asked = next((one for one in said if one.prompt), None)
    taken = len(asked.choices) if asked else 0
    letters: list[Letter] = []
    options: dict[str, Choice] = {}
    for one in said:
        rendered = app.render(one, address, 1 if one is asked else taken + 1)
        taken += sum(key.isdigit() for key in rendered.options) if one is not asked else 0
        letters += _letters(one, rendered.calls)
        options |= rendered.options
    return letters, options


def _letters(said: Said, calls: Sequence[Call]) -> Iterator[Letter]:
    prompt = said.prompt
    answers = {"allow": prompt.allow.title, "not_now": prompt.not_now.title} if prompt else {}
    for call in calls:
        text = str(call.args.get("text") or said.text)
        yield Letter(call, Shown("", text, said.kind, answers) if call.shows else None)


def letter_as_json(letter: Letter) -> dict[str, Any]:
    """The letter as JSON can hold it."""
    call, shows = letter.call, letter.shows
    return {
        "call": [call.method, dict(call.args), call.shows, call.optional],
        "shows": None if shows is None else [shows.ref, shows.text, shows.kind, dict(shows.answers)],
    }


def letter_from_json(content: Mapping[str, Any]) -> Letter:
    """The letter again."""
    shows = content["shows"]
    return Letter(Call(*content["call"]), None if shows is None else Shown(*shows))
