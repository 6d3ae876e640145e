"""
Choices without buttons: a number for each, or words where a number could be an answer of its own.

A number counts only as long as the thread (engine/channels/apps/thread.py) holds it. Must never give a number
to what cannot be undone, as long as there is anything else to choose.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.channels.apps.said import Choice, PermissionPrompt, Said
from engine.channels.apps.words import Words
from sealing.button import SEAL_LENGTH, SEPARATOR

SPOKEN_KIND = "value"
"""To the question for a value, a number is a value."""

NOT_UNDONE = ("/forget_me",)


def numbered(said: Said, words: Words, first: int) -> tuple[str, dict[str, Choice]]:
    """
    The lines that say how to answer, and what each number stands for.

    first: the number of the first choice; several messages of one turn count on. Of a permission request the
    first is *Allow* and the second *Not now*, always.
    """
    if said.prompt is not None and first == 1:
        return _permission(said.prompt, words)
    by_number, by_words = _parted(said)
    options = {str(number): choice for number, choice in enumerate(by_number, start=first)}
    return "\n".join([*_lines(options, words), *_spoken(by_words, words)]), options


def _permission(prompt: PermissionPrompt, words: Words) -> tuple[str, dict[str, Choice]]:
    options = {"1": prompt.allow, "2": prompt.not_now}
    if prompt.why is None:
        return words.say("reply_permission_without_why"), options
    return words.say("reply_permission"), {**options, "3": prompt.why}


def _parted(said: Said) -> tuple[Sequence[Choice], Sequence[Choice]]:
    """Choices that get a number, and those that are said in words."""
    if said.kind == SPOKEN_KIND:
        return (), said.choices
    spoken = [choice for choice in said.choices if _payload(choice) in NOT_UNDONE]
    if len(spoken) == len(said.choices):
        return said.choices, ()
    return [choice for choice in said.choices if choice not in spoken], spoken


def _payload(choice: Choice) -> str:
    """What is under the seal; whether it is genuine does not matter here."""
    return choice.payload[: -SEAL_LENGTH - len(SEPARATOR)]


def _lines(options: dict[str, Choice], words: Words) -> list[str]:
    if not options:
        return []
    lines = [words.say("reply_line", number=number, title=choice.title) for number, choice in options.items()]
    return [words.say("reply_numbers", lines="\n".join(lines))]


def _spoken(choices: Sequence[Choice], words: Words) -> list[str]:
    apart = "; " if any("," in choice.title for choice in choices) else ", "
    titles = apart.join(choice.title for choice in choices)
    return [words.say("reply_words", titles=titles)] if choices else []
