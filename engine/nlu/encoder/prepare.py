"""
Build the encoder once, at set-up: weights to a graph, the graph to 8-bit integers, both held against known
numbers.

Kept with a stamp below ASKFIRST_VAR; built anew only when the stamp says something else. Must never leave
half an encoder behind, and never one that was not checked.
"""

from __future__ import annotations

import fcntl
import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.nlu.encoder.files import HASHES, Published, published
from settings import read_settings

BUILDER = 1  # counted up when what is built from the same weights changes
STAMP = "made.json"


def encoder_folder() -> Path:
    """Where the encoder that was built is kept: below ASKFIRST_VAR."""
    return read_settings().var / "encoder"


def stamp() -> dict[str, Any]:
    """What an encoder is made of: the published files, our builder, and the library that makes integers."""
    from importlib.metadata import version

    return {"builder": BUILDER, "files": HASHES, "onnxruntime": version("onnxruntime")}


def is_prepared(folder: Path) -> bool:
    """Whether the folder holds an encoder made of exactly this."""
    try:
        return bool(json.loads((folder / STAMP).read_text(encoding="utf-8")) == stamp())
    except (OSError, ValueError):
        return False


def ensure_encoder(folder: Path) -> Path:
    """
    Return `folder` with an encoder in it, built now (some seconds) if it is not there or of something else.

    Safe when several processes do it at once. Raises EncoderError; what was there stays.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_at_a_time(folder):
        if not is_prepared(folder):
            _build(published(), folder)
    return folder


def _build(files: Published, folder: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _write(files, draft)
        if folder.exists():
            folder.rename(draft / "old")
        (draft / "new").rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(files: Published, draft: Path) -> None:
    """Exact first, then in integers; each is checked, and the stamp comes last."""
    import onnx
    from safetensors.numpy import load_file

    from engine.nlu.encoder import checking
    from engine.nlu.encoder.encoder import MODEL, SentenceEncoder
    from engine.nlu.encoder.files import TOKENIZER
    from engine.nlu.encoder.graph import build

    exact, new = draft / "exact", draft / "new"
    for folder in (exact, new):
        folder.mkdir()
        shutil.copyfile(files.tokenizer, folder / TOKENIZER)
    onnx.save(build(load_file(files.weights)), exact / MODEL)
    _to_integers(exact / MODEL, new / MODEL)
    exact_encoder = SentenceEncoder(exact)
    checking.check_exact(exact_encoder)
    checking.check_close(SentenceEncoder(new), exact_encoder)
    (new / STAMP).write_text(json.dumps(stamp()) + "\n", encoding="utf-8")


def _to_integers(exact: Path, target: Path) -> None:
    """A quarter of the size and a third of the time; one scale a column keeps it closer than one a matrix."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with _errors_only():  # it recommends a preparation that changes nothing here
        quantize_dynamic(exact, target, weight_type=QuantType.QInt8, per_channel=True)


@contextmanager
def _errors_only() -> Iterator[None]:
    """It logs by the root logger, which is everybody's: its level is put back."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(before)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
