"""
What can go wrong at the command line, one class a cause, each with its exit code and one sentence.

Must never carry an id that a person has in a channel, a value, or a key.
"""

from __future__ import annotations

from pathlib import Path

FAULTS_FOUND = 1
"""Something was checked and is not in order."""
NOT_UNDERSTOOD = 2
"""Wrong usage, an id that names nobody or several people, or a question not answered with yes."""
STORE_NOT_READY = 3
"""The consent store is missing, not current, or cannot be reached."""
KEY_PROBLEM = 4
"""A key is missing or does not fit."""
OWN_FAULT = 70
"""A fault of the program itself."""


class CliError(Exception):
    """The root of these. Its text is one sentence with what to do."""

    exit_code = NOT_UNDERSTOOD


class NobodyNamed(CliError):
    """No person was named, or in two ways at once."""

    def __init__(self) -> None:
        super().__init__(
            "Name one person: either by their pseudonymous id, or with --channel and --id (`--id -` reads it "
            "from standard input)."
        )


class IdMalformed(CliError):
    """What was given is no pseudonymous id. It is not repeated, because it may be something personal."""

    def __init__(self) -> None:
        super().__init__(
            "That is not a pseudonymous id, which is 8 to 32 of the characters 0-9 and a-f: for the id that "
            "a person has in a channel use --channel and --id."
        )


class ChannelIdUnreadable(CliError):
    """Standard input did not hold exactly one line, or the id is blank."""

    def __init__(self) -> None:
        super().__init__("The channel's id is blank or has several lines: give exactly one line.")


class TokenNotIssued(CliError):
    """A widget token that this server did not issue."""

    def __init__(self) -> None:
        super().__init__("This widget token was not issued with the key at hand: nothing was done.")


class PersonUnknown(CliError):
    """The store knows nobody of this id."""

    def __init__(self) -> None:
        super().__init__("The consent store knows nobody by this id: nothing was done.")


class PersonAmbiguous(CliError):
    """Several persons have an id that begins so. They are counted, never listed."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} persons have an id that begins so: give more of it. Nothing was done.")


class DecisionUnknown(CliError):
    """The person has no decision about what was named."""

    def __init__(self) -> None:
        super().__init__(
            "This person has no decision about that purpose and item: see `askfirst consent show --json` for "
            "the keys. Nothing was done."
        )


class NothingDecided(CliError):
    """A receipt of somebody who made no decision."""

    def __init__(self) -> None:
        super().__init__("This person has made no decision, so there is nothing to put on a receipt.")


class ScopeMissing(CliError):
    """Nothing was said about what is to be withdrawn, or everything and one thing at once."""

    def __init__(self) -> None:
        super().__init__("Say what to withdraw: --purpose, --item or both; or --all.")


class MergeUnclear(CliError):
    """Neither a code to be made nor one to be used, or both."""

    def __init__(self) -> None:
        super().__init__("Say either --start, which makes a code, or --code with the code that was made.")


class NotLinked(CliError):
    """A code that links nothing. `reason` is the consent store's key."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nothing was linked: {reason.replace('_', ' ')}.")


class EngineMissing(CliError):
    """Rasa's environment is not there, or what was asked there gave no answer."""

    exit_code = OWN_FAULT

    def __init__(self) -> None:
        super().__init__("Rasa's environment gives no answer: run `make setup`, then try again.")


class FileExists(CliError):
    """A file that was to be written is there already, or cannot be made."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is there already or cannot be made: choose another name.")


class NotConfirmed(CliError):
    """The question whether to go on was not answered with yes, or could not be asked."""

    def __init__(self, *, asked: bool) -> None:
        why = "You did not say yes" if asked else "There is no terminal to ask you; --yes goes on without"
        super().__init__(f"{why}. Nothing was done.")


class FileUnreadable(CliError):
    """A file that was named is not there or cannot be read."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is not there or cannot be read.")


class PublicKeyUnusable(CliError):
    """What was given is neither a public key nor a file that holds one."""

    def __init__(self) -> None:
        super().__init__(
            "That is no public key, which is one line of 43 characters, nor a file that holds one: ask those "
            "who signed."
        )
