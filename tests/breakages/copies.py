"""Copies of the working tree, in which code may be broken and tests be run. Never touches the tree itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from tests.breakages.listed import ROOT, Breakage

PYTEST = ("-m", "pytest", "-xq", "-n0", "-p", "no:cacheprovider", "--tb=line", "-k", "not postgresql")
"""On SQLite alone: both databases run the same code, and a PostgreSQL takes seconds to start."""
NODE = (os.environ.get("ASKFIRST_NODE", "node"), "--test")
LONGEST_SECONDS = 600
RED = ("FAILED ", "not ok ")
"""How pytest's summary and Node name a test that failed; what could not be collected is an ERROR."""
FAILED = 1
"""What pytest ends with when a test failed; after an error while collecting it is another number."""


@dataclass(frozen=True)
class Ran:
    """What came of a run: all passed; a test failed; or neither, as when nothing could be imported."""

    passed: bool
    failed: bool
    said: str

    @property
    def first_failure(self) -> str:
        """The test that failed first."""
        return next((line.split(" - ")[0] for line in self.said.splitlines() if line.startswith(RED)), "")


class Copy:
    """One copy in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Copies what git knows, as it lies in the working tree, and what it does not ignore."""
        self.root = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def run_broken(self, breakage: Breakage) -> Ran:
        """What the breakage's tests say to it; the copy is whole again afterwards. Raises NotThere."""
        path = self.root / breakage.file
        whole = path.read_text(encoding="utf-8")
        path.write_text(breakage.broken(whole), encoding="utf-8")
        try:
            return self.run(breakage.tests)
        finally:
            path.write_text(whole, encoding="utf-8")

    def run(self, tests: tuple[str, ...]) -> Ran:
        """Run tests, those of the page with Node."""
        pages = tuple(test for test in tests if test.endswith(".mjs"))
        others = tuple(test for test in tests if test not in pages)
        runs = [self._run(sys.executable, *PYTEST, *others)] if others else []
        runs += [self._run(*NODE, *pages)] if pages else []
        said = "\n".join(run.stdout + run.stderr for run in runs)
        ended = {run.returncode for run in runs}
        ran = Ran(ended == {0}, FAILED in ended and "SyntaxError" not in said, said)
        return ran if ran.first_failure else replace(ran, failed=False)

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        return subprocess.run(
            command, cwd=self.root, env=environ, capture_output=True, text=True, timeout=LONGEST_SECONDS,
            check=False,
        )  # fmt: skip
