"""
What the API answers when it does not do what was asked: a code, and a sentence that says what to do.

It must never repeat anything of the request, nor say how we are built. The sentences are in refusals.yml.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, TypeAdapter
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from consent_store import StoreUnavailable

_FILE = Path(__file__).with_name("refusals.yml")
_OF_STATUS = {404: "not_found", 405: "method_not_allowed"}
RETRY_SECONDS = "5"


class Refused(Exception):
    """The request is not done. `code` is one of refusals.yml."""

    def __init__(self, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.headers = dict(headers or {})


class Refusal(BaseModel):
    """The body of every answer that is no success."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    error: str
    what_to_do: str


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    status: int
    what_to_do: str


@cache
def _written() -> Mapping[str, _Written]:
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, _Written]).validate_python(content)


def answer(code: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer for a code of refusals.yml."""
    written = _written()[code]
    body = Refusal(error=code, what_to_do=written.what_to_do)
    return JSONResponse(body.model_dump(), written.status, headers=dict(headers or {}))


def documented(*codes: str) -> dict[int | str, dict[str, object]]:
    """The refusals of a route, for the OpenAPI document; those that every route has come by themselves."""
    every: dict[int | str, list[str]] = {}
    for code in (*codes, "bad_request", "too_large", "too_many_requests", "store_unavailable"):
        every.setdefault(_written()[code].status, []).append(code)
    return {status: {"model": Refusal, "description": " or ".join(named)} for status, named in every.items()}


def answer_refusals(app: FastAPI) -> None:
    """Registers the handlers for everything that is no success, our own faults included."""

    async def refused(_: Request, error: Exception) -> JSONResponse:
        if isinstance(error, Refused):
            return answer(error.code, error.headers)
        if isinstance(error, HTTPException):
            return answer(_OF_STATUS.get(error.status_code, "bad_request"), error.headers)
        if isinstance(error, RequestValidationError):
            return answer("bad_request")
        if isinstance(error, StoreUnavailable):
            return answer("store_unavailable", {"retry-after": RETRY_SECONDS})
        return answer("own_fault")

    for kind in (Refused, HTTPException, RequestValidationError, StoreUnavailable, Exception):
        app.add_exception_handler(kind, refused)
