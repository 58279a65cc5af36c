"""How a business calls back: how often, how long, and which numbers. Plain values; reads nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallbackSettings:
    """One business's rules for callbacks."""

    most_tries: int = 2
    """Diallings that found the customer busy or not answering."""
    pause_seconds: int = 600
    """From a try that failed to the next."""
    expire_seconds: int = 86_400
    """From the request on; then it is over."""
    ring_seconds: int = 30
    after_call_when_not_reached: bool = False
    """Whether the agent gets the queue's time for after-call work when nobody answered."""
    allowed_prefixes: tuple[str, ...] = ("+86",)
    """Numbers in E.164 begin with one of these; none allows all."""
    denied_prefixes: tuple[str, ...] = ()
    own_seconds: int = 300
    """When a booked time has come: how long whoever booked it is asked before the others of the queue."""
    most_days: int = 90
    """So far ahead a time may be booked."""
    web_queues: tuple[str, ...] = ()
    """Queues (ids) that visitors of the web page may ask to be called back from."""


USUAL = CallbackSettings()
