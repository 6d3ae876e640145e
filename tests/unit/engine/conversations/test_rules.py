"""The policy that remembers predicts what Rasa's own does, however often it is asked."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain

from engine import rules as remembering

Trained = tuple[Domain, remembering.RememberingRules]


def _kinds(policy: RulePolicy) -> list[dict[str, str]]:
    return [kind for kind in policy.lookup.values() if isinstance(kind, dict)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_same_rules_fit_as_without_remembering(rules: Trained, data: st.DataObject) -> None:
    _, policy = rules
    steps = sorted(
        {json.dumps(step) for kind in _kinds(policy) for rule in kind for step in json.loads(rule)}
    )
    with_slot = st.sampled_from([{}, {"slots": {"answer": (1.0,)}}])
    one = st.builds(lambda step, more: {**json.loads(step), **more}, st.sampled_from(steps), with_slot)
    asked: list[list[Any]] = data.draw(
        st.lists(st.lists(one, min_size=1, max_size=5), min_size=1, max_size=5)
    )
    for states in asked + asked:
        for kind in _kinds(policy):
            assert policy._get_possible_keys(kind, states) == RulePolicy._get_possible_keys(
                policy, kind, states
            )


def test_what_is_remembered_is_bounded(rules: Trained, monkeypatch: Any) -> None:
    _, policy = rules
    monkeypatch.setattr(remembering, "STATES_KNOWN", 10)
    for number in range(50):
        policy._get_possible_keys(
            policy.lookup["rules"], [{"prev_action": {"action_name": f"action_{number}"}}]
        )
    assert len(policy._fitting) <= 10
