"""Everything at once, at random moments, among customers who have themselves called back, call again, and leave messages."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from huying.channels.callback.settings import CallbackSettings
from huying.routing.router.requirements import Action
from huying.routing.router.work import Door
from huying.telephony.simulator import Caller, Phone
from huying.telephony.virtual_time import run_virtual
from journeys.centre import BUSINESS, NUMBER, QUEUES, Centre
from journeys.test_storm import BEHAVIOURS, Storm, check_streams, slow_down

NUMBERS = [f"1380013800{digit}" for digit in range(8)]
SCRIPTS = ("1ww5w1", "1w5w2w13900139000#w1", "2ww5w*", "1ww6" + "w" * 15 + "#", "2w6", "1", "3", "1ww5", "1w5w2w110#w1w*", "2ww5w1")
SETTLE_SECONDS = 2500


class CallbackStorm(Storm):
    """Besides what a storm does: callbacks by key and from the page, people at home of all kinds, messages."""

    def __init__(self, centre: Centre, dice: Random) -> None:
        super().__init__(centre, dice)
        self.deeds += [*([self.wish] * 4), *([self.cancel] * 2), *([self.live] * 8)]

    async def call(self) -> None:
        number = self.dice.choice([*NUMBERS, "anonymous"])
        caller = Caller(
            number_called=NUMBER,
            remote_number=number,
            keys=self.dice.choice(SCRIPTS),
            patience_seconds=self.dice.uniform(1, 90),
            talk_seconds=self.dice.uniform(0, 40),
            tone=self.dice.choice([0, 440]),
        )
        self.centre.engine.place_call(caller)

    async def live(self) -> None:
        how = Phone(self.dice.choice(BEHAVIOURS), answer_after_seconds=self.dice.uniform(0, 25), talk_seconds=self.dice.uniform(0, 40))
        self.centre.engine.put_far_number(self.dice.choice(NUMBERS), how)

    async def wish(self) -> None:
        await self.centre.client.request_callback(BUSINESS, "service", self.dice.choice(QUEUES), self.dice.choice(NUMBERS), "", "en")

    async def cancel(self) -> None:
        owners = [owner.contact_id for owner in self.centre.process.switchboard.owners.values() if owner.call.state.virtual]
        if owners:
            await self.centre.client.cancel_callback(BUSINESS, self.dice.choice(owners))


def stormy() -> Centre:
    """Every queue lets people leave; callbacks are tried again soon and are not kept for ever."""
    centre = Centre(agents=4, after_call_seconds=5)
    keys = {"5": Action("callback"), "6": Action("voicemail")}
    for queue in QUEUES:
        centre.change_queue(queue, keys=keys)
    centre.change_queue("product", door=Door(most_seconds=40, actions={"timeout": Action("callback")}))
    centre.change_queue("complaints", door=Door(most_waiting=2, actions={"full": Action("voicemail")}))
    terms: dict[str, Any] = {"most_tries": 2, "pause_seconds": 60, "expire_seconds": 1200, "ring_seconds": 20}
    centre.directory.configuration = replace(centre.directory.configuration, callbacks={BUSINESS: CallbackSettings(**terms)})
    return centre


@pytest.mark.parametrize("seed", range(6))
def test_a_storm_of_callbacks_leaves_nobody_in_the_air(seed: int) -> None:
    async def story() -> None:
        async with stormy() as centre:
            slow_down(centre, Random(seed))
            await CallbackStorm(centre, Random(seed)).run()
            await asyncio.sleep(SETTLE_SECONDS)
            assert not centre.process.switchboard.owners
            snapshot = await centre.engine.snapshot()
            assert not snapshot.legs
            assert not snapshot.bridges
            assert not centre.process.routing.router.item_ids()
            assert not centre.process.routing.router.offers()
            kinds = [await centre.entries(stream) for stream in ("contact", "agent", "system")]
            check_streams([entry for entries in kinds for entry in entries])
            journal = kinds[0]
            called_back = sum(entry.kind == "QueueEntryEnded" and entry.event.data()["ending"] == "called_back" for entry in journal)
            begun = [entry for entry in journal if entry.kind == "QueueEntered" and entry.event.data()["origin"] == "callback"]
            assert 0 < called_back <= len(begun)
            promised = {entry.stream_id for entry in journal if entry.kind == "CallbackRequested"}
            kept = {one.contact_id for one in centre.directory.interactions.values() if one.channel == "callback"}
            assert promised <= kept
            messages = [entry.event.data()["recording_id"] for entry in journal if entry.kind == "MessageStarted"]
            assert messages

    run_virtual(story())
