"""A centre whose queue lets people leave by a key, and what the journeys of those who do ask of it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from huying.flows.graph import Flow
from huying.routing.router.requirements import Action
from huying.telephony.simulator import Phone
from journeys.centre import Centre
from journeys.queue_story import plain

HERE, OTHER = "13800000000", "02081234567"
KEYS = {"1": Action("callback"), "2": Action("voicemail")}
HOME = Phone(answer_after_seconds=3, talk_seconds=20)


def centre_with(agents: int = 1, flow: Flow | None = None, **rules: Any) -> Centre:
    """A centre whose repair queue lets people leave by a key."""
    centre = Centre(agents=agents, flow=flow or plain())
    centre.change_queue("repair", **{"keys": KEYS, **rules})
    for number in (HERE, OTHER):
        centre.engine.put_far_number(number, HOME)
    return centre


async def over(centre: Centre, seconds: float = 200) -> None:
    """Wait until nobody is in the centre."""
    await asyncio.sleep(1)
    await centre.until(lambda: not centre.process.switchboard.owners, seconds)
    assert not centre.engine._world.legs


def since(stay: dict[str, Any]) -> datetime:
    """What the wait counts from."""
    return datetime.fromisoformat(stay["waiting_since"]) if stay["waiting_since"] else stay["at"]


async def events(centre: Centre, kind: str) -> list[dict[str, Any]]:
    """All events of a kind."""
    return [entry.event.data() for entry in await centre.entries() if entry.kind == kind]
