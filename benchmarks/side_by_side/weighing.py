"""How much memory processes hold, and how much room folders take on the disk."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
BLOCK_BYTES = 512  # what st_blocks counts in
KIB, MIB = 1024, 1024 * 1024


def memory_of(group: int) -> float:
    """
    Megabytes of all processes of a process group: where there is /proc their PSS, which shares each page out
    among all who use it, elsewhere their RSS.
    """
    if PROC.is_dir():
        pids = [int(path.name) for path in PROC.iterdir() if path.name.isdecimal()]
        return sum(_pss(pid) for pid in pids if _group_of(pid) == group) / KIB
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,rss="], capture_output=True, text=True, check=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    return sum(int(rss) for its_group, rss in rows if int(its_group) == group) / KIB


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _pss(pid: int) -> int:
    """Kilobytes; 0 where that cannot be read."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", (PROC / str(pid) / "smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found.group(1)) if found else 0


def size_of(folders: Iterable[Path]) -> float:
    """Megabytes on the disk, a file with several names counted once."""
    seen: dict[tuple[int, int], int] = {}
    for folder in folders:
        for where, _folders, names in os.walk(folder):
            for name in names:
                about = os.lstat(Path(where) / name)
                seen[about.st_dev, about.st_ino] = about.st_blocks * BLOCK_BYTES
    return sum(seen.values()) / MIB
