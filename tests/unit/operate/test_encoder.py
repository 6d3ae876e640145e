"""The sentence encoder is prepared when it is missing and only then, and what went wrong is said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from operate.encoder import ensure_encoder
from operate.errors import EncoderNotBuilt
from operate.terminal import Terminal
from settings import Settings

BUILDS = """#!/bin/sh
echo "$@" >> calls
[ "$3" = --check ] && { [ -e "$ASKFIRST_VAR/made" ]; exit; }
touch "$ASKFIRST_VAR/made"
"""
REFUSES = """#!/bin/sh
[ "$3" = --check ] && exit 1
echo "a warning of a library" >&2
echo "The file is not the published one." >&2
exit 1
"""
SAYS_NOTHING = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def prepare(tmp_path: Path) -> Callable[[str], str]:
    """Prepares with a stand-in for the engine's Python; returns what the terminal showed."""
    python = tmp_path / "python"

    def run(script: str) -> str:
        python.write_text(script, encoding="utf-8")
        python.chmod(0o755)
        console = Console(record=True, width=200, quiet=False, file=(tmp_path / "screen").open("w"))
        settings, environ = Settings(var=tmp_path / "var"), {"PATH": "/usr/bin:/bin", "ASKFIRST_VAR": "wrong"}
        ensure_encoder(settings, environ, Terminal(console), root=tmp_path, python=python)
        return console.export_text()

    return run


def test_it_is_prepared_once_with_progress_and_then_left_alone(
    prepare: Callable[[str], str], tmp_path: Path
) -> None:
    assert "✓ Preparing the sentence encoder" in prepare(BUILDS)
    assert prepare(BUILDS) == ""
    assert (tmp_path / "calls").read_text(encoding="utf-8").splitlines() == [
        "-m engine.nlu.encoder --check",
        "-m engine.nlu.encoder",
        "-m engine.nlu.encoder --check",
    ]


def test_what_the_engine_says_last_is_the_reason(prepare: Callable[[str], str]) -> None:
    with pytest.raises(
        EncoderNotBuilt, match=r"prepared: The file is not the published one\. .*encoder\.log"
    ):
        prepare(REFUSES)


def test_a_failure_without_words_still_names_the_log(prepare: Callable[[str], str]) -> None:
    with pytest.raises(EncoderNotBuilt, match=r"It said nothing\. .*encoder\.log"):
        prepare(SAYS_NOTHING)
