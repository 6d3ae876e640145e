"""
Where the engine runs: folders, key files, addresses, all from the environment.

What we offer stands in the catalogue and never here. Nothing is read at import.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEEP_CONVERSATIONS = "ASKFIRST_KEEP_CONVERSATIONS_DAYS"
KEEP_CONVERSATIONS_DAYS = 30


class SettingInvalid(ValueError):
    """A variable of the environment holds what it cannot mean. Names the variable, never its value."""


def var_folder() -> Path:
    """The folder of everything that is written: databases, models, keys, logs (ASKFIRST_VAR)."""
    return Path(os.environ.get("ASKFIRST_VAR", "var"))


def key_folder() -> Path:
    """The folder of the keys."""
    return var_folder() / "keys"


def key_file(name: str) -> Path:
    """The path of a key file, for example "buttons.key"."""
    return key_folder() / name


def database_url() -> str:
    """The consent store's database (ASKFIRST_DATABASE_URL): SQLite in `var_folder` unless it is set."""
    return os.environ.get("ASKFIRST_DATABASE_URL", "").strip() or f"sqlite:///{var_folder() / 'consent.db'}"


def keep_conversations_days() -> int:
    """
    How long conversations are kept, in days (ASKFIRST_KEEP_CONVERSATIONS_DAYS); 0: in memory only.

    Raises SettingInvalid.
    """
    given = os.environ.get(KEEP_CONVERSATIONS, "").strip() or str(KEEP_CONVERSATIONS_DAYS)
    if not (given.isascii() and given.isdigit()):
        raise SettingInvalid(f"{KEEP_CONVERSATIONS} must be a number of days, 0 for none.")
    return int(given)


def host() -> str:
    """The address that our servers listen on: loopback unless told otherwise (ASKFIRST_HOST)."""
    return os.environ.get("ASKFIRST_HOST", "127.0.0.1")


def rasa_port() -> str:
    """The port of the Rasa server (ASKFIRST_RASA_PORT)."""
    return os.environ.get("ASKFIRST_RASA_PORT", "5005")


def actions_host() -> str:
    """The address of the action server: loopback unless told otherwise (ASKFIRST_ACTIONS_HOST)."""
    return os.environ.get("ASKFIRST_ACTIONS_HOST", "127.0.0.1")


def actions_port() -> str:
    """The port of the action server (ASKFIRST_ACTIONS_PORT)."""
    return os.environ.get("ASKFIRST_ACTIONS_PORT", "5055")


def page_origins() -> list[str]:
    """
    The web origins that may open the widget's socket (ASKFIRST_PAGE_ORIGINS, a comma list).

    Never empty: socket.io takes an empty list for "anybody".
    """
    listed = os.environ.get("ASKFIRST_PAGE_ORIGINS", "").split(",")
    portal = os.environ.get("ASKFIRST_PORTAL_PORT", "8000")
    own_page = [f"http://127.0.0.1:{portal}", f"http://localhost:{portal}"]
    return [origin.strip().rstrip("/") for origin in listed if origin.strip()] or own_page
