"""
The need is understood: say so, give the general help at once, and open the help. No data is needed or touched
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.outcome import Outcome
from actions.words import Button, Message
from programs import looks_volunteered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actions.bootstrap import Services
    from actions.turn import Turn
    from actions.words import Wording
    from programs import Program


AREAS = ("solve_problem", "use_product", "complete_purchase")
"""The kinds of help (`help_type` in program.yml), in the order in which the menu shows them."""


def open_help(s: Services, turn: Turn, words: Wording) -> Outcome:
    """
    General help for the need that was named, or the one that waited; any earlier help of the person ends. Of
    two needs the urgent one goes first, and the other waits. Raises `StoreUnavailable`.
    """
    named = [s.catalogue.programs.get(name or "") for name in (turn.program or turn.next_need, turn.then)]
    program, *others = sorted(filter(None, named), key=lambda each: not each.urgent) or (None,)
    if program is None:
        return show_menu(s, words)
    s.store.begin_help(turn.person_id, program.id, turn.channel)
    volunteered = (Message("utter_volunteered"),) if _told_something(turn) else ()
    finer_need = turn.finer_need if program is named[0] else None
    need = program.need_of(finer_need)
    understood = Message("utter_need_understood", {"need": need})
    waits = turn.next_need if turn.next_need != program.id else None
    if others:
        waits = others[0].id
        understood = Message("utter_two_needs", {"need": need, "other": others[0].need})
    messages = (understood, *general_help(program, finer_need), *volunteered)
    return Outcome(messages, slots={"need": program.id, "next_need": waits, "stage": "help"})


def offer_next(s: Services, turn: Turn) -> tuple[Message, ...]:
    """The second need that the person named, when the help for the first is over."""
    program = s.catalogue.programs.get(turn.next_need or "")
    if program is None:
        return ()
    start = Button(f'/need{{"program":"{program.id}"}}', "utter_button_next_need")
    return (Message("utter_next_need", {"need": program.need}, buttons=(start, _something_else())),)


def general_help(program: Program, finer_need: str | None = None) -> tuple[Message, ...]:
    """What holds for everybody with this need; urgent needs get their first steps before anything else."""
    first = (Message("utter_first_steps", {"steps": program.first_steps}),) if program.first_steps else ()
    return (*first, Message("utter_general_help", {"help": program.general_help_for(finer_need)}))


def show_menu(s: Services, words: Wording, area: str | None = None) -> Outcome:
    """Every program by name in its area, with a button an area; or the programs of one area as buttons."""
    if area not in AREAS:
        return _menu("utter_menu", {"areas": _areas(s, words)})
    programs = tuple(program_button(program) for program in _programs_of(s, area))
    buttons = (*programs, _something_else(), human_button())
    return Outcome((Message("utter_menu_area", {"area": words.fill(f"utter_area_{area}")}, buttons=buttons),))


def out_of_scope(s: Services, words: Wording) -> Outcome:
    """No program serves this: say so, and what there is."""
    return _menu("utter_out_of_scope", {"areas": _areas(s, words)})


def _menu(wording: str, params: Mapping[str, str]) -> Outcome:
    areas = tuple(Button(f'/menu{{"area":"{area}"}}', f"utter_button_{area}") for area in AREAS)
    return Outcome((Message(wording, params, buttons=(*areas, human_button())),))


def _areas(s: Services, words: Wording) -> str:
    """A line for each area, with the names of its programs."""
    return "\n".join(
        words.fill(
            "utter_menu_line",
            area=words.fill(f"utter_area_{area}"),
            programs=", ".join(program.name for program in _programs_of(s, area)),
        )
        for area in AREAS
    )


def _programs_of(s: Services, area: str) -> list[Program]:
    programs = s.catalogue.programs.values()
    return sorted((p for p in programs if p.help_type == area), key=lambda program: program.name)


def clarify(s: Services, turn: Turn, words: Wording) -> Outcome:
    """Two needs are close: ask which."""
    known = [s.catalogue.programs[name] for name in turn.candidates if name in s.catalogue.programs]
    if len(known) < 2:
        return show_menu(s, words)
    buttons = (*(program_button(program) for program in known), _something_else())
    return Outcome((Message("utter_clarify", buttons=buttons),))


def program_button(program: Program) -> Button:
    """A button that starts a program."""
    return Button(f'/need{{"program":"{program.id}"}}', "utter_button_program", {"program": program.name})


def _something_else() -> Button:
    return Button("/menu", "utter_button_menu")


def human_button() -> Button:
    """A button that asks for a human."""
    return Button("/human", "utter_button_human")


def _told_something(turn: Turn) -> bool:
    return not turn.pressed and looks_volunteered(turn.text)
