"""
Audit the locked requirements: vulnerabilities with pip-audit, licences with pip-licenses.

Must never take silence for a clean answer, and never wait without an end.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection
from datetime import UTC, date, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
EXCEPTIONS = ROOT / "operate" / "audit_exceptions.yml"
PROBE = "jinja2==2.4.1"
"""Known to be vulnerable for many years: who does not say so knows of no vulnerabilities at all."""
SECONDS = 180.0
ONE_ANSWER_SECONDS = "10"
NOT_AUDITED = "was not audited"
NOT_ASKED = 3
"""The exit code when all that could be looked at is well."""


class CannotAskError(Exception):
    """The service that knows of vulnerabilities cannot be asked from here."""


class Finding(NamedTuple):
    """What was found of a package: a licence, or a vulnerability's id."""

    package: str
    found: str


def vulnerabilities(requirements: Path = REQUIREMENTS) -> list[Finding]:
    """Return what is known against the locked versions. Raises CannotAskError."""
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "probe.txt"
        probe.write_text(PROBE + "\n", encoding="utf-8")
        if not any(one.found != NOT_AUDITED for one in _pip_audit("--no-deps", probe)):
            raise CannotAskError(f"the index does not say what is known against {PROBE}")
    return _pip_audit("--require-hashes", requirements)


def _pip_audit(option: str, requirements: Path) -> list[Finding]:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", option, "-r", str(requirements)]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", ONE_ANSWER_SECONDS]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
        answer = json.loads(ended.stdout)
    except subprocess.TimeoutExpired:
        raise CannotAskError(f"pip-audit had no answer after {SECONDS:.0f} s") from None
    except ValueError:
        last = (ended.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CannotAskError(f"pip-audit could not ask ({last[:200]})") from None
    return [
        Finding(package["name"], found)
        for package in answer["dependencies"]
        for found in ([NOT_AUDITED] if "skip_reason" in package else [one["id"] for one in package["vulns"]])
    ]


def licences(permissive: Collection[str]) -> list[Finding]:
    """Return every installed package with a licence that is not permissive through and through."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--with-system", "--format=json"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS)
    return [
        Finding(package["Name"], package["License"])
        for package in json.loads(listed.stdout)
        if not set(re.split(r" AND | OR |; ", package["License"])) <= set(permissive)
    ]


def not_installed(requirements: Path = REQUIREMENTS) -> list[str]:
    """Return the locked packages that are not for this machine, so that nobody has read their licence."""
    locked = re.findall(r"^([\w.-]+)==", requirements.read_text(encoding="utf-8"), flags=re.MULTILINE)
    here = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower() for one in distributions()}
    return sorted(set(locked) - here)


def exceptions(path: Path = EXCEPTIONS) -> dict[str, Any]:
    """Return the file of exceptions."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def faults(findings: list[Finding], excepted: list[dict[str, Any]], today: date) -> list[str]:
    """Return a sentence for each finding without an exception, and for each exception past or in vain."""
    until = {Finding(one["package"], one["found"]): one["until"] for one in excepted if one["reason"]}
    return [
        *(f"{one.package}: {one.found} has no exception" for one in findings if one not in until),
        *(f"{one.package}: the exception ended on {until[one]}" for one in until if until[one] < today),
        *(f"{one.package}: {one.found} is not found, remove it" for one in until if one not in findings),
    ]


def main(today: date | None = None) -> int:
    """Say what is wrong, and what could not be looked at; return the exit code."""
    today = today or datetime.now(UTC).date()
    excepted = exceptions()
    wrong = faults(licences(excepted["permissive"]), excepted["licences"], today)
    say = sys.stdout.write
    say(f"Licences: {'all as they may be' if not wrong else 'not all as they may be'}.\n")
    if absent := not_installed():
        say(f"Not for this machine, so nobody read their licences: {', '.join(absent)}.\n")
    unasked = ""
    try:
        wrong += faults(vulnerabilities(), excepted["vulnerabilities"], today)
    except CannotAskError as reason:
        unasked = f"Vulnerabilities were not looked for: {reason}.\n"
    say("".join(f"{fault}\n" for fault in wrong) + unasked)
    if wrong:
        return 1
    return NOT_ASKED if unasked else 0


if __name__ == "__main__":
    sys.exit(main())
