"""What the API says about a person: decisions, uses, what was taken back. Never a value."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from consent_store import DecisionView, Overview, Status, UseView, Withdrawn
from programs.naming import Names


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DecisionAnswer(_Answer):
    """One decision as it stands now. `expires_at` null: until the help ends, or until it is changed."""

    program: str
    program_name: str
    purpose: str
    purpose_text: str
    item: str
    item_name: str
    status: Status
    decided_at: datetime
    expires_at: datetime | None
    has_value: bool = Field(description="Whether a value is kept and may be used. It is only in the export.")

    @classmethod
    def of(cls, one: DecisionView, names: Names) -> "DecisionAnswer":
        """The decision in words."""
        program = names.program_id(one.purpose)
        return cls(
            program=program,
            program_name=names.program(program),
            purpose=one.purpose,
            purpose_text=names.purpose(one.purpose),
            item=one.item,
            item_name=names.item(one.item),
            status=one.status,
            decided_at=one.decided_at,
            expires_at=one.expires_at,
            has_value=one.has_value,
        )


class UseAnswer(_Answer):
    """One use of what was allowed. `items` are names."""

    at: datetime
    program: str
    program_name: str
    purpose_text: str
    items: tuple[str, ...]

    @classmethod
    def of(cls, one: UseView, names: Names) -> "UseAnswer":
        """The use in words."""
        return cls(
            at=one.at,
            program=one.program_id,
            program_name=names.program(one.program_id),
            purpose_text=names.purpose(one.purpose),
            items=tuple(map(names.item, one.items)),
        )


class ConversationAnswer(_Answer):
    """For how many days what was said is kept; 0: it is not."""

    days: int


class MeAnswer(_Answer):
    """What a person allowed and refused, for what, until when, and every use of it; the newest first."""

    decisions: tuple[DecisionAnswer, ...]
    uses: tuple[UseAnswer, ...]
    conversation: ConversationAnswer

    @classmethod
    def of(cls, overview: Overview, names: Names, days: int) -> "MeAnswer":
        """An overview in words."""
        decisions = sorted(overview.decisions, key=lambda one: one.decided_at, reverse=True)
        uses = sorted(overview.uses, key=lambda one: one.at, reverse=True)
        return cls(
            decisions=tuple(DecisionAnswer.of(one, names) for one in decisions),
            uses=tuple(UseAnswer.of(one, names) for one in uses),
            conversation=ConversationAnswer(days=days),
        )


class WithdrawnAnswer(_Answer):
    """One permission that was taken back."""

    purpose: str
    purpose_text: str
    item: str
    item_name: str

    @classmethod
    def of(cls, one: Withdrawn, names: Names) -> "WithdrawnAnswer":
        """What was taken back, in words."""
        return cls(
            purpose=one.purpose,
            purpose_text=names.purpose(one.purpose),
            item=one.item,
            item_name=names.item(one.item),
        )


class WithdrawAnswer(_Answer):
    """What was taken back now; what was not given, or no longer, is not in it."""

    withdrawn: tuple[WithdrawnAnswer, ...]


class ForgetAnswer(_Answer):
    """The signed certificate of the erasure, in the form of docs/certificate.schema.json."""

    certificate: dict[str, Any]
