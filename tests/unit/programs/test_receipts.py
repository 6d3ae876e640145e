"""The words of receipts: complete, in every language that there is, and without a template left open."""

from pathlib import Path

import pytest

from programs import receipts
from programs.catalogue.errors import CatalogueInvalid
from programs.receipts import receipt_wording


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of words to change."""
    text = (Path(receipts.__file__).parent / "en.yml").read_text(encoding="utf-8")
    (tmp_path / "en.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(receipts, "_FOLDER", tmp_path)
    monkeypatch.setattr(receipts, "receipt_wording", receipt_wording.__wrapped__)
    return tmp_path


def test_the_words_are_complete_and_name_the_authority() -> None:
    wording = receipt_wording("en")
    assert wording.language == "en"
    assert wording.authority.name
    assert len(wording.privacy_rights) >= 4


def test_a_language_without_words_gets_the_english_ones() -> None:
    assert receipt_wording("xx") == receipt_wording("en")


@pytest.mark.parametrize(
    ("former", "new", "field"),
    [
        ("service: ", "servise: ", "service"),
        ("until_changed: until you decide otherwise", 'until_changed: ""', "until_changed"),
        ("language: en", "language: de", "language"),
    ],
)
def test_what_is_wrong_with_the_words_is_named(folder: Path, former: str, new: str, field: str) -> None:
    path = folder / "en.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(former, new), encoding="utf-8")
    with pytest.raises(CatalogueInvalid) as caught:
        receipts.receipt_wording("en")
    assert field in {fault.field for fault in caught.value.faults}
