"""
Whether an answer is a decision: a pure function of the request, the reply, the help and the instant.

Only an explicit, unambiguous answer to this very request decides. In doubt it returns "none", which grants
nothing. Source: rules 1-3 and 10 of the consent rules, invariant 5 of the architecture.
"""

from __future__ import annotations

from datetime import datetime

from consent_store.model import AnswerResult, HelpSession, PermissionRequest, Reply
from consent_store.validity import CLOCK_TOLERANCE, is_current

CLEAR_ENOUGH = 0.99
"""A typed yes counts from this confidence on (0 to 1); an exact phrase has 1.0."""

_ALLOW = "allow"


def decide(
    request: PermissionRequest | None,
    reply: Reply,
    help_session: HelpSession | None,
    *,
    notice_in_force: bool,
    now: datetime,
) -> AnswerResult:
    """
    The decision that the reply makes, or "none" with the reason. Raises nothing.

    `help_session` is the help in which the request was served, as it stands now; None if it is gone.
    `notice_in_force`: no material change of the notice has come since it was served.
    """
    if request is None:
        return _none("unknown_request")
    unfit = _why_unfit(request, reply, help_session, now)
    if unfit is not None:
        return AnswerResult("none", unfit, request.outcome if unfit == "already_answered" else None)
    return _read(reply) if notice_in_force else _none("notice_changed")


def _why_unfit(
    request: PermissionRequest, reply: Reply, help_session: HelpSession | None, now: datetime
) -> str | None:
    if reply.person_id != request.person_id:
        return "other_person"
    if reply.channel != request.channel:
        return "other_channel"
    if request.answered_at is not None:
        return "already_answered"
    if request.outcome is not None:
        return request.outcome
    if now >= request.expires_at:
        return "expired"
    if now < request.served_at - CLOCK_TOLERANCE:
        return "before_it_was_served"
    if reply.notice_hash != request.notice_hash:
        return "other_notice"
    if (
        help_session is None
        or help_session.person_id != request.person_id
        or not is_current(help_session, now)
    ):
        return "help_ended"
    return None


def _read(reply: Reply) -> AnswerResult:
    if reply.reading not in ("yes", "no", "later"):
        return _none("unclear")
    if reply.button == _ALLOW and reply.reading != "yes":
        return _none("button_and_reading_differ")
    if reply.reading == "later":
        return AnswerResult("deferred", "answered")
    if reply.button is None and (not reply.words.strip() or reply.words.lstrip().startswith("/")):
        return _none("no_words")
    return AnswerResult("refused", "answered") if reply.reading == "no" else _read_yes(reply)


def _read_yes(reply: Reply) -> AnswerResult:
    if reply.button == _ALLOW:
        return AnswerResult("given", "answered")
    if reply.button is not None:
        return _none("other_button")
    if not CLEAR_ENOUGH <= reply.confidence <= 1.0:
        return _none("low_confidence")
    return AnswerResult("given", "answered")


def _none(reason: str) -> AnswerResult:
    return AnswerResult("none", reason)
