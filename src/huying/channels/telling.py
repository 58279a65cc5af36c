"""Word to the browsers of certain people that something of theirs has changed. What it is they read from the database again."""

from __future__ import annotations

from collections.abc import Collection

from huying.foundation.bus.port import Bus

TOLD_SUBJECT = "desk.told"
COLLEAGUES = "colleagues"
"""The topic of the live feed with a person's rooms, notices and requests for help."""


async def tell(bus: Bus, business_id: str, people: Collection[str] | None, topic: str = COLLEAGUES) -> None:
    """After the commit: these people's rows of the topic have changed; None for everybody's."""
    if people is None or people:
        await bus.publish(TOLD_SUBJECT, {"business_id": business_id, "topic": topic, "people": None if people is None else sorted(people)})
