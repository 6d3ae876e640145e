"""What the tests of the consent store share: a clock to turn by hand, notices, and one person who talks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from consent_store import AnswerResult, ConsentStore, HelpSession, Key, PermissionRequest, Release, migrate
from consent_store.canonical import sha256_hex

DEBT = "debt_payoff"
CARD = "card_delivery"
BALANCE = "debt_balance_eur"
RATE = "yearly_rate_percent"
PAYMENT = "monthly_payment_eur"
START = datetime(2026, 5, 3, 10, 0, tzinfo=UTC)


def empty_database(path: Path) -> str:
    """The address of a new SQLite database in that file, as migrating leaves it."""
    path.touch(0o600)
    path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "consent.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()


@dataclass
class FakeClock:
    """Stands still until it is turned."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class FakeNotice:
    """A notice with all facts; the words carry the key, as real ones do."""

    purpose: str = DEBT
    item: str = BALANCE
    language: str = "en"
    version: int = 1
    material: bool = False
    controller_id: str = "harbour_bank"
    purpose_text: str = "work out how soon your debt could be paid off"
    item_name: str = "what you still owe"
    why: str = "the months follow from it"
    retention_days: int = 0
    retention_text: str = "for this help only"
    recipients_text: str = "nobody else"
    withdraw_text: str = "say: take it back"
    on_no_text: str = "I help you all the same"
    said: str = "May I use it?"

    @property
    def text(self) -> str:
        return f"{self.said} {self.item_name} ({self.item}) to {self.purpose_text} ({self.purpose})"

    @property
    def text_hash(self) -> str:
        return sha256_hex(self.text)


def remember(item: str = BALANCE, days: int = 180) -> FakeNotice:
    """The notice of keeping an item for the next time."""
    return FakeNotice(
        purpose=f"{DEBT}.remember", item=item, retention_days=days, purpose_text="keep it for you"
    )


@dataclass
class Person:
    """One person who talks to the assistant; the store is asked the way the actions ask it."""

    store: ConsentStore
    person_id: str = "person-a"
    channel: str = "widget"
    session: HelpSession = field(init=False)

    def begin(self, program_id: str = DEBT) -> HelpSession:
        self.session = self.store.begin_help(self.person_id, program_id, self.channel)
        return self.session

    def ask(self, notice: FakeNotice | None = None) -> PermissionRequest:
        notice = notice or FakeNotice()
        return self.store.ask(
            self.person_id, self.session.help_id, notice, channel=self.channel, rendered_text=notice.text
        )

    def answer(
        self,
        request: PermissionRequest,
        reading: str = "yes",
        *,
        words: str = "yes, you may",
        button: str | None = None,
        confidence: float = 1.0,
        person_id: str | None = None,
        channel: str | None = None,
        notice_hash: str | None = None,
    ) -> AnswerResult:
        return self.store.answer(
            request.request_id,
            person_id or self.person_id,
            channel=channel or self.channel,
            reading=reading,
            words=words,
            button=button,
            confidence=confidence,
            notice_hash=notice_hash or request.notice_hash,
        )

    def allow(self, notice: FakeNotice | None = None) -> AnswerResult:
        return self.answer(self.ask(notice), button="allow", words="Allow")

    def refuse(self, notice: FakeNotice | None = None) -> AnswerResult:
        return self.answer(self.ask(notice), "no", words="no, thanks")

    def tell(self, value: str = "1200.50", *, purpose: str = DEBT, item: str = BALANCE) -> None:
        self.store.keep_value(self.person_id, purpose, item, value, self.session.help_id)

    def allow_and_tell(self, value: str = "1200.50", *, item: str = BALANCE) -> None:
        assert self.allow(FakeNotice(item=item)).status == "given"
        self.tell(value, item=item)

    def remembers(self, item: str = BALANCE) -> None:
        assert self.allow(remember(item)).status == "given"
        self.store.keep_remembered(self.person_id, DEBT, item, self.session.help_id)

    def release(self, *keys: Key, program_id: str = DEBT) -> Release:
        wanted: Sequence[Key] = keys or ((DEBT, BALANCE),)
        return self.store.release(self.person_id, self.session.help_id, wanted, program_id=program_id)

    def status(self, purpose: str = DEBT, item: str = BALANCE) -> str:
        key = (purpose, item)
        return self.store.states(self.person_id, self.session.help_id, [key])[key].status
