"""
The need is understood: say so, give the general help at once, and open the help. No data is needed or touched
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.outcome import Next, Outcome
from actions.words import Button, Message
from programs import looks_volunteered

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.turn import Turn
    from programs import Program


def open_help(s: Services, turn: Turn) -> Outcome:
    """
    General help for the need that was named; any earlier help of the person ends. Raises `StoreUnavailable`.
    """
    program = s.catalogue.programs.get(turn.program or "")
    if program is None:
        return show_menu(s)
    s.store.begin_help(turn.person_id, program.id, turn.channel)
    volunteered = (Message("utter_volunteered"),) if _told_something(turn) else ()
    messages = (
        Message("utter_need_understood", {"need": program.need}),
        *general_help(program),
        *volunteered,
    )
    return Outcome(messages, slots={"need": program.id, "stage": "help"})


def general_help(program: Program) -> tuple[Message, ...]:
    """What holds for everybody; urgent needs get their first steps before anything else."""
    first = (Message("utter_first_steps", {"steps": program.first_steps}),) if program.first_steps else ()
    return (*first, Message("utter_general_help", {"help": program.general_help}))


def show_menu(s: Services, wording: str = "utter_menu") -> Outcome:
    """Everything the assistant can help with, and a human, as buttons."""
    programs = tuple(program_button(program) for program in s.catalogue.programs.values())
    return Outcome((Message(wording, buttons=(*programs, human_button())),), Next.FINISHED)


def clarify(s: Services, turn: Turn) -> Outcome:
    """Two needs are close: ask which."""
    known = [s.catalogue.programs[name] for name in turn.candidates if name in s.catalogue.programs]
    if len(known) < 2:
        return show_menu(s)
    buttons = (*(program_button(program) for program in known), Button("/menu", "utter_button_menu"))
    return Outcome((Message("utter_clarify", buttons=buttons),))


def program_button(program: Program) -> Button:
    """A button that starts a program."""
    return Button(f'/need{{"program":"{program.id}"}}', "utter_button_program", {"program": program.name})


def human_button() -> Button:
    """A button that asks for a human."""
    return Button("/human", "utter_button_human")


def _told_something(turn: Turn) -> bool:
    return not turn.pressed and looks_volunteered(turn.text)
