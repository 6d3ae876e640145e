"""Whatever a person does in whatever order, the store says and releases what a model of one page does."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from consent_store import ConsentMissing, Key, NotToBeAsked, PermissionRequest, StoreKeys, migrate, open_store
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeClock, FakeNotice, Person, remember

KEEP = f"{DEBT}.remember"
KEYS: list[Key] = [(DEBT, BALANCE), (DEBT, RATE), (KEEP, BALANCE)]
NOTICES = {KEYS[0]: FakeNotice(), KEYS[1]: FakeNotice(item=RATE), KEYS[2]: remember(days=1)}
DAY = 24 * 60
keys = st.sampled_from(KEYS)


@dataclass
class Model:
    """The rules once more, in minutes and plain dictionaries."""

    now: int = 0
    help: int = 0
    seen: int = -999
    decisions: dict[Key, tuple[str, int | None, int | None]] = field(default_factory=dict)
    values: dict[Key, tuple[str, int]] = field(default_factory=dict)
    question: tuple[Key, int] | None = None

    def goes_on(self) -> bool:
        return self.now - self.seen < 30

    def standing(self, key: Key) -> str:
        status, bound, until = self.decisions.get(key, ("unasked", None, None))
        if status in ("refused", "withdrawn") or (bound not in (None, self.help)):
            return status if bound in (None, self.help) else "unasked"
        over = (bound is not None and not self.goes_on()) or (until is not None and self.now >= until)
        return "expired" if status == "given" and over else status

    def status(self, key: Key) -> str:
        asked = self.question and self.question[0] == key and self.now < self.question[1] and self.goes_on()
        standing = self.standing(key)
        return "requested" if asked and standing in ("unasked", "expired") else standing

    def released(self) -> dict[Key, str]:
        if not self.goes_on():
            return {}
        return {
            k: v for k, (v, until) in self.values.items() if self.standing(k) == "given" and self.now < until
        }


class ConsentMachine(RuleBasedStateMachine):
    """The store and the model, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock, self.model = FakeClock(), Model()
        self.open(self.new_database())
        self.person = Person(self.store)
        self.requests: list[tuple[PermissionRequest, Key, int]] = []
        self.begin()

    def new_database(self) -> str:
        """The address of a migrated database without a row."""
        url = f"sqlite:///{Path(self.folder.name) / 'consent.db'}"
        migrate(url)
        return url

    def open(self, url: str) -> None:
        """The store through which the steps go."""
        self.store = open_store(url, keys=StoreKeys(b"m" * 32), clock=self.clock)

    @rule()
    def begin(self) -> None:
        self.person.begin()
        self.model.help, self.model.seen, self.model.question = self.model.help + 1, self.model.now, None
        self.model.values = {key: value for key, value in self.model.values.items() if key[0] == KEEP}

    @rule(minutes=st.sampled_from([1, 10, 29, 30, DAY // 2, DAY]))
    def turn_the_clock(self, minutes: int) -> None:
        self.clock.turn(minutes=minutes)
        self.model.now += minutes

    @rule()
    def say_a_word(self) -> None:
        self.store.touch_help(self.person.session.help_id)
        if self.model.goes_on():
            self.model.seen = self.model.now

    @precondition(lambda self: self.model.goes_on())
    @rule(key=keys)
    def ask(self, key: Key) -> None:
        standing = self.model.standing(key)
        askable = standing in ("unasked", "expired") or (standing == "given" and key[0] == KEEP)
        try:
            request = self.person.ask(NOTICES[key])
        except NotToBeAsked:
            assert not askable
            return
        assert askable
        if not self.requests or self.requests[-1][0] != request:
            self.requests.append((request, key, self.model.help))
            self.model.question = (key, self.model.now + 30)

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), reading=st.sampled_from(["yes", "no", "later", "unclear"]))
    def answer(self, data: st.DataObject, reading: str) -> None:
        request, key, in_help = data.draw(st.sampled_from(self.requests))
        model = self.model
        latest = request == self.requests[-1][0] and model.question is not None and in_help == model.help
        counts = latest and model.goes_on() and model.now < model.question[1] and reading != "unclear"
        status = {"yes": "given", "no": "refused", "later": "deferred"}.get(reading) if counts else "none"
        assert self.person.answer(request, reading).status == status
        if not counts:
            return
        kept = key[0] == KEEP and status == "given"
        bound = None if kept or status == "refused" else model.help
        model.decisions[key] = (status, bound, model.now + DAY if kept else None)
        model.question = None
        if status != "given":
            model.values.pop(key, None)

    @rule(key=keys, value=st.sampled_from(["7", "1200.50"]))
    def tell(self, key: Key, value: str) -> None:
        may = self.model.goes_on() and self.model.standing(key) == "given"
        try:
            self.person.tell(value, purpose=key[0], item=key[1])
        except ConsentMissing:
            assert not may
            return
        assert may
        until = self.model.decisions[key][2]
        self.model.values[key] = (value, until if until is not None else 10**9)

    @rule(key=keys)
    def withdraw(self, key: Key) -> None:
        given = self.model.decisions.get(key, ("",))[0] == "given"
        bound = self.model.decisions.get(key, ("", None))[1]
        taken_back = self.store.withdraw("person-a", purpose=key[0], item=key[1])
        if not taken_back:
            assert not given or self.model.standing(key) in ("expired", "unasked")
            return
        assert given
        assert bound in (None, self.model.help)
        self.model.decisions[key] = ("withdrawn", None, None)
        self.model.values.pop(key, None)

    @rule(key=keys)
    def reopen(self, key: Key) -> None:
        self.store.reopen("person-a", *key)
        if self.model.decisions.get(key, ("",))[0] in ("refused", "deferred", "withdrawn"):
            del self.model.decisions[key]

    @rule()
    def sweep(self) -> None:
        self.store.sweep()

    @rule()
    def forget(self) -> None:
        assert self.store.erase("person-a").verified
        self.model, self.requests = Model(now=self.model.now, help=self.model.help), []
        self.begin()

    @invariant()
    def the_store_says_what_the_model_says(self) -> None:
        found = self.store.states("person-a", self.person.session.help_id, KEYS)
        assert {key: state.status for key, state in found.items()} == {
            key: self.model.status(key) for key in KEYS
        }
        released = {key: self.person.release(key).values for key in KEYS}
        assert {k: v[k[1]] for k, v in released.items() if v} == self.model.released()
        assert {key for key, state in found.items() if state.has_value} == set(self.model.released())

    def teardown(self) -> None:
        assert self.store.verify_ledger().ok
        self.store.close()
        self.folder.cleanup()


ConsentMachine.TestCase.settings = settings(
    max_examples=15, stateful_step_count=25, suppress_health_check=list(HealthCheck)
)
test_the_store_keeps_the_rules_in_any_order = ConsentMachine.TestCase
