"""
Asking for permission, and what an answer comes to.

A request is random, single-use, and bound to person, channel, help, purpose, item and the words shown. The
rule itself is in `decide`; here it meets the database, in one transaction, so that one request makes one
decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from consent_store import noticing
from consent_store.answering import answer
from consent_store.canonical import sha256_hex
from consent_store.errors import HelpNotCurrent, NoticeInvalid, NotToBeAsked
from consent_store.merging import LINK_PURPOSE
from consent_store.model import (
    AnswerResult,
    HelpSession,
    PermissionRequest,
    Reply,
    purposes_of,
)
from consent_store.notice import NoticeLike
from consent_store.part import Part, is_id, new_id
from consent_store.sql import helps, marks, notices, people, requests, states
from consent_store.sql.database import Transaction
from consent_store.validity import REQUEST_TERM, is_current, status_for_help


class Asking(Part):
    """The store's methods about permission requests."""

    def register_controller(self, controller_id: str, *, name: str, address: str, contact: str) -> None:
        """Keep who is responsible, as receipts need it."""
        self.database.write(lambda tx: notices.put_controller(tx, controller_id, name, address, contact))

    def register_notices(self, in_force: Iterable[NoticeLike]) -> None:
        """
        Say which notices are in force now; call it at start with the whole catalogue.

        After a material change the grants made under the former notice end, with their values; refusals
        stand. Raises
        NoticeInvalid.
        """
        all_in_force = list(in_force)
        self.database.write(lambda tx: _register_all(tx, all_in_force))

    def ask(
        self, person_id: str, help_id: str, notice: NoticeLike, *, channel: str, rendered_text: str
    ) -> PermissionRequest:
        """
        The request to show with exactly `rendered_text`; the open one again if it is the very same.

        Another open request of the person is closed: there is one question at a time.
        Raises HelpNotCurrent, NoticeInvalid, NotToBeAsked (answered already; see `reopen`), TooManyItems.
        """

        def work(tx: Transaction) -> PermissionRequest:
            people.lock(tx, person_id)
            session = _own_current_help(tx, person_id, help_id)
            _check_fits(notice, session, rendered_text)
            notice_id = noticing.register(tx, notice)
            _check_askable(tx, notice, session)
            helps.claim_items(tx, help_id, [notice.item])
            wanted = _request(session, notice, notice_id, channel, rendered_text, tx.now)
            return _same_or_new(tx, wanted)

        return self.database.write(work)

    def open_request(self, person_id: str) -> PermissionRequest | None:
        """The request that the person may answer now, or None."""

        def work(tx: Transaction) -> PermissionRequest | None:
            request = requests.find_open(tx, person_id)
            if request is None or tx.now >= request.expires_at:
                return None
            session = helps.find(tx, request.help_id)
            return request if session is not None and is_current(session, tx.now) else None

        return self.database.read(work)

    def answer(
        self,
        request_id: str,
        person_id: str,
        *,
        channel: str,
        reading: str,
        words: str,
        button: str | None,
        confidence: float,
        notice_hash: str,
    ) -> AnswerResult:
        """
        What the answer comes to, committed before it returns. Never raises for an answer that decides
        nothing.

        `reading`: yes, no, later or unclear. `button`: "allow" or "not_now" if one was pressed, else None.
        `confidence`: 0 to 1, how sure the reading is; 1.0 for an exact phrase. `words` are sealed as
        evidence.
        `notice_hash`: the hash of the notice that was shown. Raises StoreUnavailable, and then nothing is
        decided.
        """
        if not is_id(request_id):
            return AnswerResult("none", "unknown_request")
        said = words.encode(errors="replace").decode()  # half characters, which JSON can carry, become "?"
        reply = Reply(person_id, channel, reading, said, button, confidence, notice_hash)
        return self.database.write(lambda tx: answer(tx, self.vault, request_id, reply))


def _register_all(tx: Transaction, in_force: Iterable[NoticeLike]) -> None:
    for notice in in_force:
        noticing.register(tx, notice)


def _own_current_help(tx: Transaction, person_id: str, help_id: str) -> HelpSession:
    session = helps.find(tx, help_id)
    if session is None or session.person_id != person_id or not is_current(session, tx.now):
        raise HelpNotCurrent("help_is_over_or_not_theirs", help=help_id)
    return session


def _check_fits(notice: NoticeLike, session: HelpSession, rendered_text: str) -> None:
    if notice.purpose not in purposes_of(session.program_id):
        raise NoticeInvalid("purpose_of_another_help", purpose=notice.purpose, help=session.help_id)
    if not rendered_text.strip():
        raise NoticeInvalid("nothing_to_show", purpose=notice.purpose, item=notice.item)


def _check_askable(tx: Transaction, notice: NoticeLike, session: HelpSession) -> None:
    if marks.is_item_free(tx, session.person_id) and notice.purpose != LINK_PURPOSE:
        raise NotToBeAsked("item_free_help_only", purpose=notice.purpose, item=notice.item)
    key = (notice.purpose, notice.item)
    finding = states.findings(tx, session.person_id, [key]).get(key)
    status = status_for_help(finding, session, requested=False, now=tx.now)
    renewable = status == "given" and notice.retention_days > 0
    if status not in ("unasked", "expired") and not renewable:
        raise NotToBeAsked(f"already_{status}", purpose=notice.purpose, item=notice.item)


def _request(
    session: HelpSession, notice: NoticeLike, notice_id: str, channel: str, rendered_text: str, now: datetime
) -> PermissionRequest:
    return PermissionRequest(
        request_id=new_id(),
        person_id=session.person_id,
        help_id=session.help_id,
        controller_id=notice.controller_id,
        purpose=notice.purpose,
        item=notice.item,
        notice_id=notice_id,
        notice_hash=notice.text_hash,
        retention_days=notice.retention_days,
        channel=channel,
        language=notice.language,
        rendered_text=rendered_text,
        rendered_hash=sha256_hex(rendered_text),
        served_at=now,
        expires_at=now + REQUEST_TERM,
    )


def _same_or_new(tx: Transaction, wanted: PermissionRequest) -> PermissionRequest:
    former = requests.find_open(tx, wanted.person_id)
    if former is not None and tx.now < former.expires_at and _shown_alike(former) == _shown_alike(wanted):
        return former
    requests.close_open(tx, wanted.person_id, "superseded")
    requests.add(tx, wanted)
    return wanted


def _shown_alike(request: PermissionRequest) -> tuple[str, ...]:
    return (
        request.help_id,
        request.purpose,
        request.item,
        request.channel,
        request.notice_id,
        request.rendered_hash,
    )
