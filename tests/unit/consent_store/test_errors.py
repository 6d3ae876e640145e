"""Errors carry ids and a reason, one root for all."""

from __future__ import annotations

import pickle

import consent_store
from consent_store import ConsentMissing, ConsentStoreError
from consent_store import errors as all_errors


def test_all_errors_have_one_root_and_are_public():
    classes = [value for value in vars(all_errors).values() if isinstance(value, type)]
    assert all(issubclass(one, ConsentStoreError) for one in classes)
    assert {one.__name__ for one in classes} <= set(consent_store.__all__)


def test_an_error_says_the_reason_and_the_ids():
    assert (
        str(ConsentMissing("expired", purpose="debt_payoff", item="x"))
        == "expired (purpose=debt_payoff, item=x)"
    )


def test_an_error_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(ConsentMissing("expired", item="x")))
    assert (type(error), error.reason, error.ids) == (ConsentMissing, "expired", {"item": "x"})
