"""What goes over the wire, kept as files: `ASKFIRST_REWRITE_GOLDEN=1` writes them anew, for review."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"
REWRITE = "ASKFIRST_REWRITE_GOLDEN"


def check_golden(path_under_golden: str, wire: list[dict[str, Any]]) -> None:
    """The calls are exactly those of the file."""
    file = FOLDER / path_under_golden
    if os.environ.get(REWRITE) == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(wire, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == wire
