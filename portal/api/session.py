"""
Tokens for the widget: for anybody, or for whom a website says somebody is.

It must never tell why the word of a website does not count.
"""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from portal.api.context import Context, context_of
from portal.api.rates import address_of
from portal.api.refusals import Refused, documented
from portal.identity import IdentityRefused
from sealing import token

routes = APIRouter()


class SessionWanted(BaseModel):
    """Who wants a token: nobody in particular, or whom a website signed for."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    identity: Annotated[
        str | None,
        Field(description="A JSON web token that the website signed."),
    ] = None


class Session(BaseModel):
    """A token, where the assistant is, and until when the token holds (null: until it is thrown away)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: str
    assistant: str
    expires_at: datetime | None


@routes.post(
    "/session",
    operation_id="startSession",
    summary="A token for a conversation",
    responses=documented("identity_not_configured", "invalid_identity"),
)
def start_session(
    request: Request, wanted: SessionWanted, context: Annotated[Context, Depends(context_of)]
) -> Session:
    """Without `identity` the token opens a conversation that nobody had before."""
    settings, services = context.settings, context.services
    address = address_of(request.scope)
    context.rates.spend("session", settings.sessions_per_minute, address)
    context.rates.spend("session_hourly", settings.sessions_per_hour, address, hourly=True)
    if wanted.identity is None:
        issued, expires_at = token.issue(services.token_key), None
    else:
        issued, expires_at = _issued_for(context, wanted.identity)
    return Session(token=issued, assistant=settings.assistant_origin, expires_at=expires_at)


def _issued_for(context: Context, signed: str) -> tuple[str, datetime]:
    services = context.services
    if services.identities is None:
        raise Refused("identity_not_configured")
    try:
        one = services.identities.read(signed, services.now().timestamp())
    except IdentityRefused:
        raise Refused("invalid_identity") from None
    issued = token.issue_for(services.token_key, one.issuer, one.subject, one.expires_at)
    return issued, datetime.fromtimestamp(one.expires_at, UTC)
