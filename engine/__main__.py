"""
Starts Rasa's command line as this project needs it: `python -m engine run|train|test|data …` from the
project's root.

Telemetry off, loopback, private files, texts kept out of the logs, a fast answer check, and a calm answer
when the action server is away. It must never start the server without its keys.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from engine import arguments, quiet, serving
from sealing import masters
from sealing.keys import SealingError, read_key, read_secret
from settings import ROOT, SettingsInvalid, read_settings

SERVER_KEYS = ("buttons.key", "person.key", "rest.secret", "widget_token.key")
NO_SECRET = "unset"  # noqa: S105, it opens nothing


def main(given: Sequence[str]) -> int:
    """
    Prepare the process and hand over to Rasa. `given`: Rasa's arguments. Returns an exit code if it
    cannot start.
    """
    os.umask(0o077)
    quiet.before_import()
    try:
        prepare_environment(serving=arguments.is_serving(given))
    except (SealingError, SettingsInvalid) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.argv = ["engine", *arguments.with_defaults(given)]
    try:
        start_rasa()
    except (SealingError, SettingsInvalid) as error:  # of a channel that Rasa just made
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def prepare_environment(*, serving: bool) -> None:
    """
    Set the variables that endpoints.yml names. The secret goes to this process only.

    serving: whether a server starts, which needs every key; training does without. Raises SealingError,
    SettingsInvalid.
    """
    settings = read_settings()
    os.environ["ASKFIRST_VAR"] = str(settings.var)
    os.environ["ASKFIRST_DATABASE_URL"] = settings.store_url
    os.environ["ASKFIRST_ACTIONS_HOST"] = settings.actions_host
    os.environ["ASKFIRST_ACTIONS_PORT"] = str(settings.actions_port)
    secret = settings.keys / "actions.secret"
    os.environ["ASKFIRST_ACTIONS_SECRET"] = read_secret(secret) if serving and secret.exists() else NO_SECRET
    for name in SERVER_KEYS if serving else ():
        read_key(settings.keys / name)
    if serving and settings.keep_conversations_days > 0:
        masters.read(settings.keys)


def start_rasa() -> None:
    """Patch Rasa and run its command line, which reads sys.argv."""
    patch_rasa()
    from rasa.__main__ import main as rasa_main

    rasa_main()


def patch_rasa() -> None:
    """Make Rasa what this project needs, once in a process, whatever starts it there."""
    quiet.install()
    import skops.io  # noqa: F401 (looks through all modules when it is imported: before Rasa's there are few)
    from rasa.core import test as rasa_test

    from engine import actions_here, answer_check, choices, outage, standins, turns
    from engine.conversations import store  # noqa: F401 (Rasa would go on with its memory if it failed there)

    serving.install()
    standins.logistic_regression()
    rasa_test.POLICIES_THAT_EXTRACT_ENTITIES = set()  # a current scikit-learn takes no empty list of them
    answer_check.install()
    choices.install()
    actions_here.install()
    outage.install(ROOT / "programs")
    turns.install(ROOT / "programs")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
