"""
Where the store, the keys and the caller are, read from the environment. Must never hold a secret.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Environment variables `ASKFIRST_*`; relative folders count from the project's folder."""

    model_config = SettingsConfigDict(
        env_prefix="ASKFIRST_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    var: Path = Path("var")
    database_url: str = ""
    language: str = "en"
    keep_conversations_days: int = Field(default=30, ge=0, le=36500)
    """How long what was said is kept; as in the action server's settings."""
    called_from: Path = Path()
    """The folder in which the caller stands; file names on the command line count from here."""

    @property
    def keep_conversations(self) -> timedelta:
        """How long what was said is kept."""
        return timedelta(days=self.keep_conversations_days)

    @property
    def folder(self) -> Path:
        """The folder of everything that is kept."""
        return ROOT / self.var

    @property
    def store_url(self) -> str:
        """The consent store's database; SQLite in `folder` unless told otherwise."""
        return self.database_url or f"sqlite:///{self.folder / 'consent.db'}"

    @property
    def keys(self) -> Path:
        """The folder of key files."""
        return self.folder / "keys"

    @property
    def checkpoints(self) -> Path:
        """The folder of signed checkpoints."""
        return self.folder / "checkpoints"

    def file(self, given: Path) -> Path:
        """A file as the caller means it."""
        return self.called_from / given
