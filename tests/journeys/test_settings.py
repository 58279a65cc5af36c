"""Settings that are changed while people wait: in force at once, and nobody's call is disturbed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huying.foundation.errors import Unavailable
from huying.routing.router.requirements import Line, Requirements
from journeys.centre import BUSINESS, Centre
from journeys.queue_story import journey, plain


async def tell(centre: Centre) -> None:
    await centre.bus.publish("config.changed", {"business_id": BUSINESS, "what": "agent"})


def give(centre: Centre, agent: str, **profile: Any) -> None:
    """Another profile for an agent."""
    routing = centre.directory.configuration.routing
    settings = routing.agents[agent]
    changed = replace(settings, profile=replace(settings.profile, **profile))
    centre.reconfigure(routing=replace(routing, agents={**routing.agents, agent: changed}))


def test_a_level_that_is_edited_brings_the_waiting_call_at_once() -> None:
    async def story() -> None:
        centre = Centre(agents=2, flow=plain())
        centre.change_queue("repair", requirements=Requirements(frozenset({"repair"}), (Line("need", skill="english", level=7),)))
        async with centre:
            for agent in centre.agents:
                await centre.ready(agent)
            for number in range(3):
                centre.call(keys="", patience_seconds=900, talk_seconds=500, remote_number=f"1380000000{number}")
            await centre.until(lambda: len(centre.line()) == 3)
            line = centre.line()
            give(centre, "agent0", skills={"english": 6})
            await tell(centre)
            await centre.until(lambda: True, 2)
            assert centre.line() == line
            give(centre, "agent0", skills={"english": 7})
            await tell(centre)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 10)
            assert centre.line() == line[1:]
            assert centre.state_of("agent1") == "idle"
            give(centre, "agent0", skills={}, groups={})
            give(centre, "agent1", skills={"english": 10}, groups={"other": 3})
            centre.change_queue("repair", requirements=Requirements(frozenset({"other"})))
            await tell(centre)
            await centre.until(lambda: centre.state_of("agent1") == "talking", 10)
            assert centre.state_of("agent0") == "talking"
            assert centre.line() == line[2:]

    journey(story)


def test_what_could_not_be_read_when_it_was_told_is_read_as_soon_as_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        centre = Centre(agents=1, flow=plain())
        centre.change_queue("repair", requirements=Requirements(frozenset({"nobody"})))
        async with centre:
            await centre.ready("agent0")
            centre.call(keys="", patience_seconds=900)
            await centre.until(lambda: len(centre.line()) == 1)
            load, tries = centre.directory.load, 0

            async def away() -> Any:
                nonlocal tries
                tries += 1
                if tries <= 3:
                    raise Unavailable
                return await load()

            monkeypatch.setattr(centre.directory, "load", away)
            give(centre, "agent0", groups={"nobody": 1})
            await tell(centre)
            await tell(centre)
            await centre.until(lambda: centre.state_of("agent0") == "talking", 30)
            assert tries == 4

    journey(story)
