"""
One sentence and an exit code for everything that goes wrong, instead of a traceback.

Must never repeat what was typed: it may be the id that a person has in a channel.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from cli import errors
from cli.sentences import sentence_of


class Guarded(TyperGroup):
    """The outermost group of commands."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Ends with an exit code of `cli.errors` if it fails, 130 if it was interrupted."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, OSError):
            raise
        except TyperException as error:
            if "extra argument" in error.message:
                error.message = "There is an argument too many: put an id that has blanks between quotes."
            raise
        except typer.Abort:
            _say(str(errors.NotConfirmed(asked=True)))
            raise typer.Exit(errors.NOT_UNDERSTOOD) from None
        except KeyboardInterrupt:
            _say("Interrupted. What was done until now is done.")
            raise typer.Exit(130) from None
        except Exception as error:  # noqa: BLE001, whatever it is, its message may quote a value
            raise typer.Exit(_explain(error)) from None


def _explain(error: Exception) -> int:
    known = sentence_of(error)
    if known is None:
        _say(f"This failed by a fault of askfirst itself: {type(error).__name__} at {_where(error)}.")
        return errors.OWN_FAULT
    _say(known.text)
    return known.exit_code


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"


def _say(sentence: str) -> None:
    typer.echo(f"askfirst: {sentence}", err=True)
