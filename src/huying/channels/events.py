"""What a contact of any channel writes into its stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class ContactEntered(Event):
    """A customer reached the centre. First entry of every contact stream. The number itself stands in the interaction's row."""

    channel: str
    """phone, web_call, callback"""
    direction: str
    """inbound, outbound"""
    entry_point: str
    """The number called, or the name of the web entry."""
    customer_id: str
    language: str
    leg_id: str
    """Empty for a callback, whose customer is not on the line."""


@dataclass(frozen=True, slots=True)
class ContactEnded(Event):
    """The contact is over; closes the stream.

    `cause`: customer_hung_up, agent_hung_up, forward_hung_up, flow_ended, engine_lost, refused, supervisor, system; of callbacks also
    not_reached, expired, caller_returned, cancelled, number_gone.
    """

    closes_stream: ClassVar[bool] = True

    cause: str
    duration_seconds: float
