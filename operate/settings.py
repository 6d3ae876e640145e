"""
Where we run: folders, addresses and ports, read once from the environment and `.env`.

Must never say what we offer (that is the catalogue's), and never hold a secret: secrets are files in `keys/`.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from operate.errors import SettingsInvalid

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "ASKFIRST_"
PYTHON = Path(sys.executable)

Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseModel):
    """Frozen settings; every field is the variable ASKFIRST_<NAME>."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    var: Path = ROOT / "var"
    mode: Literal["development", "production"] = "development"
    database_url: str = ""
    host: str = Field(default="127.0.0.1", min_length=1)
    actions_host: str = Field(default="127.0.0.1", min_length=1)
    rasa_port: Port = 5005
    actions_port: Port = 5055
    portal_port: Port = 8000

    @property
    def keys(self) -> Path:
        """Return the folder of the keys."""
        return self.var / "keys"

    @property
    def log(self) -> Path:
        """Return the folder of the logs."""
        return self.var / "log"

    @property
    def models(self) -> Path:
        """Return the folder of the trained models."""
        return self.var / "models"

    @property
    def store_url(self) -> str:
        """Return the consent store's database URL, SQLite in `var` unless another one is set."""
        return self.database_url or f"sqlite:///{self.var / 'consent.db'}"


def read_environment(root: Path = ROOT, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment with what `.env` adds; what is really set wins over the file."""
    from_file = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    return {**from_file, **(os.environ if environ is None else environ)}


def load_settings(environ: Mapping[str, str], root: Path = ROOT) -> Settings:
    """
    Return the settings that the environment asks for; an empty variable counts as not set.

    Raises SettingsInvalid, which names every variable that cannot be used, all at once.
    """
    names = {PREFIX + field.upper(): field for field in Settings.model_fields}
    given = {field: environ[name] for name, field in names.items() if environ.get(name, "").strip()}
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        faults = (f"{PREFIX}{str(fault['loc'][0]).upper()} ({fault['msg']})" for fault in error.errors())
        raise SettingsInvalid(", ".join(faults)) from None
    return settings.model_copy(update={"var": (root / settings.var).resolve()})
