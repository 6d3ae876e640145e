"""The schema and the page say what receipts are, and the auditor's lines work as they stand."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from consent_store.receipts.shape import shape_faults
from consent_store.receipts.vocabulary import CONTEXT, STATES
from tests.unit.consent_store.receipts.samples import SIGNER

ROOT = Path(__file__).parents[4]
SCHEMA = json.loads((ROOT / "docs" / "receipt.schema.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "receipts.md").read_text(encoding="utf-8")
FIELDS = yaml.safe_load((Path(__file__).parent / "iso_27560_fields.yml").read_text(encoding="utf-8"))


def faults(document: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]


def mandatory() -> Iterator[tuple[str, str]]:
    """Part of a record ("" for the record itself) and path of every mandatory field of the standard."""
    for part, fields in FIELDS.items():
        for field in fields.values():
            if field["mandatory"]:
                yield "" if part == "record" else part, field["path"]


def without(document: dict[str, Any], part: str, path: str) -> dict[str, Any]:
    left = copy.deepcopy(document)
    content: Any = left["records"][0]
    content = content[part][0] if part else content
    *way, last = path.split("/")
    for name in way:
        content = content[name]
    del content[last]
    return left


def test_the_schema_is_one_and_a_receipt_fits_it(document: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert faults(document) == []


@pytest.mark.parametrize(("part", "path"), list(mandatory()))
def test_without_a_mandatory_field_neither_schema_nor_verification_lets_it_pass(
    document: dict[str, Any], part: str, path: str
) -> None:
    left = without(document, part, path)
    assert faults(left)
    assert any(fault.endswith(f"{path}: missing") for fault in shape_faults(left))


@pytest.mark.parametrize("empty", ["", "  ", [], {}, None])
def test_an_empty_field_is_a_missing_one(document: dict[str, Any], empty: object) -> None:
    for path in ("jurisdiction", "storage_locations", "purpose"):
        changed = copy.deepcopy(document)
        changed["records"][0][path] = empty
        assert shape_faults(changed), path


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, inner in schema.get("properties", {}).items():
        yield name, inner
        yield from properties(inner)
        yield from properties(inner.get("items", {}))


def test_every_field_of_the_schema_is_described() -> None:
    listed = [*properties(SCHEMA), *(one for part in SCHEMA["$defs"].values() for one in properties(part))]
    assert len(listed) > 60
    assert [name for name, inner in listed if not inner.get("description", "").strip()] == []


def test_the_schema_knows_every_state() -> None:
    assert set(SCHEMA["$defs"]["record"]["properties"]["state"]["enum"]) == set(STATES)
    for state in STATES:
        assert f"`{state}`" in PAGE


def test_the_context_needs_nothing_from_elsewhere(document: dict[str, Any]) -> None:
    assert document["@context"] == CONTEXT
    prefixes = ("dct:", "dpv:", "rdf:", "xsd:")
    for name, meaning in CONTEXT.items():
        term = meaning["@id"] if isinstance(meaning, dict) else meaning
        known = name == "@vocab" or name + ":" in prefixes or str(term).startswith(prefixes)
        assert known, name


@pytest.fixture
def auditor(tmp_path: Path) -> Path:
    """The lines of the page, as a program."""
    (lines,) = re.findall(r"```python verify\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "verify.py").write_text(lines, encoding="utf-8")
    return tmp_path / "verify.py"


def run(program: Path, document: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    file = program.with_name("receipt.json")
    file.write_text(json.dumps(document, indent=2), encoding="utf-8")
    command = [sys.executable, "-I", str(program), str(file), SIGNER.public_key]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_auditors_lines_verify_a_receipt_without_our_code(
    auditor: Path, document: dict[str, Any]
) -> None:
    done = run(auditor, document)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_auditors_lines_find_a_change(auditor: Path, document: dict[str, Any]) -> None:
    document["records"][0]["state"] = "given"
    done = run(auditor, document)
    assert done.returncode != 0
    assert "InvalidSignature" in done.stderr


def test_the_line_that_prints_the_public_key_works(tmp_path: Path) -> None:
    (line,) = re.findall(r"python -c '(.*?)'", PAGE)
    (tmp_path / "ledger.key").write_text("c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M=\n")
    (tmp_path / "ledger.key").chmod(0o600)
    command = [sys.executable, "-c", line.replace("var/keys", str(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    assert SIGNER.public_key in done.stdout
