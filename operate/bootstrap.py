"""
Make the environment from its locked requirements, whatever Python starts this.

Runs before anything is installed, so it uses the standard library of any Python from 3.6 on and imports
nothing of ours. It must never download and run a script, never install a Python, and never touch an
environment whose requirements have not changed.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from typing import Any, List, Optional

FOLDER = ".venv"
REQUIREMENTS = "requirements.txt"
PYTHONS = ("3.11", "3.12", "3.13")
UV_REQUIREMENTS = os.path.join("operate", "uv-requirements.txt")
STAMP = ".requirements.sha256"
AGAIN = "then run the same command again."


class CannotSetUp(Exception):
    """Setting up cannot go on. Its text is the one sentence that the person at the terminal sees."""


def say(text: str) -> None:
    """Write one line of progress at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def run(command: List[str], quiet: bool = False) -> bool:
    """Return whether the command ended well; quiet hides what it writes."""
    target = subprocess.DEVNULL if quiet else None
    environ = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    try:
        return (
            subprocess.call(command, stdin=subprocess.DEVNULL, stdout=target, stderr=target, env=environ) == 0
        )
    except OSError:
        return False


def output_of(command: List[str]) -> Optional[str]:
    """Return the first line that the command writes, or None when it fails."""
    environ = dict(os.environ, UV_PYTHON_DOWNLOADS="never")
    try:
        found = subprocess.check_output(
            command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environ, universal_newlines=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return found.strip().split("\n")[0] or None


def uv_folder() -> str:
    """Return the folder of our own uv, used only where the machine has none."""
    return os.path.join(os.environ.get("ASKFIRST_VAR") or "var", "tools", "uv")


def find_uv() -> Optional[str]:
    """Return a uv that runs, or None. A name on the path proves nothing: version managers leave dead ones."""
    home = os.path.expanduser(os.path.join("~", ".local", "bin", "uv"))
    for candidate in ("uv", home, os.path.join(uv_folder(), "bin", "uv")):
        if run([candidate, "--version"], quiet=True):
            return candidate
    return None


def install_uv() -> str:
    """
    Install uv by name, with its hashes, into a folder of our own, and return it.

    Tries every Python that it finds, because the one that started us may be too old, or lack venv or pip.
    Raises CannotSetUp when none works.
    """
    folder = uv_folder()
    say("uv is missing: installing it into {} …".format(folder))
    wanted = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", UV_REQUIREMENTS]
    uv = os.path.join(folder, "bin", "uv")
    for python in (sys.executable, "python3", "python3.11", "python3.12", "python3.13", "/usr/bin/python3"):
        shutil.rmtree(folder, ignore_errors=True)
        if run([python, "-m", "venv", folder], quiet=True):
            run([os.path.join(folder, "bin", "python"), *wanted], quiet=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
            run([python, *wanted, "--target", folder], quiet=True)
        if run([uv, "--version"], quiet=True):
            return uv
    raise CannotSetUp(
        "uv is missing and could not be installed: install it (python3 -m pip install --user uv), or your "
        "system's packages for Python's venv and pip, " + AGAIN
    )


def find_python(uv: str) -> str:
    """Return the path of the first fitting Python; raise CannotSetUp when the machine has none."""
    for version in PYTHONS:
        path = output_of([uv, "python", "find", "--no-project", "--system", version])
        if path:
            return path
    raise CannotSetUp(
        "Python {0} or newer is missing: install it (for example with 'pyenv install {0}' or "
        "'{1} python install {0}'), {2}".format(PYTHONS[0], uv, AGAIN)
    )


def hash_of(path: str) -> str:
    """Return the SHA-256 of a file, in hex."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def python_of(folder: str) -> str:
    """Return the path of the environment's own Python, which may not exist yet."""
    return os.path.join(folder, "bin", "python")


def has_right_python(folder: str) -> bool:
    """Whether the environment exists, runs, and is of a fitting version."""
    version = output_of([python_of(folder), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    return version in PYTHONS


def is_current(folder: str, requirements: str) -> bool:
    """Whether the environment runs and was made from exactly these requirements."""
    try:
        with open(os.path.join(folder, STAMP)) as file:
            stamp = file.read().strip()
    except OSError:
        return False
    return stamp == hash_of(requirements) and has_right_python(folder)


def make(uv: str, folder: str) -> None:
    """Make the environment's folder anew with a fitting Python."""
    python = find_python(uv)
    shutil.rmtree(folder, ignore_errors=True)
    if not run([uv, "venv", "--quiet", "--no-project", "-p", python, folder]):
        raise CannotSetUp("{} could not be made (uv says why above).".format(folder))


def sync(uv: str, folder: str, requirements: str) -> None:
    """Bring the environment to its locked requirements; stamped only when all went well."""
    stamp = os.path.join(folder, STAMP)
    if os.path.exists(stamp):
        os.remove(stamp)
    say("Installing {} into {} …".format(requirements, folder))
    command = [uv, "pip", "sync", "--require-hashes", "--compile-bytecode"]  # Rasa starts twice as fast
    if not run([*command, "-p", python_of(folder), requirements]):
        raise CannotSetUp(
            "The packages of {} could not be installed (uv says why above): check the network and the free "
            "space on the disk, {}".format(requirements, AGAIN)
        )
    with open(stamp, "w") as file:
        file.write(hash_of(requirements) + "\n")


def stop(*_: Any) -> None:
    """End as Ctrl-C does, so that what we started ends with us."""
    raise KeyboardInterrupt


def main() -> int:
    """Make what is missing or out of date; return the exit code."""
    signal.signal(signal.SIGTERM, stop)
    try:
        if not is_current(FOLDER, REQUIREMENTS):
            uv = find_uv() or install_uv()
            if not has_right_python(FOLDER):
                make(uv, FOLDER)
            sync(uv, FOLDER, REQUIREMENTS)
    except CannotSetUp as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The same command goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
