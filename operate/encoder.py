"""
Have the sentence encoder built before a model is trained, in a process of its own.

Must never build it when it is there, and never fetch its weights: they come with the packages.
"""

from collections.abc import Mapping
from pathlib import Path

from operate.children import run_logged
from operate.errors import EncoderNotBuilt
from operate.terminal import Terminal
from settings import PREFIX, Settings

MODULE = "engine.nlu.encoder"
THERE = 0  # exit code


def ensure_encoder(
    settings: Settings, environ: Mapping[str, str], terminal: Terminal, *, root: Path, python: Path
) -> None:
    """
    Build the encoder below `settings.var` if it is missing or of something else; takes some seconds.

    Raises EncoderNotBuilt with the engine's own sentence.
    """
    log = settings.log / "encoder.log"
    told = {**environ, PREFIX + "VAR": str(settings.var)}
    if run_logged([str(python), "-m", MODULE, "--check"], log, cwd=root, environ=told) == THERE:
        return
    with terminal.step("Preparing the sentence encoder"):
        if run_logged([str(python), "-m", MODULE], log, cwd=root, environ=told) != THERE:
            raise EncoderNotBuilt(_last_line(log), log)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "It said nothing."
