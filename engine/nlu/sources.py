"""
One number for everything that makes a trained model what it is and is not training data: these modules.

Must never hash what does not reach the model: it would be trained for nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint() -> str:
    """SHA-256 over the names and contents of all modules below engine/nlu, in hex."""
    folder = Path(__file__).parent
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
