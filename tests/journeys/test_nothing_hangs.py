"""Whoever asks something of a call that ends in that very moment gets an answer, and nothing of it is left behind."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from huying.channels.voice.call import words as w
from huying.channels.voice.visitors import MOST_AT_ONCE
from huying.foundation.errors import Conflict
from huying.telephony.simulator import Caller, Phone
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import centre_with, journey, ready
from journeys.keypad_story import dials


def test_what_is_asked_of_a_call_that_is_over_is_refused() -> None:
    async def story() -> None:
        async with Centre() as centre:
            leg = centre.call()
            await centre.until(lambda: bool(centre.process.switchboard.owners))
            owner = next(iter(centre.process.switchboard.owners.values()))
            centre.engine.far_end_hangs_up(leg)
            await centre.until(lambda: not centre.process.switchboard.owners)
            with pytest.raises(Conflict):
                async with asyncio.timeout(60):
                    await owner.ask(w.HangUpAsked("agent0"))

    journey(story)


def test_a_telephone_that_picks_up_a_call_that_ends_meanwhile_is_let_go() -> None:
    async def story() -> None:
        async with centre_with() as centre:
            await ready(centre, "agent0", Phone("silent"))
            centre.engine.register_phone("phone-agent1")
            customer = centre.call(patience_seconds=900)
            await centre.until(lambda: centre.state_of("agent0") == "ringing")
            answer = centre.engine.answer

            async def slowly(leg_id: str) -> None:
                await answer(leg_id)
                centre.engine.far_end_hangs_up(customer)
                await centre.until(lambda: not centre.process.switchboard.owners, 60)

            centre.engine.answer = slowly  # type: ignore[method-assign]
            leg = dials(centre, "agent1", "*80")
            await asyncio.sleep(60)
            assert leg not in (await centre.engine.snapshot()).legs
            assert not centre.process.switchboard.knows_leg(leg)

    journey(story)


def test_a_visitor_whose_entry_was_closed_meanwhile_keeps_nobodys_place() -> None:
    async def story() -> None:
        async with Centre() as centre:
            visitors = [await centre.client.create_visitor(BUSINESS, "service", "en") for _ in range(MOST_AT_ONCE)]
            entries = {key: entry for key, entry in centre.directory.configuration.entries.items() if key[0] != "web"}
            assert centre.process.switchboard.configuration
            everything = centre.process.switchboard.configuration
            centre.process.switchboard.configuration = dataclasses.replace(everything, entries=entries)
            for visitor in visitors:
                centre.engine.place_call(Caller(account=visitor.account, number_called="service"))
            await asyncio.sleep(2)
            centre.process.switchboard.configuration = everything
            await centre.client.create_visitor(BUSINESS, "service", "en")

    journey(story)
