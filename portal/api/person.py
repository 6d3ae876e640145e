"""
Who asks: the person whose token came along.

It must never tell why a token does not count: a foreign one, an old one and none get the same answer.
"""

from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from portal.api.context import Context, context_of
from portal.api.refusals import Refused
from portal.services import Person

_bearer = HTTPBearer(auto_error=False, description="The token that POST /session gave.")


def person_of(
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    context: Annotated[Context, Depends(context_of)],
) -> Person:
    """The person. Raises Refused: no token of ours, or too many requests."""
    person = context.services.person(given.credentials) if given else None
    if person is None:
        raise Refused("invalid_token", {"www-authenticate": "Bearer"})
    most = context.settings.requests_per_minute_and_token
    context.rates.spend("request of a person", most, person.conversation)
    return person
