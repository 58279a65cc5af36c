"""The one base of all errors a person may see, and the few kinds every wing shares.

A wing's own errors derive from one of the kinds; HTTP statuses are chosen in `web` alone.
"""

from __future__ import annotations


class HuyingError(Exception):
    """Something went wrong. `code` is kebab-case and stable; the message tells a person what to do."""

    code = "internal-error"

    def __init__(self, message: str = "", **details: object) -> None:
        super().__init__(message or (self.__doc__ or "").strip())
        self.message = str(self)
        self.details = details


class NotFound(HuyingError):
    """There is no such thing, or it is not yours to see."""

    code = "not-found"


class Conflict(HuyingError):
    """This cannot be done in the present state."""

    code = "conflict"


class InvalidInput(HuyingError):
    """The input is not valid."""

    code = "invalid-input"


class Forbidden(HuyingError):
    """You have no permission for this."""

    code = "forbidden"


class NotSignedIn(HuyingError):
    """Sign in first."""

    code = "not-signed-in"


class TooMany(HuyingError):
    """Too many tries: wait a little and try again."""

    code = "too-many-requests"


class Unavailable(HuyingError):
    """A part this needs does not answer at the moment: try again in a few seconds."""

    code = "unavailable"
