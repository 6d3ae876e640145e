"""Ask First as it runs: the commands of the Procfile, a trained model, new keys, an empty store."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from benchmarks.side_by_side.serving import LOOPBACK, Assistant, Process, free_ports
from operate.keys import write_keys
from operate.services import commands, server_environment, services
from operate.storage import migrate_store
from operate.terminal import Terminal
from operate.training import ensure_model
from settings import PREFIX, ROOT, Settings, environment, read_settings

OUR_ACTIONS, TRIVIAL_ACTIONS = "actions_module: actions\n", "actions_module: benchmarks.stock.trivial\n"
PYTHON_OF = re.compile(r"(\S+)/bin/python")


def model() -> Path:
    """The project's model, trained now if its files have changed."""
    return ensure_model(read_settings(), environment(), Terminal())


def environments() -> list[Path]:
    """The folders of all environments that the Procfile names."""
    return sorted({ROOT / found for line in commands().values() for found in PYTHON_OF.findall(line)})


def assistant(trained: Path, folder: Path) -> Assistant:
    """Our assistant on free ports, with keys and an empty SQLite store in `folder`."""
    return _assistant("Ask First", trained, folder, {}, ends_in="tailored_help")


def with_trivial_action(stock_model: Path, folder: Path) -> Assistant:
    """Our server with stock's model and its one action: what a turn costs beside what is done in it."""
    endpoints = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    (folder / "endpoints.yml").write_text(endpoints.replace(OUR_ACTIONS, TRIVIAL_ACTIONS), encoding="utf-8")
    changed = {"--endpoints endpoints.yml": f"--endpoints {folder / 'endpoints.yml'}"}
    return _assistant("Ask First with stock's action", stock_model, folder, changed)


def _assistant(
    name: str, trained: Path, folder: Path, changed: Mapping[str, str], ends_in: str | None = None
) -> Assistant:
    fields = [name for name in Settings.model_fields if name.endswith("_port")]
    ports = dict(zip(fields, free_ports(len(fields)), strict=True))
    settings = Settings(var=folder, database_url="", host=LOOPBACK, actions_host=LOOPBACK, **ports)
    write_keys(settings.keys)
    migrate_store(settings.store_url)
    shell = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environ = server_environment(settings, {**shell, "PYTHON_DOTENV_DISABLED": "1"}, trained)
    lines, by_name = dict(commands()), {service.name: service for service in services(settings)}
    for before, after in changed.items():
        lines["rasa"] = lines["rasa"].replace(before, after)
    processes = [
        Process(name, ["/bin/sh", "-c", lines[name]], environ, ROOT, service.health_url)
        for name, service in by_name.items()
        if name in lines
    ]
    secret = (settings.keys / "rest.secret").read_text(encoding="ascii").strip()
    url = by_name["rasa"].url + "/webhooks/rest/webhook"
    headers = {"Authorization": f"Bearer {secret}"}
    return Assistant(name, processes, url, settings.log, headers, ends_in)
