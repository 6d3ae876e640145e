"""The errors of the consent store and of the key files as sentences that say what to do."""

from __future__ import annotations

from dataclasses import dataclass

from cli import errors
from cli.errors import CliError
from consent_store import (
    CheckpointUnsound,
    ConsentMissing,
    ConsentStoreError,
    KeyInvalid,
    KeyMissing,
    KeyRefused,
    StoreNotReady,
    StoreUnavailable,
    VaultUnreadable,
)
from programs import CatalogueInvalid
from sealing.keys import SealingError
from settings import SettingsInvalid

_UNAVAILABLE = """
The consent store cannot be used now ({reason}): see that its database runs and has room, then try again.
"""
_NOT_READY = """
The consent store is not ready ({reason}): see that ASKFIRST_VAR and ASKFIRST_DATABASE_URL name the right
one, or run `askfirst store migrate`.
"""
_KEY_MISSING = """
A key is missing ({reason}): put it back from your backup; only where nothing was stored yet, run
`make setup`.
"""
_KEY_INVALID = """
A key cannot be used ({reason}): put the right one back from your backup.
"""
_KEY_REFUSED = """
A key must not be used: {reason}
"""
_CONSENT_MISSING = """
The person has not allowed this ({reason}): it can be done only after they were asked, in the chat.
"""
_UNREADABLE = """
What is sealed cannot be opened with the keys at hand ({reason}): put back the master key of this store.
"""
_UNSOUND = """
A checkpoint is not what was written ({reason}): see `askfirst ledger verify` before anything else.
"""
_REFUSED = """
The consent store refuses this ({reason}).
"""

_FORMS: tuple[tuple[type[ConsentStoreError], int, str], ...] = (
    (StoreUnavailable, errors.STORE_NOT_READY, _UNAVAILABLE),
    (StoreNotReady, errors.STORE_NOT_READY, _NOT_READY),
    (KeyMissing, errors.KEY_PROBLEM, _KEY_MISSING),
    (KeyInvalid, errors.KEY_PROBLEM, _KEY_INVALID),
    (KeyRefused, errors.KEY_PROBLEM, _KEY_REFUSED),
    (ConsentMissing, errors.NOT_UNDERSTOOD, _CONSENT_MISSING),
    (VaultUnreadable, errors.KEY_PROBLEM, _UNREADABLE),
    (CheckpointUnsound, errors.FAULTS_FOUND, _UNSOUND),
    (ConsentStoreError, errors.NOT_UNDERSTOOD, _REFUSED),
)


@dataclass(frozen=True)
class Sentence:
    """What to say, and the exit code that goes with it."""

    text: str
    exit_code: int


def sentence_of(error: Exception) -> Sentence | None:
    """The sentence for an error that one sentence explains; None for any other."""
    if isinstance(error, CliError):
        return Sentence(str(error), error.exit_code)
    if isinstance(error, CatalogueInvalid):
        return Sentence(
            "The catalogue has faults: see `.venv/bin/python -m programs check`.", errors.NOT_UNDERSTOOD
        )
    if isinstance(error, SettingsInvalid):
        return Sentence(str(error), errors.NOT_UNDERSTOOD)
    if isinstance(error, SealingError):
        return Sentence(str(error), errors.KEY_PROBLEM)
    for kind, exit_code, form in _FORMS:
        if isinstance(error, kind):
            return Sentence(" ".join(form.split()).format(reason=_reason(error)), exit_code)
    return None


def _reason(error: ConsentStoreError) -> str:
    """The short reason in words, with the ids that it is about; these are never personal."""
    about = ", ".join(f"{name} {value}" for name, value in error.ids.items())
    key = error.reason.replace("_run_make_setup", "")
    words = key if " " in key else key.replace("_", " ")
    return f"{words}; {about}" if about else words
