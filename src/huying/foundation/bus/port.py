"""The bus's port. Messages are JSON objects; delivery is at most once: whoever needs more reads the journal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

Message = Mapping[str, Any]
Listener = Callable[[str, Message], Awaitable[None]]
"""Takes the subject and the message."""
Answerer = Callable[[Message], Awaitable[Message]]


class Subscription(Protocol):
    """A running subscription."""

    async def stop(self) -> None:
        """No message arrives after this returns."""


class Bus(Protocol):
    """Publish, subscribe, and ask one answerer."""

    async def publish(self, subject: str, message: Message) -> None:
        """Send to everyone who listens now. Subjects are dot-separated words; never raises while the bus is away (the message is lost)."""

    async def subscribe(self, subject: str, listener: Listener) -> Subscription:
        """Listen; `*` stands for one word and a final `>` for all that follow. Lives on through reconnects."""

    async def answer(self, subject: str, answerer: Answerer) -> Subscription:
        """Answer questions on the subject; an error of ours that the answerer raises reaches the asker as the same kind of error."""

    async def ask(self, subject: str, message: Message, timeout_seconds: float = 3.0) -> Message:
        """The answer of whoever answers the subject. Raises Unavailable when nobody does in time, or the answerer's error."""

    async def close(self) -> None:
        """Leave the bus."""
