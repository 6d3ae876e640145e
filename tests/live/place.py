"""Folder, keys, database and ports of a test's own, so that a developer's running assistant is left alone."""

import os
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from operate.keys import private_folder, write_keys
from operate.services import server_environment
from operate.storage import migrate_store
from operate.terminal import Terminal
from operate.training import ensure_model
from settings import PREFIX, Settings, read_settings
from tests.live.ports import LOOPBACK, free_ports


def new_place(var: Path, extra: Mapping[str, str]) -> Settings:
    """The settings of a new place below `var`. extra: variables on top."""
    rasa, actions, portal = free_ports(3)
    places = {
        "ASKFIRST_VAR": str(var),
        "ASKFIRST_HOST": LOOPBACK,
        "ASKFIRST_RASA_PORT": str(rasa),
        "ASKFIRST_ACTIONS_PORT": str(actions),
        "ASKFIRST_PORTAL_PORT": str(portal),
    }
    with patch.dict(os.environ, {**_clean_environment(), **places, **extra}, clear=True):
        settings = read_settings()
    write_keys(settings.keys)
    migrate_store(settings.store_url)
    private_folder(settings.log)
    return settings


def environment_of(settings: Settings, extra: Mapping[str, str], model: Path) -> dict[str, str]:
    """All variables for a server there."""
    return server_environment(settings, {**_clean_environment(), **extra}, model)


def trained_model() -> Path:
    """Return the project's model, trained now if its files have changed since."""
    return ensure_model(read_settings(), os.environ, Terminal())


def _clean_environment() -> dict[str, str]:
    """Our own variables of the developer's shell stay out: a test runs the same everywhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
