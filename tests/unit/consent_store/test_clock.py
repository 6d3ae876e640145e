"""Instants are aware and UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent_store.clock import from_text, system_clock, to_text, utc


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        utc(datetime(2026, 5, 3))  # noqa: DTZ001


def test_another_zone_becomes_utc():
    assert utc(datetime(2026, 5, 3, 12, tzinfo=timezone(timedelta(hours=2)))) == datetime(
        2026, 5, 3, 10, tzinfo=UTC
    )


@given(st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_instant_comes_back_from_its_text(instant: datetime):
    assert from_text(to_text(instant)) == instant


def test_the_system_clock_is_aware():
    assert system_clock().tzinfo is UTC
