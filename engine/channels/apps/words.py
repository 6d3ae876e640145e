"""
The few sentences of the messaging apps themselves, from data/responses/apps.yml.

Everything else that a person reads comes from the assistant. No sentence stands in Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from settings import ROOT

FILE = Path("data") / "responses" / "apps.yml"
PREFIX = "utter_app_"


class Words:
    """The sentences by their keys, without the prefix "utter_app_"."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    @classmethod
    def load(cls, root: Path = ROOT) -> Words:
        """From the project's file. Raises OSError, ruamel.yaml.YAMLError, KeyError."""
        responses = YAML(typ="safe").load(root / FILE)["responses"]
        return cls({key[len(PREFIX) :]: str(said[0]["text"]) for key, said in responses.items()})

    def say(self, key: str, **params: object) -> str:
        """The sentence, filled. Raises KeyError naming what is missing."""
        return self._texts[key].format(**params)
