"""
What can go wrong while setting up or running, one class a cause; the text is one sentence with what to do.

Must never carry a key, a secret or a person's words: these sentences end up on terminals and in logs.
"""

from pathlib import Path


class OperateError(Exception):
    """The root of all of these. Its text is meant for the person at the terminal."""


class SettingsInvalid(OperateError):
    """A variable in the environment or in .env cannot be used."""

    def __init__(self, faults: str) -> None:
        super().__init__(
            f"These settings cannot be used: {faults}. Correct them in the environment or in .env."
        )


class PortTaken(OperateError):
    """Another program listens where one of our servers should."""

    def __init__(self, port: int, title: str, variable: str) -> None:
        other = port + 10_000 if port < 50_000 else port - 1
        super().__init__(
            f"Port {port} is taken, and {title} needs it: end the program that uses it, or choose "
            f"another port with {variable}, for example `{variable}={other} make run`."
        )


class PortRefused(OperateError):
    """The machine does not let us listen at this address at all."""

    def __init__(self, host: str, port: int, title: str, variable: str, reason: str) -> None:
        super().__init__(
            f"{title[0].upper()}{title[1:]} cannot listen on {host}:{port} ({reason}): set ASKFIRST_HOST or "
            f"{variable} to an address that this machine has."
        )


class KeyLost(OperateError):
    """A key is gone although data sealed with it is there; a new key would make that data unreadable."""

    def __init__(self, path: Path, database: Path) -> None:
        super().__init__(
            f"{path} is missing although {database} exists: put the key back from your backup, or delete "
            f"{database} to start anew without what it holds."
        )


class KeysNotMade(OperateError):
    """Production begins without keys; they are made on purpose, never on the way."""

    def __init__(self, folder: Path, missing: list[str]) -> None:
        super().__init__(
            f"ASKFIRST_MODE is production, but {', '.join(missing)} are not in {folder}: put the keys there "
            "from your backup, or make new ones with `python -m operate keys --production`."
        )


class KeyNotForProduction(OperateError):
    """A key that is there must not be used in production. The text is what reading it came to."""


class EncoderNotBuilt(OperateError):
    """The sentence encoder could not be built, or is not what it should be. The reason is the engine's."""

    def __init__(self, reason: str, log: Path) -> None:
        super().__init__(f"The sentence encoder could not be prepared: {reason} (All of it: {log})")


class TrainingFailed(OperateError):
    """Rasa could not train a model. The model that was there is still there."""

    def __init__(self, log: Path) -> None:
        super().__init__(f"The model could not be trained: the reason is at the end of {log}.")


class ServerEnded(OperateError):
    """One of the servers ended by itself, and so all were ended."""

    def __init__(self, title: str, exit_code: int, log: Path) -> None:
        how = f"exit code {exit_code}" if exit_code >= 0 else f"signal {-exit_code}"
        super().__init__(
            f"{title[0].upper()}{title[1:]} ended by itself ({how}), so the others were ended too: "
            f"the reason is at the end of {log}."
        )


class ServerNotReady(OperateError):
    """One of the servers runs but does not answer its health check in time."""

    def __init__(self, title: str, seconds: float, log: Path) -> None:
        super().__init__(
            f"{title[0].upper()}{title[1:]} did not answer within {seconds:.0f} seconds, so all were ended: "
            f"see the end of {log}."
        )


class NoSuchSection(OperateError):
    """Somebody asks for a part of the tests that there is not."""

    def __init__(self, unknown: list[str], known: list[str]) -> None:
        super().__init__(f"There is no section {', '.join(unknown)}: choose from {', '.join(known)}.")


class NotRunning(OperateError):
    """Somebody wants to talk to an assistant that does not run here."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"Nothing answers at {url}: start the assistant with `make run` in another terminal."
        )


class NotUnderstoodByServer(OperateError):
    """The assistant's server answered, but not with messages."""

    def __init__(self, status: int) -> None:
        super().__init__(
            f"The assistant answered with the HTTP status {status}: if it was started with other keys, "
            "end it and start it again with `make run`."
        )


class NothingToMeasure(OperateError):
    """Queries to measure with are not there."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            f"There is nothing at {' and '.join(missing)}. Give two CSV files: make evaluate "
            "QUERIES=a.csv OUT_OF_SCOPE=b.csv (columns text,program in the first, text in the second)."
        )


class BundleNotMade(OperateError):
    """The widget could not be bundled. The reason is a tool that is missing, or a step that failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The widget could not be bundled: {reason}.")
