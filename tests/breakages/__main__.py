"""
Tests the tests: makes each mistake of the list in a copy, and demands that the tests named for it fail.

python -m tests.breakages [--only id …]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.breakages.copies import Copy, Ran
from tests.breakages.listed import Breakage, NotThere, breakages

AT_ONCE = 2


def main() -> int:
    """0 if every mistake was seen."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.breakages", description="Do the tests see mistakes?"
    )
    parser.add_argument("--only", nargs="+", metavar="id", help="make only these mistakes")
    only = parser.parse_args().only
    chosen = [one for one in breakages() if only is None or one.id in only]
    if unknown := set(only or ()) - {one.id for one in chosen}:
        parser.error(f"no such breakage: {', '.join(sorted(unknown))}")
    with TemporaryDirectory(prefix="breakages-") as folder:
        copies = [Copy(Path(folder) / str(number)) for number in range(AT_ONCE)]
        return _check_whole(copies[0], chosen) or _break(copies, chosen)


def _check_whole(copy: Copy, chosen: Sequence[Breakage]) -> int:
    """All tests of the list must pass as long as nothing is broken."""
    tests = tuple(dict.fromkeys(test for one in chosen for test in one.tests))
    _say(f"{len(chosen)} breakages; first {len(tests)} files of tests with nothing broken …")
    ran = copy.run(tests)
    if ran.passed:
        return 0
    _say(f"{ran.said[-4000:]}\nThese tests fail although nothing is broken.")
    return 1


def _break(copies: Sequence[Copy], chosen: Sequence[Breakage]) -> int:
    began = time.monotonic()
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def see(breakage: Breakage) -> str:
        copy = free.get()
        try:
            trouble, seen_by = _trouble(copy, breakage)
        finally:
            free.put(copy)
        _say(f"  {'SURVIVED' if trouble else 'seen':9}{breakage.id}  {trouble or seen_by}")
        return trouble

    with ThreadPoolExecutor(len(copies)) as pool:
        troubles = list(pool.map(see, chosen))
    survivors = [f"{one.id}: {trouble}" for one, trouble in zip(chosen, troubles, strict=True) if trouble]
    seen, seconds = len(chosen) - len(survivors), time.monotonic() - began
    _say(f"{seen} of {len(chosen)} were seen, in {seconds:.0f} seconds.")
    for survivor in survivors:
        _say(f"Not seen: {survivor}")
    return 1 if survivors else 0


def _trouble(copy: Copy, breakage: Breakage) -> tuple[str, str]:
    """Why the mistake was not seen ("" if it was), and by which test it was."""
    try:
        ran: Ran = copy.run_broken(breakage)
    except NotThere as gone:
        return str(gone), ""
    if ran.passed:
        return f"all of {', '.join(breakage.tests)} pass", ""
    return (
        "" if ran.failed else f"no test failed, it ended otherwise:\n{ran.said[-1500:]}"
    ), ran.first_failure


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
