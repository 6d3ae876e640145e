"""What the widget's files promise: nothing fetched, and small."""

import gzip
import hashlib
import json
import re
from pathlib import Path

from tests.tables import each

ROOT = Path(__file__).parents[3]
WIDGET = ROOT / "widget"
OURS = sorted(path for path in WIDGET.rglob("*.js") if not {"vendor", "dist"} & set(path.parts))
LIBRARY = WIDGET / "vendor" / "socket.io.esm.min.js"
BUNDLE = WIDGET / "dist" / "ask-first-chat.min.js"
MOST_BYTES_COMPRESSED = 40 * 1024


@each("path", OURS)
def test_every_file_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("/**")
    assert len(text.splitlines()) < 200


@each("path", OURS)
def test_a_file_imports_only_its_neighbours(path: Path) -> None:
    for target in re.findall(r'(?:from|import)\s*\(?\s*"([^"]+)"', path.read_text(encoding="utf-8")):
        assert target.startswith("."), target
        assert (path.parent / target).is_file(), target


def test_the_vendored_library_is_the_published_one() -> None:
    expected, _, file_name = (
        (WIDGET / "vendor" / "SHA256SUMS").read_text(encoding="utf-8").strip().partition("  ")
    )
    assert file_name == LIBRARY.name
    assert hashlib.sha256(LIBRARY.read_bytes()).hexdigest() == expected


def test_its_version_is_the_pinned_one_and_its_licence_lies_beside_it() -> None:
    pinned = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"][
        "socket.io-client"
    ]
    assert f"Socket.IO v{pinned}" in LIBRARY.read_text(encoding="utf-8")[:200]
    assert f"socket.io-client {pinned} (MIT)" in (LIBRARY.parent / "LICENSE.txt").read_text(encoding="utf-8")


def test_the_lock_names_no_address() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_all_of_it_fits_into_forty_kilobytes() -> None:
    assert len(gzip.compress(BUNDLE.read_bytes())) <= MOST_BYTES_COMPRESSED


def test_the_bundle_holds_every_part_and_loads_nothing() -> None:
    sources = json.loads(BUNDLE.with_name(f"{BUNDLE.name}.map").read_text(encoding="utf-8"))["sources"]
    assert {(BUNDLE.parent / source).resolve() for source in sources} >= {LIBRARY, WIDGET / "element.js"}
    assert not re.search(r"\b(?:from|import)\s*\(?\s*[\"'`]", BUNDLE.read_text(encoding="utf-8"))
