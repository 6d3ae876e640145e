"""The classifier inside Rasa: trained, kept with its encoder, loaded, and silent about buttons."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import classifier, sources
from engine.nlu.classifier import NeedClassifier
from engine.nlu.encoder.encoder import FILES
from engine.nlu.encoder.errors import EncoderNotPrepared
from engine.nlu.labels import Label
from engine.nlu.need_decision import EVIDENCE

CONTEXT = ExecutionContext(GraphSchema({}), "a model")
RESOURCE = Resource("needs")
CONFIG = {"directions": 20}


@pytest.fixture(scope="module")
def training_data(
    tmp_path_factory: pytest.TempPathFactory, texts_and_labels: tuple[list[str], list[Label]]
) -> TrainingData:
    """As it stands in data/nlu, read by Rasa itself."""
    lines = ['version: "3.1"', "nlu:"]
    for text, label in zip(*texts_and_labels, strict=True):
        lines.append(f"  - intent: {label.intent}")
        if label.finer_need:
            lines += ["    metadata:", f"      finer_need: {label.finer_need}"]
        lines += ["    examples: |", f"      - {text}"]
    path = tmp_path_factory.mktemp("data") / "nlu.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return training_data_from_paths([str(path)], "en")


@pytest.fixture(scope="module")
def storage(
    tmp_path_factory: pytest.TempPathFactory, training_data: TrainingData, encoder_folder: Path
) -> LocalModelStorage:
    """A trained component's storage."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("storage"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classifier, "encoder_folder", lambda: encoder_folder)
        component = NeedClassifier.create(CONFIG, storage, RESOURCE, CONTEXT)
        assert component.train(training_data) == RESOURCE
    return storage


@pytest.fixture(scope="module")
def loaded(storage: LocalModelStorage) -> NeedClassifier:
    return NeedClassifier.load(CONFIG, storage, RESOURCE, CONTEXT)


def processed(component: NeedClassifier, text: str | None) -> Message:
    return component.process([Message({"text": text} if text is not None else {})])[0]


def test_rasa_hands_over_the_finer_need_of_a_block(training_data: TrainingData) -> None:
    found = {
        Label.of_example(example.get("intent"), example.get("metadata"))
        for example in training_data.intent_examples
    }
    assert Label("need_bike", "tyre") in found
    assert Label("greet") in found


def test_the_ranking_holds_programs_and_other_intents(loaded: NeedClassifier) -> None:
    message = processed(loaded, "my bicycle will not stop")
    assert message.get("intent_ranking")[0]["name"] == "need_bike"
    assert {each["name"] for each in message.get("intent_ranking")} == {"need_bike", "need_garden", "greet"}
    assert message.get("intent") == message.get("intent_ranking")[0]
    assert message.get(EVIDENCE).finer_needs["need_bike"].finer_need == "brakes"
    assert message.output_properties >= {"intent", "intent_ranking"}
    assert EVIDENCE not in message.output_properties


def test_what_is_loaded_reads_as_what_was_trained(
    loaded: NeedClassifier, training_data: TrainingData, encoder_folder: Path, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classifier, "encoder_folder", lambda: encoder_folder)
        trained = NeedClassifier.create(CONFIG, LocalModelStorage.create(tmp_path), RESOURCE, CONTEXT)
        trained.train(training_data)
    for text in ("hello", "weeds in the lawn", "my brakse"):
        one, other = processed(trained, text), processed(loaded, text)
        assert one.get("intent_ranking") == other.get("intent_ranking")
        assert one.get(EVIDENCE) == other.get(EVIDENCE)


def test_a_model_carries_its_encoder(storage: LocalModelStorage) -> None:
    with storage.read_from(RESOURCE) as folder:
        assert {path.name for path in (folder / "encoder").iterdir()} == set(FILES)


def test_a_model_without_its_encoder_is_not_loaded(storage: LocalModelStorage, tmp_path: Path) -> None:
    crippled = LocalModelStorage.create(tmp_path)
    with storage.read_from(RESOURCE) as folder, crippled.write_to(RESOURCE) as copy:
        shutil.copy(folder / classifier.MODEL_FILE, copy)
    with pytest.raises(EncoderNotPrepared):
        NeedClassifier.load(CONFIG, crippled, RESOURCE, CONTEXT)


@pytest.mark.parametrize("text", ['/allow{"r":"7f3k9q"}', "/greet", None])
def test_a_button_or_no_text_at_all_is_left_alone(loaded: NeedClassifier, text: str | None) -> None:
    message = processed(loaded, text)
    assert message.get("intent") is None
    assert message.get("intent_ranking") is None


@pytest.mark.parametrize("text", ["", "😀", "x" * 10_000, "Где велосипед", "\ud83d"])
def test_no_text_breaks_a_conversation(loaded: NeedClassifier, text: str) -> None:
    assert processed(loaded, text).get("intent_ranking")


def test_a_change_to_any_module_trains_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = NeedClassifier.fingerprint_addon({})
    copied = Path(shutil.copytree(Path(sources.__file__).parent, tmp_path / "nlu"))
    monkeypatch.setattr(sources, "__file__", str(copied / "sources.py"))
    assert NeedClassifier.fingerprint_addon({}) == before
    with (copied / "encoder" / "files.py").open("a") as file:
        file.write("\n")
    assert NeedClassifier.fingerprint_addon({}) != before
