"""Rasa's RulePolicy, which remembers which rules fit a state instead of comparing all of them again."""

from __future__ import annotations

import json
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import State

STATES_KNOWN = 4096


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RememberingRules(RulePolicy):
    """
    Predicts what RulePolicy predicts, sooner: whether a rule fits follows from the rule, the position and the
    state alone, and states are few, because no slot and no entity is in them.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._fitting: dict[tuple[frozenset[str], int, str], frozenset[str]] = {}

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        fitting = frozenset(lookup)
        for position, state in enumerate(reversed(states)):
            asked = fitting, position, json.dumps(state, sort_keys=True)
            if asked not in self._fitting:
                if len(self._fitting) >= STATES_KNOWN:
                    self._fitting.clear()
                fits = (rule for rule in fitting if self._is_rule_applicable(rule, position, state))
                self._fitting[asked] = frozenset(fits)
            fitting = self._fitting[asked]
        return set(fitting)
