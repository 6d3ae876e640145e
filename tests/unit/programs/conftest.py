"""The catalogue as it is, a small copy that a test may break, and the day on which all tests take place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import programs
from programs import Catalogue, CatalogueInvalid, Fault, load_catalogue
from tests.catalogue import our_catalogue

HERE = Path(__file__).parent
PACKAGE = Path(programs.__file__).parent
IN_THE_COPY = ("card_delivery", "debt_payoff", "lost_card")
"""Three programs are enough to break one; so these tests take as long however many there are."""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return our_catalogue()


@pytest.fixture
def today() -> date:
    return date(2026, 5, 6)  # a Wednesday


class Copy:
    """A copy of the catalogue's files in a folder of its own, with three programs."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def edit(self, file: str, change: Callable[[dict[str, Any]], object]) -> None:
        path = self.root / file
        content = yaml.safe_load(path.read_text())
        change(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def faults(self) -> tuple[Fault, ...]:
        try:
            load_catalogue(self.root)
        except CatalogueInvalid as invalid:
            return invalid.faults
        return ()

    def said(self) -> list[str]:
        return [str(fault) for fault in self.faults()]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    root = tmp_path / "programs"
    for path in [*PACKAGE.rglob("*.yml"), *PACKAGE.glob("*/help.py")]:
        room = path.relative_to(PACKAGE).parts[0]
        if (PACKAGE / room / "program.yml").is_file() and room not in IN_THE_COPY:
            continue
        target = root / path.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return Copy(root)
