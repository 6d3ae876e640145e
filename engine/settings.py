"""
Where the engine runs: folders, key files, addresses, all from the environment.

What we offer stands in the catalogue and never here. Nothing is read at import.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def var_folder() -> Path:
    """The folder of everything that is written: databases, models, keys, logs (ASKFIRST_VAR)."""
    return Path(os.environ.get("ASKFIRST_VAR", "var"))


def key_file(name: str) -> Path:
    """The path of a key file, for example "buttons.key"."""
    return var_folder() / "keys" / name


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
