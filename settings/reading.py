"""Reads the environment and `.env`; what is really set wins over the file."""

from __future__ import annotations

import os
from collections.abc import Mapping

from dotenv import load_dotenv
from pydantic import ValidationError

from settings import model
from settings.model import PREFIX, Settings, SettingsInvalid


def environment() -> Mapping[str, str]:
    """The process's environment, to which `.env` is added, so that `sealing` and child processes see it."""
    load_dotenv(model.ROOT / ".env")
    return os.environ


def read_settings() -> Settings:
    """The settings as they are now. Raises SettingsInvalid, which names every wrong variable at once."""
    environment()
    try:
        return Settings()
    except ValidationError as error:
        faults = ", ".join(
            f"{PREFIX}{str(fault['loc'][0]).upper()} ({fault['msg'].removeprefix('Value error, ')})"
            for fault in error.errors(include_input=False)
        )
    raise SettingsInvalid(
        f"These settings cannot be used: {faults}. Correct them in the environment or in .env."
    )
