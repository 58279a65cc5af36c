"""Errors of ours as HTTP answers: the one place where a status is chosen. Nothing of an unknown error is told to the outside."""

from __future__ import annotations

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from huying.foundation.errors import Conflict, Forbidden, HuyingError, InvalidInput, NotFound, NotSignedIn, TooMany, Unavailable

log = structlog.get_logger(__name__)

STATUS: dict[type[HuyingError], int] = {
    NotFound: 404,
    Conflict: 409,
    InvalidInput: 422,
    Forbidden: 403,
    NotSignedIn: 401,
    TooMany: 429,
    Unavailable: 503,
}
_PLAIN = {404: NotFound.code, 405: "method-not-allowed", 413: "too-large", 415: "unsupported-media-type", 400: "bad-request"}


def status_of(error: HuyingError) -> int:
    """The HTTP status of an error: that of its nearest kind, 500 for none."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return 500


def error_body(code: str, message: str, details: object | None = None) -> dict[str, object]:
    """The one form of an error in every answer."""
    return {"error": {"code": code, "message": message, "details": details or {}}}


def mount_errors(app: FastAPI) -> None:
    """Answer every error in the one form."""
    app.add_exception_handler(HuyingError, _of_ours)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(OverflowError, _beyond_reckoning)
    app.add_exception_handler(Exception, _unknown)


async def _of_ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HuyingError)
    status = status_of(error)
    if status >= 500:
        log.error("request failed", path=request.url.path, code=error.code, message=error.message)
    headers = {"Retry-After": str(error.details.get("retry_after_seconds", 5))} if status in (429, 503) else None
    return JSONResponse(error_body(error.code, error.message, jsonable_encoder(error.details)), status, headers)


async def _of_validation(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [{"field": ".".join(str(part) for part in item["loc"]), "message": item["msg"]} for item in error.errors()]
    return JSONResponse(error_body(InvalidInput.code, "The input is not valid: see the fields.", {"fields": fields}), 422)


async def _of_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse(error_body(_PLAIN.get(error.status_code, "refused"), str(error.detail)), error.status_code, error.headers)


async def _beyond_reckoning(request: Request, error: Exception) -> JSONResponse:
    """A day at the end of the calendar, which has no next one or no UTC; nothing but input can be so far away."""
    log.warning("request beyond reckoning", path=request.url.path, exc_info=error)
    return JSONResponse(error_body(InvalidInput.code, "A time or a number is too far away to reckon with: choose a nearer one."), 422)


async def _unknown(request: Request, error: Exception) -> JSONResponse:
    log.exception("request failed", path=request.url.path, exc_info=error)
    return JSONResponse(
        error_body(HuyingError.code, "Something went wrong on our side. Try again; if it stays, tell the administrator."), 500
    )


ERROR_SCHEMA = {
    "ErrorAnswer": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["code", "message", "details"],
                "properties": {
                    "code": {"type": "string", "description": "Stable, in kebab-case"},
                    "message": {"type": "string", "description": "What to do, in English"},
                    "details": {"type": "object", "additionalProperties": True},
                },
            }
        },
    }
}
"""The form of an error in the API description."""
