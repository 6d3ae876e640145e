"""The scanner finds a text in every form; a form that it would miss would be a leak that nobody sees."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

import pytest

from tests.privacy import forms
from tests.privacy.scanner import Scanner
from tests.privacy.unpacking import unpacked

TEXT = "Kūrėja Vorstegger"
AROUND = "something before {} and after"

FORMS: dict[str, Callable[[str], bytes]] = {
    "plain": lambda text: text.encode(),
    "lower case": lambda text: text.lower().encode(),
    "upper case": lambda text: text.upper().encode(),
    "UTF-16, little end first": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32-le"),
    "JSON": lambda text: json.dumps({"text": text}).encode(),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"text": text})).encode(),
    "JSON, capital digits": lambda text: json.dumps(text).upper().replace("\\U", "\\u").encode(),
    "all escaped": lambda text: "".join(f"\\u{ord(each):04X}" for each in text).encode(),
    "URL": lambda text: quote(text).encode(),
    "URL, small digits": lambda text: quote(text).lower().encode(),
    "form": lambda text: urlencode({"text": text}).encode(),
    "form, plus": lambda text: quote_plus(text).encode(),
    "URL, all escaped": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
    "HTML": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "bytes of Python": lambda text: repr(text.encode()).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "hex, capital": lambda text: text.encode().hex().upper().encode(),
    "hex, blanks": lambda text: text.encode().hex(" ").encode(),
    "hex of UTF-16": lambda text: text.encode("utf-16-le").hex().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 of the web": lambda text: base64.urlsafe_b64encode(text.encode()),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "base64 of lower case": lambda text: base64.b64encode(text.lower().encode()),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zlib, quick": lambda text: zlib.compress(text.encode(), 1),
    "zlib, thorough": lambda text: zlib.compress(text.encode(), 9),
    "gzip": lambda text: gzip.compress(text.encode()),
    "bzip2": lambda text: bz2.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "JSON in gzip in zlib": lambda text: zlib.compress(gzip.compress(json.dumps(text).encode())),
    "cut off": lambda text: zlib.compress((text + " and more").encode())[:-6],
}


def _zip(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", text * 3)
    return file.getvalue()


@pytest.mark.parametrize("form", [*FORMS.values(), _zip], ids=[*FORMS, "zip"])
def test_a_text_is_found_in_this_form(form: Callable[[str], bytes]) -> None:
    scanner = Scanner([TEXT])
    assert scanner.in_bytes("x", b"\x00\xff before " + form(TEXT) + b" behind \x00")
    assert scanner.in_bytes("x", form(AROUND.format(TEXT)))
    assert not scanner.in_bytes("x", b"before " + form("Kureja, Vorstegger") + b" behind")


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("text", ["73190.48", "quxlimba1", "quxlimba12", TEXT])
def test_base64_is_found_wherever_the_text_begins(before: str, text: str) -> None:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for behind in ("", "?", "??", "???"):
            data = encode((before + text + behind).encode())
            assert Scanner([text]).in_bytes("x", data), (before, behind)


def test_the_form_says_what_was_found_and_where() -> None:
    (found,) = Scanner([TEXT, "something else"]).in_bytes("a.log", b"x" + zlib.compress(TEXT.encode()))
    assert str(found) == f"a.log (zlib): {TEXT!r} (plain)"


def test_every_file_and_its_name_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "one").write_bytes(b"quxlimba12")
    (tmp_path / "deep" / "quxlimba12.log").write_bytes(b"nothing")
    (tmp_path / "other").write_bytes(b"quxlimba13")
    found = Scanner(["quxlimba12"]).in_files(tmp_path)
    assert {find.where for find in found} == {"deep/er/one", "the name deep/quxlimba12.log"}


@pytest.mark.parametrize("cell", [TEXT, TEXT.encode("utf-16-le"), zlib.compress(TEXT.encode() * 2)])
def test_every_cell_of_every_table_is_looked_at(tmp_path: Path, cell: object) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute('CREATE TABLE "of two words" (a INTEGER, b BLOB)')
        connection.execute('INSERT INTO "of two words" VALUES (1, ?)', (cell,))
    connection.close()
    found = Scanner([TEXT]).in_tables(f"sqlite:///{path}")
    assert {find.where.partition(" (")[0] for find in found} == {"table of two words, column b"}


def test_a_text_that_chance_could_write_is_refused() -> None:
    with pytest.raises(ValueError, match="4200"):
        Scanner(["quxlimba12", "4200"])


def test_no_form_is_so_short_that_chance_could_write_it() -> None:
    for text in ("73190.48", TEXT):
        assert min(map(len, (*forms.loose(text), *forms.exact(text)))) >= forms.SHORTEST


def test_a_bomb_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.privacy.unpacking.MOST_BYTES", 1000)
    assert [len(content) for _, content in unpacked(zlib.compress(bytes(100_000)))] == [1000]
