"""What stories of a telephone's keypad are told with: a talk, and the keys that are pressed in it or dialled."""

from __future__ import annotations

from typing import Any

from huying.channels.voice.call.state import CallState
from huying.telephony.simulator import Caller
from journeys.centre import Centre
from journeys.dialling_centre import ready


def dials(centre: Centre, agent: str, number: str, keys: str = "", **more: Any) -> str:
    """The agent's own telephone calls."""
    caller = Caller(number_called=number, account=f"phone-{agent}", keys=keys, **{"talk_seconds": 600, "patience_seconds": 600, **more})
    return centre.engine.place_call(caller)


async def talk(centre: Centre) -> str:
    """agent0 talks with a customer; the contact."""
    await ready(centre, "agent0")
    centre.call(talk_seconds=900, patience_seconds=900)
    await centre.until(lambda: centre.state_of("agent0") == "talking")
    return next(iter(centre.process.switchboard.owners))


def state(centre: Centre, contact_id: str) -> CallState:
    return centre.process.switchboard.owners[contact_id].call.state


def presses(centre: Centre, contact_id: str, keys: str) -> None:
    segment = state(centre, contact_id).segment
    assert segment
    for key in keys:
        centre.engine.far_end_presses(segment.leg_id, key)
