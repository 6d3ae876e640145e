"""
The thin shell around the help: tracker in, one call into `actions.flow`, words out. Holds no rule about
consent.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanic import Sanic


def begin(app: Sanic) -> None:
    """
    Build what the actions need, and sweep while this server runs, whichever process it is.

    A missing key or a broken catalogue ends the start with its sentence, and exit code 1 (SystemExit).
    """
    from actions.bootstrap import services
    from actions.sweeping import attach, upkeep
    from consent_store import ConsentStoreError
    from programs import ProgramsError
    from sealing.keys import SealingError
    from settings import SettingsInvalid, read_settings

    try:
        settings = read_settings()
        s = services()
    except (ConsentStoreError, ProgramsError, SealingError, SettingsInvalid) as error:
        raise SystemExit(f"The actions cannot start: {error}") from None
    jobs = upkeep(s.store, s.signer, settings.checkpoints, keep_conversations=settings.keep_conversations)
    attach(app, jobs, minutes=settings.sweep_minutes)


if endpoint := sys.modules.get("rasa_sdk.endpoint"):  # the SDK's own command is loading us for its server
    from actions.guard import guard

    guard(endpoint, begin)
