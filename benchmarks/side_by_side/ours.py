"""Ask First as it runs: the commands of the Procfile, a trained model, new keys, an empty store."""

from __future__ import annotations

import os
import re
from pathlib import Path

from benchmarks.side_by_side.serving import LOOPBACK, Assistant, Process, free_ports
from operate.keys import write_keys
from operate.services import commands, server_environment, services
from operate.storage import migrate_store
from operate.terminal import Terminal
from operate.training import ensure_model
from settings import PREFIX, ROOT, Settings, environment, read_settings

PYTHON_OF = re.compile(r"(\S+)/bin/python")


def model() -> Path:
    """The project's model, trained now if its files have changed."""
    return ensure_model(read_settings(), environment(), Terminal())


def environments() -> list[Path]:
    """The folders of all environments that the Procfile names."""
    return sorted({ROOT / found for line in commands().values() for found in PYTHON_OF.findall(line)})


def assistant(trained: Path, folder: Path) -> Assistant:
    """Our assistant on free ports, with keys and an empty SQLite store in `folder`."""
    fields = [name for name in Settings.model_fields if name.endswith("_port")]
    ports = dict(zip(fields, free_ports(len(fields)), strict=True))
    settings = Settings(var=folder, database_url="", host=LOOPBACK, actions_host=LOOPBACK, **ports)
    write_keys(settings.keys)
    migrate_store(settings.store_url)
    shell = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environ = server_environment(settings, {**shell, "PYTHON_DOTENV_DISABLED": "1"}, trained)
    lines, by_name = commands(), {service.name: service for service in services(settings)}
    processes = [
        Process(name, ["/bin/sh", "-c", lines[name]], environ, ROOT, service.health_url)
        for name, service in by_name.items()
        if name in lines
    ]
    secret = (settings.keys / "rest.secret").read_text(encoding="ascii").strip()
    url = by_name["rasa"].url + "/webhooks/rest/webhook"
    headers = {"Authorization": f"Bearer {secret}"}
    return Assistant("Ask First", processes, url, settings.log, headers, ends_in="tailored_help")
