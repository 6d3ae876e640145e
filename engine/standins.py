"""
Lets Rasa 3.6.21 run beside current libraries: stands in for what they no longer have, and for what Rasa
imports although nothing here uses it.

`import engine` installs it, so it is there before anything of Rasa's is imported. No file of Rasa's is
changed. Which of Rasa's parts are not available so, and what one can do: docs/rasa_on_current_python.md.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import packaging.version

KNOWN_RASA = "3.6.21"

# Rasa's modules that would import TensorFlow, and what Rasa takes from them
NEEDS_TENSORFLOW: Mapping[str, tuple[str, ...]] = {
    "rasa.utils.train_utils": (),
    "rasa.utils.tensorflow.model_data": ("Data", "FeatureArray"),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
}
# clients of brokers and databases that are not used, and the names that Rasa takes from them
NOT_USED: Mapping[str, tuple[str, ...]] = {
    "aio_pika.exceptions": (),
    "aiormq": (),
    "rasa.core.brokers.pika": ("PikaEventBroker",),
    "boto3.dynamodb.conditions": ("Key",),
    "botocore.exceptions": ("BotoCoreError",),
    "pymongo.collection": ("Collection",),
    "pymongo.errors": ("ConnectionFailure", "OperationFailure"),
}
# what Rasa can be told to use without a module path, of what runs without TensorFlow and other packages
COMPONENTS = (
    "rasa.core.policies.memoization.AugmentedMemoizationPolicy",
    "rasa.core.policies.memoization.MemoizationPolicy",
    "rasa.core.policies.rule_policy.RulePolicy",
    "rasa.nlu.classifiers.fallback_classifier.FallbackClassifier",
    "rasa.nlu.classifiers.keyword_intent_classifier.KeywordIntentClassifier",
    "rasa.nlu.classifiers.logistic_regression_classifier.LogisticRegressionClassifier",
    "rasa.nlu.classifiers.sklearn_intent_classifier.SklearnIntentClassifier",
    "rasa.nlu.extractors.entity_synonyms.EntitySynonymMapper",
    "rasa.nlu.extractors.regex_entity_extractor.RegexEntityExtractor",
    "rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer.CountVectorsFeaturizer",
    "rasa.nlu.featurizers.sparse_featurizer.lexical_syntactic_featurizer.LexicalSyntacticFeaturizer",
    "rasa.nlu.featurizers.sparse_featurizer.regex_featurizer.RegexFeaturizer",
    "rasa.nlu.tokenizers.whitespace_tokenizer.WhitespaceTokenizer",
)
OF_CHANNELS = frozenset({"InputChannel", "OutputChannel", "UserMessage", "CollectingOutputChannel"})

# The sources for which the stand-ins were written: others may want something else of them.
STOOD_IN_FOR: Mapping[str, str] = {
    "core/channels/__init__.py": "33637c7f3972a4b5",
    "core/run.py": "32b1c01ddbb3d55c",
    "engine/recipes/default_components.py": "b58a9dc0d456472a",
    "engine/runner/dask.py": "fc92eebf60a37336",
    "utils/tensorflow/model_data.py": "71b36aebf1d3f129",
    "utils/train_utils.py": "7ae337d7a78d2c16",
}


class RasaNotKnown(ImportError):
    """The installed Rasa is not the one for which the stand-ins were written."""


def install() -> None:
    """
    Stand in for what is missing; a second call does nothing.

    Raises RasaNotKnown, which says what to do, for another Rasa or one whose files were changed.
    """
    if getattr(sys.modules.get("dask"), "get", None) is run_graph:
        return
    check_rasa(version("rasa"), Path(_file("rasa", "")))
    _former_names()
    _stand_in("dask", get=run_graph)
    for name, classes in {**NEEDS_TENSORFLOW, **NOT_USED}.items():
        _stand_in(name, **{each: type(each, (Exception,), {"__module__": name}) for each in classes})
    vars(sys.modules["rasa.utils.tensorflow.model_data"])["ragged_array_to_ndarray"] = _ragged
    _stand_in("rasa.engine.recipes.default_components", lazily=_default_components)
    _stand_in(
        "rasa.core.channels",
        lazily=_of_channels,
        BUILTIN_CHANNELS={},
        __path__=[_file("rasa", "core/channels")],
    )


def check_rasa(found: str, folder: Path) -> None:
    """Raise RasaNotKnown unless it is the Rasa that we know: its version, and the files stood in for."""
    if found != KNOWN_RASA:
        raise RasaNotKnown(
            f"Rasa {found} is installed, but engine/standins.py was written for {KNOWN_RASA}: "
            "install what requirements.txt says (`make setup`), or read docs/rasa_on_current_python.md."
        )
    for name, known in STOOD_IN_FOR.items():
        if not hashlib.sha256((folder / name).read_bytes()).hexdigest().startswith(known):
            raise RasaNotKnown(
                f"Rasa's {name} is not the file for which engine/standins.py was written: install Rasa anew "
                "(`rm -r .venv`, then `make setup`), or read docs/rasa_on_current_python.md."
            )


def run_graph(graph: Mapping[str, Any], targets: list[str]) -> list[Any]:
    """
    Each node once, after those that it needs: all that Rasa asks of `dask.get`.

    Dask's scheduler costs a fifth of a turn, and a current one takes Rasa's inputs for references to
    themselves.
    """
    done: dict[str, Any] = {}

    def value(name: str) -> Any:
        if name not in done:
            first, *needs = graph[name] if isinstance(graph[name], tuple) else (graph[name],)
            done[name] = first(*map(value, needs)) if callable(first) else graph[name]
        return done[name]

    return [value(name) for name in targets]


def _former_names() -> None:
    """What numpy, packaging and setuptools had when Rasa was written."""
    np.VisibleDeprecationWarning = np.exceptions.VisibleDeprecationWarning  # type: ignore[attr-defined]
    packaging.version.LegacyVersion = type("LegacyVersion", (), {})  # type: ignore[attr-defined]
    _stand_in("pkg_resources", resource_filename=_file, get_distribution=_distribution)


def _distribution(name: str) -> SimpleNamespace:
    return SimpleNamespace(version=version(name))


def _stand_in(name: str, *, lazily: Callable[[str], Any] | None = None, **names: Any) -> None:
    module = ModuleType(name, "Stands in: engine/standins.py.")
    vars(module).update(names)
    if lazily:
        module.__getattr__ = lazily  # type: ignore[method-assign]
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent and not name.startswith("rasa."):
        if parent not in sys.modules:
            _stand_in(parent, __path__=[])
        setattr(sys.modules[parent], own, module)


def _file(package: str, path: str) -> str:
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return str(Path(folders[0] if folders else "") / path)


def _default_components(name: str) -> Any:
    """Rasa imports each of its components to list them."""
    if name != "DEFAULT_COMPONENTS":
        raise AttributeError(name)
    return [getattr(importlib.import_module(m), own) for m, _, own in (c.rpartition(".") for c in COMPONENTS)]


def logistic_regression() -> None:
    """Let Rasa's own classifier be made and loaded; called after Rasa was imported, before it starts."""
    from rasa.nlu.classifiers import logistic_regression_classifier

    logistic_regression_classifier.LogisticRegression = _regression


def _regression(**options: Any) -> Any:
    """Rasa also asks scikit-learn for what it does anyway, by two options that it no longer takes."""
    from sklearn.linear_model import LogisticRegression

    kept = {name: value for name, value in options.items() if name not in ("multi_class", "l1_ratio")}
    return LogisticRegression(**kept)


def _ragged(arrays: Iterable[np.ndarray]) -> np.ndarray:
    """As in Rasa's model_data, whose other parts want scikit-learn, and that all of scipy."""
    try:
        return np.array(arrays)
    except ValueError:
        return np.array(arrays, dtype=object)


def _of_channels(name: str) -> Any:
    """Of Rasa's channels only the base classes: the connectors want their providers' clients of 2022."""
    if name not in OF_CHANNELS:
        raise AttributeError(name)
    return getattr(importlib.import_module("rasa.core.channels.channel"), name)
