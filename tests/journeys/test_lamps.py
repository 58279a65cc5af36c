"""Lamps for waiting messages on agents' telephones: right at once, after our own death and the engine's, and for the right person."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.telling import tell
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import centre_with, journey


def with_telephones() -> Centre:
    """Both agents have a telephone besides the browser."""
    centre = centre_with(agents=2)
    configuration = centre.directory.configuration
    desks = [replace(one, name=f"desk-{configuration.account_owners[one.name]}", kind="phone") for one in configuration.accounts]
    owners = {one.name: one.name.removeprefix("desk-") for one in desks}
    centre.reconfigure(accounts=[*configuration.accounts, *desks], account_owners={**configuration.account_owners, **owners})
    return centre


def test_lamps_show_what_is_in_ones_own_mailbox() -> None:
    async def story() -> None:
        async with with_telephones() as centre:
            lamps = centre.engine.lamps
            await centre.until(lambda: lamps == {"desk-agent0": (0, 0), "desk-agent1": (0, 0)})
            await asyncio.sleep(2)
            centre.directory.mailbox["agent1"] = (1, 0)
            await tell(centre.bus, BUSINESS, {"agent1"}, WORK_TOPIC)
            await asyncio.sleep(0.5)
            assert lamps == {"desk-agent0": (0, 0), "desk-agent1": (1, 0)}
            centre.directory.mailbox["agent1"] = (0, 1)  # heard, which is told to nobody
            await asyncio.sleep(12)
            assert lamps["desk-agent1"] == (0, 1)

    journey(story)


def test_what_changed_while_we_or_the_engine_were_dead_is_shown() -> None:
    async def story() -> None:
        async with with_telephones() as centre:
            lamps = centre.engine.lamps
            centre.directory.mailbox["agent0"] = (2, 0)
            await centre.until(lambda: lamps.get("desk-agent0") == (2, 0), 20)
            await centre.kill()
            centre.directory.mailbox.clear()
            await centre.start()
            await centre.until(lambda: lamps["desk-agent0"] == (0, 0), 20)
            centre.engine.restart(5)
            centre.directory.mailbox["agent0"] = (3, 0)
            await tell(centre.bus, BUSINESS, {"agent0"}, WORK_TOPIC)
            await asyncio.sleep(3)
            assert lamps["desk-agent0"] == (0, 0)
            await centre.until(lambda: lamps["desk-agent0"] == (3, 0), 30)

    journey(story)
