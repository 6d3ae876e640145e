"""
Our defaults for Rasa's command line: loopback, our port, models under ASKFIRST_VAR.

What the caller wrote always wins; nothing is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence

from settings import read_settings

SERVING = ("run", "shell")


def with_defaults(arguments: Sequence[str]) -> list[str]:
    """Rasa's arguments (without the program's name) with ours added where the caller gave none."""
    if not arguments:
        return []
    added = list(arguments)
    for names, value in _defaults(arguments[0], arguments[1:]):
        if not _has(arguments, names):
            added += [names[0], value]
    return added


def is_serving(arguments: Sequence[str]) -> bool:
    """Whether these arguments start the server, which needs all keys."""
    return bool(arguments) and arguments[0] in SERVING


def _defaults(command: str, rest: Sequence[str]) -> list[tuple[tuple[str, ...], str]]:
    settings = read_settings()
    if command == "train":
        # the flag belongs behind a sub-command (`train nlu`), where it stands anyway: at the end
        return [(("--out",), str(settings.models))]
    if command in SERVING and "actions" not in rest[:1]:
        return [
            (("--interface", "-i"), settings.host),
            (("--port", "-p"), str(settings.rasa_port)),
            (("--model", "-m"), str(settings.models)),
        ]
    if command == "test":
        return [(("--model", "-m"), str(settings.models)), (("--out",), str(settings.var / "results"))]
    return []


def _has(arguments: Sequence[str], names: Sequence[str]) -> bool:
    return any(argument.split("=", 1)[0] in names for argument in arguments)
