"""How errors of ours cross the bus: as {code, message, details}, and back as the same class. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from huying.foundation.errors import HuyingError


def error_to_json(error: Exception) -> dict[str, Any]:
    """The form that travels. What is no error of ours becomes an internal error without its text."""
    if isinstance(error, HuyingError):
        return {"code": error.code, "message": error.message, "details": {name: _plain(value) for name, value in error.details.items()}}
    return {"code": HuyingError.code, "message": "", "details": {}}


def error_from_json(value: Mapping[str, Any]) -> HuyingError:
    """The error of that form: the class with this code if it is known here, else the base with the code set."""
    code, message = str(value.get("code", HuyingError.code)), str(value.get("message", ""))
    details = {str(name): item for name, item in dict(value.get("details") or {}).items() if name != "message"}
    for kind in _kinds(HuyingError):
        if kind.code == code:
            return kind(message, **details)
    error = HuyingError(message, **details)
    error.code = code
    return error


def _kinds(kind: type[HuyingError]) -> Iterator[type[HuyingError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


def _plain(value: object) -> object:
    """What JSON knows goes as it is, so that yes stays yes; the rest as text."""
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
