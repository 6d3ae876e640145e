"""Every language of the widget says everything, with the same blanks to fill."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

WIDGET = Path(__file__).parents[3] / "widget"
LANGUAGES = sorted(path.stem for path in (WIDGET / "texts").glob("*.js") if path.stem != "index")
STRING = r'"(?:\\.|[^"\\])*"'


def texts(language: str) -> dict[str, Any]:
    """The file's one object. It is JSON but for its comment, bare keys and last commas."""
    source = (WIDGET / "texts" / f"{language}.js").read_text(encoding="utf-8")
    body = source.partition("export default ")[2].strip().removesuffix(";")
    quoted = re.sub(rf"({STRING})|(\w+)(?=\s*:)", lambda m: m[1] or f'"{m[2]}"', body)
    return dict(json.loads(re.sub(rf"({STRING})|,(?=\s*}})", lambda m: m[1] or "", quoted)))


def leaves(part: dict[str, Any], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in part.items():
        name = f"{above}{key}"
        found |= leaves(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return found


ENGLISH = leaves(texts("en"))


def test_english_and_spanish_are_there() -> None:
    assert {"en", "es"} <= set(LANGUAGES)
    index = (WIDGET / "texts" / "index.js").read_text(encoding="utf-8")
    assert all(re.search(rf"\b{language}:", index) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_in_the_same_order(language: str) -> None:
    assert list(leaves(texts(language))) == list(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_the_same_blanks(language: str) -> None:
    for key, words in leaves(texts(language)).items():
        assert words.strip(), key
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(re.findall(r"\{\w+\}", ENGLISH[key])), key


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_nothing_was_left_in_english(language: str) -> None:
    same = {key for key, words in leaves(texts(language)).items() if words == ENGLISH[key]}
    assert same == set()


def test_every_text_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("", "view", "privacy")
        for path in (WIDGET / folder).glob("*.js")
    )
    families = ("delivery.", "refused.", "connection.", "permission.", "privacy.status.", "privacy.errors.")
    plain = {key for key in ENGLISH if not key.startswith(families) and not key.endswith("_file")}
    unused = {key for key in plain if not re.search(rf"\b{key.rpartition('.')[2]}\b", code)}
    assert unused == set()
