"""A record comes back from its body as it was written, and its body is canonical."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consent_store.records import ErasureRecord, Evidence, Record, read_record
from tests.unit.consent_store.kit import BALANCE, DEBT, START

EVIDENCE = Evidence("widget", "en", "hash-of-text", "yes", "allow", "1.0000", "hash-of-words")
RECORD = Record(
    kind="answered",
    status="given",
    person_id="person-a",
    controller_id="harbour_bank",
    purpose=DEBT,
    item=BALANCE,
    help_id="help-1",
    request_id="r1",
    notice_id="n1",
    notice_epoch=1,
    at=START + timedelta(microseconds=1),
    expires_at=None,
    evidence=EVIDENCE,
)


@pytest.mark.parametrize("record", [RECORD, replace(RECORD, evidence=None, expires_at=START, help_id=None)])
def test_a_record_comes_back_as_it_was(record: Record):
    assert read_record(record.body()) == record


def test_an_erasure_record_comes_back_and_names_nobody():
    record = ErasureRecord((3, 5), START)
    assert read_record(record.body()) == record
    assert "person" not in record.body()


def test_a_body_of_another_version_is_refused():
    with pytest.raises(ValueError, match="version"):
        read_record(RECORD.body().replace('"v":1', '"v":2'))
