"""The audit never takes silence for a clean answer; an exception holds for what it names, until its day."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from operate import audit
from operate.audit import NOT_ASKED, CannotAskError, Finding, faults, licences, not_installed, vulnerabilities

TODAY = date(2026, 12, 1)
FOUND = Finding("left-pad", "PYSEC-1")
EXCEPTED = {"package": "left-pad", "found": "PYSEC-1", "reason": "not reached", "until": TODAY}


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets the tools say this: `probe` about what is known to be vulnerable, `ours` about what is locked."""

    def prepare(probe: object, ours: object = None) -> None:
        def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
            answer = probe if "--no-deps" in command else ours
            if isinstance(answer, Exception):
                raise answer
            text = answer if isinstance(answer, str) else json.dumps(answer)
            return subprocess.CompletedProcess(command, 1, text, "no route to the index")

        monkeypatch.setattr(audit.subprocess, "run", run)

    return prepare


def _answer(*ids: str, **more: Any) -> dict[str, Any]:
    vulns = [{"id": each} for each in ids]
    return {"dependencies": [{"name": "left-pad", "version": "1", "vulns": vulns, **more}]}


def test_a_known_vulnerability_is_found_and_so_is_a_package_that_was_not_audited(
    says: Callable[..., None],
) -> None:
    says(_answer("PYSEC-0"), _answer("PYSEC-1"))
    assert vulnerabilities() == [FOUND]
    says(_answer("PYSEC-0"), _answer(skip_reason="not on the index"))
    assert vulnerabilities() == [Finding("left-pad", "was not audited")]


@pytest.mark.parametrize(
    "answer", [_answer(), _answer(skip_reason="x"), "", subprocess.TimeoutExpired("pip-audit", 1)]
)
def test_who_does_not_know_what_everybody_knows_cannot_be_asked(
    says: Callable[..., None], answer: object
) -> None:
    says(answer, _answer())
    with pytest.raises(CannotAskError):
        vulnerabilities()


@pytest.mark.parametrize(
    ("licence", "found"),
    [("MIT", 0), ("Apache-2.0 OR MIT", 0), ("MIT; GPL-3.0", 1), ("MIT AND GPL-3.0", 1), ("UNKNOWN", 1)],
)
def test_a_licence_that_is_not_permissive_through_and_through_is_found(
    says: Callable[..., None], licence: str, found: int
) -> None:
    says("", [{"Name": "left-pad", "License": licence}])
    assert len(licences({"MIT", "Apache-2.0"})) == found


def test_an_exception_holds_until_its_day_and_only_for_what_it_names() -> None:
    assert faults([FOUND], [EXCEPTED], TODAY) == []
    assert "has no exception" in faults([FOUND], [], TODAY)[0]
    assert "has no exception" in faults([FOUND], [{**EXCEPTED, "reason": ""}], TODAY)[0]
    assert "ended on" in faults([FOUND], [{**EXCEPTED, "until": date(2026, 11, 30)}], TODAY)[0]
    assert "remove it" in faults([], [EXCEPTED], TODAY)[0]


def test_a_locked_package_that_is_not_here_is_named(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("pytest==1 \\\n    --hash=sha256:0\ntypes-pyyaml==1\nleft-pad==1\n", encoding="utf-8")
    assert not_installed(path) == ["left-pad"]


@pytest.mark.parametrize(
    ("offline", "ours", "code", "said"),
    [
        (False, _answer(), 0, "Licences: all as they may be"),
        (False, _answer("PYSEC-1"), 1, "left-pad: PYSEC-1 has no exception"),
        (True, _answer(), NOT_ASKED, "Vulnerabilities were not looked for"),
    ],
)
def test_the_command_says_what_it_found_and_what_it_could_not_ask(
    says: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    offline: bool,
    ours: object,
    code: int,
    said: str,
) -> None:
    says(_answer() if offline else _answer("PYSEC-0"), ours)
    monkeypatch.setattr(audit, "licences", lambda _: [])
    monkeypatch.setattr(
        audit, "exceptions", lambda: {"permissive": [], "licences": [], "vulnerabilities": []}
    )
    assert audit.main(TODAY) == code
    assert said in capsys.readouterr().out


def test_offline_a_licence_still_fails_it(
    says: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    says(_answer())
    monkeypatch.setattr(audit, "licences", lambda _: [Finding("left-pad", "GPL-3.0")])
    monkeypatch.setattr(
        audit, "exceptions", lambda: {"permissive": [], "licences": [], "vulnerabilities": []}
    )
    assert audit.main(TODAY) == 1
    assert "left-pad: GPL-3.0 has no exception" in capsys.readouterr().out


def test_every_exception_has_a_reason_and_a_day() -> None:
    content = audit.exceptions()
    for one in content["licences"] + content["vulnerabilities"]:
        assert one["reason"].strip()
        assert isinstance(one["until"], date)
