"""
Where this action server runs. Says nothing about what help is offered (that is the catalogue in `programs`).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Environment variables `ASKFIRST_*`; every one has a default that fits a laptop."""

    model_config = SettingsConfigDict(
        env_prefix="ASKFIRST_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    var: Path = Path("var")
    mode: Literal["development", "production"] = "development"
    """Production takes no development key; every reading of a key holds to it (`sealing.keys`)."""
    database_url: str = ""
    actions_host: str = "127.0.0.1"
    actions_port: int = 5055
    language: str = "en"
    sweep_minutes: float = Field(default=5.0, gt=0)
    keep_conversations_days: int = Field(default=30, ge=0, le=36500)
    """How long what was said is kept, sealed; the sweep deletes what is older. 0: nothing is kept."""

    @property
    def keep_conversations(self) -> timedelta:
        """How long what was said is kept."""
        return timedelta(days=self.keep_conversations_days)

    @property
    def store_url(self) -> str:
        """The consent store's database; SQLite below `var` unless told otherwise."""
        return self.database_url or f"sqlite:///{(self.var / 'consent.db').absolute()}"

    @property
    def keys(self) -> Path:
        """The folder of key files, each of mode 0600."""
        return self.var / "keys"


def read_settings() -> Settings:
    """The settings of the environment. Raises SystemExit, which names each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as invalid:
        wrong = [
            f"ASKFIRST_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in invalid.errors()
        ]
    raise SystemExit(f"The action server cannot start: {'; '.join(wrong)}.")
