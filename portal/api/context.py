"""What every route works with: the services, the settings, and what is left of the rates."""

from dataclasses import dataclass

from fastapi import Request

from portal.api.rates import Rates
from portal.services import Services
from settings import Settings


@dataclass(frozen=True)
class Context:
    """Made once, when the API is put together."""

    services: Services
    settings: Settings
    rates: Rates


def context_of(request: Request) -> Context:
    """The context of the API that a request came to."""
    context: Context = request.app.state.context
    return context
