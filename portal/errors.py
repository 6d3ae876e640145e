"""
Answers to what goes wrong: a status and nothing else.

An answer must never carry a body, so that it can never repeat what somebody sent or show how we are built.
"""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response


async def _refuse(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return Response(status_code=error.status_code, headers=error.headers)
    return Response(status_code=422)


async def _fail(_: Request, __: Exception) -> Response:
    return Response(status_code=500)


def answer_errors_without_bodies(app: FastAPI) -> None:
    """Registers the handlers for refused requests and for our own faults."""
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_exception_handler(Exception, _fail)
