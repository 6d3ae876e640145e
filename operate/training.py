"""
Train Rasa's model when what it is made of has changed, and only then.

Must never lose a model that works: a new one takes its place only when it is complete.
"""

import fcntl
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from operate.children import run_logged
from operate.errors import OperateError
from operate.keys import private_folder
from operate.terminal import Terminal
from settings import PREFIX, ROOT, Settings

SINGLE_FILES = ("config.yml", "domain.yml", "requirements.txt", "engine/standins.py")
FOLDERS = ("data", "engine/nlu")
MODELS_KEPT = 2
PYTHON = Path(sys.executable)


def training_hash(root: Path = ROOT) -> str:
    """Return a SHA-256 over the names and contents of everything that the model is made of, in hex."""
    total = hashlib.sha256()
    for path in _training_files(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()}\0{content}\0".encode())
    return total.hexdigest()


def _training_files(root: Path) -> list[Path]:
    found = [root / name for name in SINGLE_FILES]
    for folder in FOLDERS:
        found.extend(path for path in (root / folder).rglob("*") if path.suffix != ".pyc")
    return sorted(path for path in found if path.is_file())


def current_model(models: Path, wanted: str) -> Path | None:
    """Return the model that was trained from files with this hash, if it is there."""
    try:
        stamp = json.loads((models / "trained.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(stamp, dict) or stamp.get("training_hash") != wanted:
        return None
    model = models / str(stamp.get("model"))
    return model if model.is_file() else None


def ensure_model(
    settings: Settings,
    environ: Mapping[str, str],
    terminal: Terminal,
    *,
    root: Path = ROOT,
    python: Path = PYTHON,
    force: bool = False,
) -> Path:
    """
    Return a model that fits the training files, trained now if there is none (or with `force`).

    A model carries its sentence encoder, so that is prepared only before training. `python`: another
    interpreter, for tests. Raises OperateError, which names the log; the old model stays.
    """
    with _one_at_a_time(settings.models):
        wanted = training_hash(root)
        model = current_model(settings.models, wanted)
        if model is not None and not force:
            return model
        environ = {**environ, PREFIX + "VAR": str(settings.var), "RASA_TELEMETRY_ENABLED": "false"}
        _ensure_encoder(settings, environ, terminal, root, python)
        with terminal.step("Training the model"):
            return _train(settings, environ, wanted, root, python)


def _ensure_encoder(
    settings: Settings, environ: Mapping[str, str], terminal: Terminal, root: Path, python: Path
) -> None:
    """Build the sentence encoder in a process of its own if it is missing or of something else."""
    log, command = settings.log / "encoder.log", [str(python), "-m", "engine.nlu.encoder"]
    if run_logged([*command, "--check"], log, cwd=root, environ=environ) == 0:
        return
    with terminal.step("Preparing the sentence encoder"):
        if run_logged(command, log, cwd=root, environ=environ) != 0:
            said = log.read_text(encoding="utf-8", errors="replace").strip() or "It said nothing."
            last = said.splitlines()[-1]
            raise OperateError(f"The sentence encoder could not be prepared: {last} (All of it: {log})")


def _train(settings: Settings, environ: Mapping[str, str], wanted: str, root: Path, python: Path) -> Path:
    log = settings.log / "train.log"
    name = f"ask-first-{wanted[:12]}.tar.gz"
    draft = settings.models / ".draft"
    shutil.rmtree(draft, ignore_errors=True)
    command = [str(python), "-m", "engine", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += ["--data", "data", "--out", str(draft), "--fixed-model-name", name]
    if run_logged(command, log, cwd=root, environ=environ) != 0 or not (draft / name).is_file():
        raise OperateError(f"The model could not be trained: the reason is at the end of {log}.")
    model = (draft / name).replace(settings.models / name)
    if training_hash(root) == wanted:  # files that changed meanwhile are trained the next time
        _stamp(settings.models, wanted, model)
    shutil.rmtree(draft, ignore_errors=True)
    return model


def _stamp(models: Path, wanted: str, model: Path) -> None:
    draft = models / ".trained.json"
    draft.write_text(json.dumps({"training_hash": wanted, "model": model.name}) + "\n", encoding="utf-8")
    draft.replace(models / "trained.json")
    newest_first = sorted(
        models.glob("ask-first-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True
    )
    for old in newest_first[MODELS_KEPT:]:
        if old != model:
            old.unlink()


@contextmanager
def _one_at_a_time(models: Path) -> Iterator[None]:
    """Wait until no other process trains into this folder."""
    with (private_folder(models) / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
