"""The stock assistant: its model, trained when that is missing, and its two servers."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import yaml

from benchmarks.side_by_side.serving import LOOPBACK, Assistant, Process, free_ports
from benchmarks.side_by_side.stock_python import REQUIREMENTS, Python
from operate.children import run_logged
from settings import ROOT

FILES = ROOT / "benchmarks" / "stock"
EXAMPLES = ROOT / "data" / "nlu"
WORK = ROOT / "var" / "bench" / "stock"
PLAIN = ("greet", "thanks")
"""Intents that are answered without an action, by a sentence of the domain, as ours are."""


class StockNotMade(Exception):
    """The stock assistant could not be made. The text names the log that says why."""


def train(python: Python) -> Path:
    """Return the model of our own examples by this Python, trained now if they or its files have changed."""
    _write_domain()
    sources = [*EXAMPLES.glob("*.yml"), *WORK.glob("*.yml"), FILES / "config.yml", REQUIREMENTS]
    digest = hashlib.sha256(python.where.encode())
    for path in sorted(sources):
        digest.update(path.read_bytes())
    model = WORK / python.path.parent.parent.name / f"stock-{digest.hexdigest()[:12]}.tar.gz"
    if not model.is_file():
        shutil.rmtree(model.parent, ignore_errors=True)
        command = [str(python.path), *python.rasa, "train", "--config", str(FILES / "config.yml")]
        command += ["--domain", str(WORK / "domain.yml"), "--data", str(EXAMPLES), str(WORK / "rules.yml")]
        command += ["--out", str(model.parent), "--fixed-model-name", model.name]
        log = WORK / "train.log"
        if run_logged(command, log, cwd=python.place or WORK, environ=_environ()) != 0 or not model.is_file():
            raise StockNotMade(f"The stock model could not be trained; {log} says why.")
    return model


def _write_domain() -> None:
    """The intents and entities of our domain; each intent has one rule."""
    ours = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    action = {
        intent: f"utter_{intent}" if intent in PLAIN else "action_trivial" for intent in ours["intents"]
    }
    domain = {
        "version": "3.1",
        "intents": ours["intents"],
        "entities": ours["entities"],
        "actions": ["action_trivial"],
        "responses": {f"utter_{intent}": [{"text": "This is a plain answer."}] for intent in PLAIN},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": False},
    }
    rules = [
        {"rule": f"answers {intent}", "steps": [{"intent": intent}, {"action": name}]}
        for intent, name in action.items()
    ]
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "domain.yml").write_text(yaml.safe_dump(domain, sort_keys=False), encoding="utf-8")
    (WORK / "rules.yml").write_text(yaml.safe_dump({"version": "3.1", "rules": rules}), encoding="utf-8")


def assistant(python: Python, model: Path, folder: Path) -> Assistant:
    """The stock assistant on free ports, with an empty SQLite file of its own in `folder`."""
    port, actions_port = free_ports(2)
    environ = {
        **_environ(),
        "SANIC_HOST": LOOPBACK,
        "STOCK_ACTIONS_PORT": str(actions_port),
        "STOCK_DATABASE": str(folder / "stock.db"),
    }
    url = f"http://{LOOPBACK}:{port}"
    run = [str(python.path), *python.rasa, "run", "--interface", LOOPBACK, "--port", str(port)]
    run += ["--model", str(model), "--endpoints", str(FILES / "endpoints.yml")]
    run += ["--credentials", str(FILES / "credentials.yml")]
    serve = [str(python.path), "-m", "rasa_sdk", "--actions", "trivial", "--port", str(actions_port)]
    health = f"http://{LOOPBACK}:{actions_port}/health"
    processes = (
        Process("actions", serve, environ, FILES, health),
        Process("rasa", run, environ, python.place or folder, url + "/"),
    )
    return Assistant("stock Rasa", processes, f"{url}/webhooks/rest/webhook", folder / "log")


def _environ() -> dict[str, str]:
    """Nothing of ours or of the developer's shell changes what is stock."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASKFIRST_", "PYTHON"))}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false"}
