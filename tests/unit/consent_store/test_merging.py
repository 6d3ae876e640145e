"""The rule of merging two identities, for any two histories."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from consent_store.merging import Standing, later, merge, standings
from consent_store.model import Status
from consent_store.records import Record
from tests.unit.consent_store.kit import START

PLACES = [("bank", "debt", "balance"), ("bank", "debt", "rate"), ("bank", "debt.remember", "balance")]
instants = st.integers(0, 4).map(lambda minutes: START + timedelta(minutes=minutes))
statuses = st.sampled_from(["given", "refused", "deferred", "withdrawn", "expired", "unasked"])
standing = st.builds(
    Standing,
    statuses,
    instants,
    st.none() | instants,
    st.sampled_from([None, "help"]),
    st.sampled_from(["request-1", "request-2"]),
    st.sampled_from(["notice-1", "notice-2"]),
)
sides = st.dictionaries(st.sampled_from(PLACES), standing)


@st.composite
def record(draw: st.DrawFn) -> Record:
    controller_id, purpose, item = draw(st.sampled_from(PLACES))
    return Record(
        kind="answered",
        status=draw(statuses),
        person_id="p",
        controller_id=controller_id,
        purpose=purpose,
        item=item,
        help_id=None,
        request_id="request-1",
        notice_id="notice-1",
        notice_epoch=1,
        at=draw(instants),
        expires_at=None,
    )


histories = st.lists(record(), max_size=8)


@given(sides, sides)
def test_it_does_not_matter_which_identity_comes_first(one, other):
    assert merge(one, other) == merge(other, one)


@given(sides, sides, sides)
def test_it_does_not_matter_in_which_order_three_are_merged(one, other, third):
    assert merge(merge(one, other), third) == merge(one, merge(other, third))


@given(sides, sides)
def test_merging_again_changes_nothing(one, other):
    assert merge(one, one) == one
    merged = merge(one, other)
    assert merge(merged, one) == merge(merged, other) == merged


@given(sides, sides)
def test_nothing_is_made_up_and_no_key_is_lost(one, other):
    merged = merge(one, other)
    assert merged.keys() == one.keys() | other.keys()
    assert all(stands in (one.get(place), other.get(place)) for place, stands in merged.items())


@given(standing, standing)
def test_a_grant_stands_only_if_it_is_later_than_what_closes_it(one, other):
    stands = later(one, other)
    if stands.status == "given":
        for side in (one, other):
            assert side.status == "given" or side.since < stands.since


@given(instants, standing, statuses)
def test_a_tie_goes_to_the_one_that_allows_less(at, one, status):
    grant = Standing("given", at, None, None, "request-1", "notice-1")
    other = Standing(status, at, one.expires_at, one.help_id, one.request_id, one.notice_id)
    if status != "given":
        assert later(grant, other) == later(other, grant) == other


@given(histories, histories)
def test_whatever_was_closed_never_comes_back_to_life(mine, theirs):
    merged = merge(standings(mine), standings(theirs))
    for place, stands in merged.items():
        if stands.status != "given":
            continue
        for history in (mine, theirs):
            of_place = [one for one in history if (one.controller_id, one.purpose, one.item) == place]
            if of_place and of_place[-1].status != "given":
                assert max(one.at for one in of_place) < stands.since


def test_a_withdrawal_made_while_the_clock_was_back_counts_after_the_grant_that_it_closed():
    place = PLACES[0]

    def step(status: Status, minute: int) -> Record:
        at = START + timedelta(minutes=minute)
        return Record("answered", status, "p", *place, None, "request-1", "notice-1", 1, at, None)

    mine, theirs = [step("given", 5), step("withdrawn", 3)], [step("given", 4)]
    assert merge(standings(mine), standings(theirs))[place].status == "withdrawn"


def test_every_status_has_its_place_in_the_order():
    for status in get_args(Status):
        assert later(Standing(status, START, None, None, None, "n"), None).status == status
        assert later(*[Standing(status, START, None, None, None, "n")] * 2) is not None
