"""A model is trained when its files changed and only then, and a working one is never lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from operate.errors import OperateError
from operate.terminal import Terminal
from operate.training import current_model, ensure_model, training_hash
from settings import Settings

TRAINS = """#!/bin/sh
case "$*" in *engine.nlu.encoder*) exit 0 ;; esac
echo "$@" >> calls
while [ $# -gt 0 ]; do
    case "$1" in
        --out) out="$2" ;;
        --fixed-model-name) name="$2" ;;
    esac
    shift
done
mkdir -p "$out"
cat domain.yml > "$out/$name"
"""
FAILS = """#!/bin/sh
case "$*" in *engine.nlu.encoder*) exit 0 ;; esac
echo "the story makes no sense"
exit 1
"""
SAYS_IT_TRAINED = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (
        "config.yml",
        "domain.yml",
        "requirements.txt",
        "data/nlu/debt.yml",
        "engine/nlu/a.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"first {name}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def train(project: Path) -> Callable[..., Path]:
    """Trains with a stand-in for the engine's Python, which writes the domain file as its model."""
    settings = Settings(var=project / "var")
    python = project / "python"

    def run(script: str = TRAINS, **options: bool) -> Path:
        python.write_text(script, encoding="utf-8")
        python.chmod(0o755)
        terminal = Terminal(Console(quiet=True))
        return ensure_model(
            settings, {"PATH": "/usr/bin:/bin"}, terminal, root=project, python=python, **options
        )

    return run


def _calls(project: Path) -> int:
    path = project / "calls"
    return len(path.read_text(encoding="utf-8").splitlines()) if path.exists() else 0


def test_a_second_time_with_nothing_changed_trains_nothing(project: Path, train: Callable[..., Path]) -> None:
    assert train() == train()
    assert _calls(project) == 1


@pytest.mark.parametrize(
    "changed", ["config.yml", "domain.yml", "requirements.txt", "data/nlu/debt.yml", "engine/nlu/a.py"]
)
def test_every_file_that_the_model_is_made_of_makes_a_new_one(
    project: Path, train: Callable[..., Path], changed: str
) -> None:
    before = train()
    (project / changed).write_text("second\n", encoding="utf-8")
    assert train() != before
    assert _calls(project) == 2


def test_a_new_a_removed_and_a_renamed_file_count_as_changes(project: Path) -> None:
    seen = {training_hash(project)}
    (project / "data/nlu/new.yml").write_text("x", encoding="utf-8")
    seen.add(training_hash(project))
    (project / "data/nlu/new.yml").rename(project / "data/nlu/newer.yml")
    seen.add(training_hash(project))
    (project / "data/nlu/debt.yml").unlink()
    seen.add(training_hash(project))
    assert len(seen) == 4


def test_files_that_are_no_training_files_change_nothing(project: Path) -> None:
    before = training_hash(project)
    (project / "README.md").write_text("x", encoding="utf-8")
    cache = project / "engine/nlu/__pycache__/a.cpython-310.pyc"
    cache.parent.mkdir()
    cache.write_bytes(b"x")
    assert training_hash(project) == before


@pytest.mark.parametrize("script", [FAILS, SAYS_IT_TRAINED], ids=["fails", "makes_nothing"])
def test_a_failed_training_names_its_log_and_keeps_the_old_model(
    project: Path, train: Callable[..., Path], script: str
) -> None:
    old_hash, old = training_hash(project), train()
    (project / "domain.yml").write_text("broken\n", encoding="utf-8")
    with pytest.raises(OperateError, match=r"could not be trained.*train\.log"):
        train(script)
    assert "no sense" in (project / "var/log/train.log").read_text(encoding="utf-8") or script != FAILS
    assert old.read_text(encoding="utf-8") == "first domain.yml\n"
    assert current_model(project / "var/models", old_hash) == old
    assert current_model(project / "var/models", training_hash(project)) is None


def test_training_can_be_forced(project: Path, train: Callable[..., Path]) -> None:
    train()
    train(force=True)
    assert _calls(project) == 2


def test_a_model_of_files_that_changed_during_the_training_stands_for_none_of_them(
    project: Path, train: Callable[..., Path]
) -> None:
    before = (project / "domain.yml").read_text(encoding="utf-8")
    train("#!/bin/sh\necho meanwhile > domain.yml\n" + TRAINS)
    (project / "domain.yml").write_text(before, encoding="utf-8")
    assert train().read_text(encoding="utf-8") == before
    assert _calls(project) == 2


def test_a_stamp_without_its_model_counts_for_nothing(project: Path, train: Callable[..., Path]) -> None:
    train().unlink()
    assert current_model(project / "var/models", training_hash(project)) is None


@pytest.mark.parametrize("stamp", ["", "[]", "{}", json.dumps({"training_hash": "other", "model": "m"})])
def test_a_damaged_or_foreign_stamp_counts_for_nothing(tmp_path: Path, stamp: str) -> None:
    (tmp_path / "trained.json").write_text(stamp, encoding="utf-8")
    assert current_model(tmp_path, "wanted") is None


def test_old_models_do_not_pile_up(project: Path, train: Callable[..., Path]) -> None:
    for number in range(4):
        (project / "domain.yml").write_text(f"{number}\n", encoding="utf-8")
        newest = train()
    assert newest.exists()
    assert len(list((project / "var/models").glob("*.tar.gz"))) == 2


def test_nothing_is_trained_without_a_sentence_encoder(project: Path, train: Callable[..., Path]) -> None:
    model = train()
    (project / "config.yml").write_text("newer\n", encoding="utf-8")
    with pytest.raises(OperateError, match="encoder could not be prepared: It said nothing"):
        train(TRAINS.replace("exit 0 ;;", "exit 1 ;;"))
    assert _calls(project) == 1
    assert model.is_file()
