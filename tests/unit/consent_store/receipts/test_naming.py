"""A record has one name, and no other record has it."""

from consent_store.receipts.naming import record_id


def test_a_record_has_the_same_name_on_every_receipt() -> None:
    assert record_id("person", "bank", "debt", "balance") == record_id("person", "bank", "debt", "balance")
    assert len(record_id("person", "bank", "debt", "balance")) == 32


def test_no_two_records_share_a_name() -> None:
    names = {
        record_id(*key)
        for key in [
            ("person", "bank", "debt", "balance"),
            ("person", "bank", "debt", "rate"),
            ("person", "bank", "debtb", "alance"),
            ("person", "bankd", "ebt", "balance"),
            ("other", "bank", "debt", "balance"),
        ]
    }
    assert len(names) == 5
