"""
Temporary files in memory for tests, which write many small databases and would wait for a disk.

Must never be used by anything that is to last.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108, it is there on Linux, and no name in it is guessed
ROOM_BYTES = 4 << 30


def with_quick_files(environ: Mapping[str, str], folder: Path = IN_MEMORY) -> dict[str, str]:
    """Return the environment with TMPDIR in memory if there is room; what the caller set wins."""
    has_room = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= ROOM_BYTES
    return {**({"TMPDIR": str(folder)} if has_room else {}), **environ}
