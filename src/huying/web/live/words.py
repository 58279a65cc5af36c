"""The messages of the live feed, both ways. What a client may say is checked here; unknown messages raise InvalidInput."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from huying.foundation.errors import HuyingError, InvalidInput
from huying.web.live.topic import Change, Place, Snapshot

LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Watch a topic under an id that the client chose, from a place it knows."""

    id: str
    topic: str
    after: Place | None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Watch no more."""

    id: str


@dataclass(frozen=True, slots=True)
class Ping:
    """I am here; `at` comes back in the pong."""

    at: float


@dataclass(frozen=True, slots=True)
class Pong:
    """The answer to our ping."""


Said = Subscribe | Unsubscribe | Ping | Pong


def understand(text: str) -> Said:
    """What the client said. Raises InvalidInput."""
    if len(text) > LONGEST:
        raise InvalidInput("The message is too long.")
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:  # text that opens thousands of brackets
        raise InvalidInput("Messages are JSON objects.") from error
    if not isinstance(message, dict):
        raise InvalidInput("Messages are JSON objects.")
    kind = message.get("type")
    if kind == "ping":
        at = message.get("at", 0)
        return Ping(at if isinstance(at, int | float) else 0)
    if kind == "pong":
        return Pong()
    if kind == "subscribe":
        return Subscribe(_text(message, "id"), _text(message, "topic"), _place(message.get("after")))
    if kind == "unsubscribe":
        return Unsubscribe(_text(message, "id"))
    raise InvalidInput("The message's type is subscribe, unsubscribe, ping or pong.")


def snapshot_message(subscription: str, snapshot: Snapshot) -> str:
    """The whole table."""
    return _json(type="snapshot", id=subscription, epoch=snapshot.epoch, number=snapshot.number, rows=snapshot.rows)


def change_message(subscription: str, change: Change) -> str:
    """One numbered change."""
    return _json(type="change", id=subscription, number=change.number, set=change.set, removed=change.removed)


def error_message(subscription: str, error: HuyingError) -> str:
    """Why a subscription is not (or no longer) served."""
    return _json(type="error", id=subscription, error={"code": error.code, "message": error.message, "details": error.details})


def ping_message(at: float) -> str:
    """Are you there? Any message of the client is an answer."""
    return _json(type="ping", at=at)


def pong_message(at: float) -> str:
    """The answer to a ping."""
    return _json(type="pong", at=at)


def _json(**message: object) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=str)


def _text(message: Mapping[str, object], name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise InvalidInput(f"{name} is a short text.", field=name)
    return value


def _place(value: object) -> Place | None:
    if isinstance(value, Mapping) and isinstance(epoch := value.get("epoch"), str) and isinstance(number := value.get("number"), int):
        return Place(epoch, number)
    return None
