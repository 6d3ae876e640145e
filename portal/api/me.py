"""
A person's rights: see, take back, take along, have a receipt, be forgotten.

Each is one call of the consent store, done before it is said to be. It must never take from the request whom
it is about: that is the token's alone.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.responses import Response

from portal.api.answers import ForgetAnswer, MeAnswer, WithdrawAnswer, WithdrawnAnswer
from portal.api.context import Context, context_of
from portal.api.person import person_of
from portal.api.refusals import Refused, documented
from portal.services import Person


def _only_true(given: bool) -> bool:
    if not given:
        raise ValueError("must be true")
    return given


JSON = "application/json"
JSON_LD = "application/ld+json"
Key = Annotated[str, Field(min_length=1, max_length=100)]
Yes = Annotated[bool, AfterValidator(_only_true), Field(strict=True, json_schema_extra={"const": True})]
Mine = Annotated[Person, Depends(person_of)]
With = Annotated[Context, Depends(context_of)]

routes = APIRouter(prefix="/me")


class _Wanted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WithdrawOne(_Wanted):
    """Take back one item for one purpose."""

    purpose: Key
    item: Key


class WithdrawAll(_Wanted):
    """Take back everything."""

    all: Yes


class ForgetWanted(_Wanted):
    """Says that it is meant: it cannot be undone."""

    sure: Yes


def _document(media_type: str, form: str) -> dict[str, Any]:
    """An answer that is a file, for the OpenAPI document."""
    return {
        "description": f"A file in the form of {form}",
        "content": {media_type: {"schema": {"type": "object"}}},
        "headers": {"Content-Disposition": {"schema": {"type": "string"}}},
    }


@routes.get(
    "",
    operation_id="showMe",
    summary="What you decided and what was used",
    responses=documented("invalid_token"),
)
def show_me(person: Mine, context: With, response: Response) -> MeAnswer:
    """Never a value: those are only in the export. `Content-Language` is that of names and purposes."""
    services = context.services
    response.headers["content-language"] = context.settings.language
    overview = services.store.overview(person.person_id)
    return MeAnswer.of(overview, services.names, services.conversation_days)


@routes.post("/withdraw", operation_id="withdraw", summary="Take back", responses=documented("invalid_token"))
def withdraw(wanted: WithdrawOne | WithdrawAll, person: Mine, context: With) -> WithdrawAnswer:
    """Holds at the next read, in every process; the values are deleted with it."""
    services = context.services
    only = wanted.model_dump(include={"purpose", "item"})
    withdrawn = services.store.withdraw(person.person_id, **only)
    return WithdrawAnswer(withdrawn=tuple(WithdrawnAnswer.of(one, services.names) for one in withdrawn))


@routes.get(
    "/export",
    operation_id="export",
    summary="Everything that is kept, values and conversation included",
    responses={200: _document(JSON, "docs/export.schema.json"), **documented("invalid_token")},
    response_class=Response,
)
def export(person: Mine, context: With) -> Response:
    """A file to keep."""
    services = context.services
    document = services.store.export(person.person_id, names=services.names.spoken())
    return as_file(document, "ask-first-data.json", JSON)


@routes.get(
    "/receipt",
    operation_id="receipt",
    summary="A signed receipt of every decision",
    responses={
        200: _document(JSON_LD, "docs/receipt.schema.json"),
        **documented("invalid_token", "nothing_decided"),
    },
    response_class=Response,
)
def receipt(person: Mine, context: With) -> Response:
    """ISO/IEC TS 27560 as JSON-LD, as the chat's "my receipt" makes it. Never a value."""
    services = context.services
    issued = services.store.issue_receipt(person.person_id, services.signer, services.facts)
    if issued is None:
        raise Refused("nothing_decided")
    return as_file(issued.document, f"ask-first-receipt-{issued.receipt_id}.json", JSON_LD)


@routes.post("/forget", operation_id="forget", summary="Forget me", responses=documented("invalid_token"))
def forget(wanted: ForgetWanted, person: Mine, context: With) -> ForgetAnswer:  # noqa: ARG001, reading it is the check
    """Everything goes, also of linked chats, and is read again; the certificate says what was found."""
    services = context.services
    made = services.store.erase_with_certificate(person.person_id, services.signer, services.controller_id)
    return ForgetAnswer(certificate=dict(made.document))


def as_file(document: Mapping[str, Any], name: str, media_type: str) -> Response:
    """A download. `name`: our own words, and nothing of the person."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    try:
        content = text.encode()
    except UnicodeEncodeError:  # half a character, which a person's program sent
        content = json.dumps(document, indent=2).encode()
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
