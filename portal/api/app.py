"""
Puts the API together: its routes, its refusals, and what stands before them.

A request first meets the list of origins, then the rate of its address, then the limit of its size.
"""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from portal.api import me, session
from portal.api.bodies import WholeBodies
from portal.api.context import Context
from portal.api.rates import AddressRate, Rates
from portal.api.refusals import answer_refusals
from portal.services import Services
from settings import Settings

PREFLIGHT_SECONDS = 600


def create_api(settings: Settings, services: Services) -> FastAPI:
    """The API as an application of its own, to be mounted at /api."""
    api = FastAPI(
        title="Ask First",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
    )
    rates = Rates()
    api.state.context = Context(services, settings, rates)
    answer_refusals(api)
    api.include_router(session.routes)
    api.include_router(me.routes)
    api.add_middleware(WholeBodies, most_seconds=settings.request_seconds)
    api.add_middleware(AddressRate, rates=rates, most=settings.requests_per_minute)
    api.add_middleware(
        CORSMiddleware,
        allow_origins=settings.allowed_origins,
        allow_methods=("GET", "POST"),
        allow_headers=("authorization", "content-type"),
        expose_headers=("content-disposition", "retry-after"),
        max_age=PREFLIGHT_SECONDS,
    )
    return api
