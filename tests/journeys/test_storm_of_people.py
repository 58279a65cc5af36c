"""All that people do to each other's calls, at random moments, with our death and the engine's: nobody is left in the air."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from huying.channels.callback.settings import CallbackSettings
from huying.channels.dialling.permissions import Person
from huying.channels.dialling.plan import Inner
from huying.channels.reach.reach import ReachSettings, Target
from huying.channels.voice.call.monitoring import MODES
from huying.foundation.errors import HuyingError
from huying.telephony.port import Gone
from huying.telephony.simulator import Phone
from huying.telephony.virtual_time import virtual_clock
from journeys.centre import BUSINESS, Centre
from journeys.dialling_centre import DIRECT, NUMBER, centre_with, journey, nothing_is_left
from journeys.keypad_story import dials
from journeys.test_storm import SETTLE_SECONDS, Storm, check_streams, slow_down

AGENTS, BUSY_SECONDS, BOOKED_SECONDS = 5, 420, 240
QUEUE, FLOW = "8802", "8890"
CODES = ("*4", "*5", "*6", "*7", "*8", "*9", "*1", "*2{}#", "*3{}#", "*3*{}#", "*0{}#", "12**")
DIALLED = ("{}", "*{}", "*80", "*84{}", "*85701", "*90{}", "*21", "*22", "*23", "*24", "*66", "*67{}", "*72{}", "*73", "*78", "*79", "*97")


def centre() -> Centre:
    """Everybody may do everything; one lets calls wait, one passes on, a queue and the flow have numbers."""
    reach = {
        "agent0": ReachSettings(call_waiting=True),
        "agent1": ReachSettings(busy=Target("number", number=QUEUE), no_answer=Target("agent", "agent2"), no_answer_seconds=8),
        "agent2": ReachSettings(no_answer=Target("number", number=FLOW), no_answer_seconds=8),
    }
    made = centre_with(Phone(answer_after_seconds=4, talk_seconds=25), AGENTS, reach=reach)
    given = made.directory.configuration
    flow_id = next(iter(given.flows))
    people = {agent: Person(agent, frozenset({"agent", "lead"})) for agent in made.agents}
    numbered = {QUEUE: Inner("queue", "product"), FLOW: Inner("flow", flow_id)}
    plan = replace(given.dial_plans[BUSINESS], people=people, numbered=numbered)
    callbacks = {BUSINESS: CallbackSettings(pause_seconds=20, expire_seconds=120, own_seconds=20)}
    made.reconfigure(dial_plans={BUSINESS: plan}, flow_owners={flow_id: BUSINESS}, callbacks=callbacks)
    return made


class People(Storm):
    """A storm of what people do with other people in a call."""

    def __init__(self, centre: Centre, dice: Random) -> None:
        super().__init__(centre, dice)
        self.deeds = [
            *([self.call] * 10),
            *([self.direct, self.work, self.desk, self.dial, self.phone_dials] * 4),
            *([self.people] * 30),
            *([self.keys] * 12),
            *([self.monitor, self.book, self.customer_presses, self.rest, self.unplug, self.hang_up, self.lose_network] * 2),
            *([self.break_connection, self.die] * 3),
            self.engine_dies,
        ]

    async def run(self) -> None:
        for agent in self.centre.agents:
            await self.centre.ready(agent, Phone(talk_seconds=60))
        loop = asyncio.get_running_loop()
        end = loop.time() + BUSY_SECONDS
        while loop.time() < end:
            with contextlib.suppress(HuyingError):
                await self.dice.choice(self.deeds)()
            await asyncio.sleep(self.dice.expovariate(0.7))
        await asyncio.sleep(BOOKED_SECONDS)
        for agent in self.centre.agents:  # whoever has gone or rests is there again: who waits for him does not wait in vain
            await self.centre.ready(agent, Phone(talk_seconds=30))
        await asyncio.sleep(SETTLE_SECONDS + 3 * BOOKED_SECONDS)

    def _target(self) -> dict[str, str]:
        kind = self.dice.choice(["agent", "agent", "agent", "queue", "number", "inner", "flow", "mailbox"])
        match kind:
            case "agent" | "mailbox":
                return {"kind": kind, "id": self.agent()}
            case "queue":
                return {"kind": kind, "id": self.dice.choice(["repair", "product"])}
            case "flow":
                return {"kind": kind, "id": next(iter(self.centre.directory.configuration.flows))}
            case "inner":
                return {"kind": "number", "number": self.dice.choice([QUEUE, FLOW, "8001", "*8002"])}
        return {"kind": "number", "number": NUMBER}

    def _contact(self) -> str:
        owners = sorted(self.centre.process.switchboard.owners)
        return self.dice.choice(owners) if owners else ""

    def _who(self, contact: str) -> str:
        """Most of the time somebody who is in it."""
        state = self.centre.process.switchboard.owners[contact].call.state
        here = [one.agent_id for one in state.segments] or [ring.agent_id for ring in state.rings]
        return self.dice.choice(here) if here and self.dice.random() < 0.85 else self.agent()

    async def people(self) -> None:
        if not (contact := self._contact()):
            return
        who, client = self._who(contact), self.centre.client
        deed = self.dice.choice(
            [
                "consult",
                "consult",
                "consult",
                "transfer",
                "swap",
                "merge",
                "complete",
                "end_consult",
                "leave",
                "park",
                "pick_up",
                "join",
                "drop",
            ]
        )
        match deed:
            case "consult":
                await client.consult(BUSINESS, who, contact, self._target())
            case "transfer":
                await client.transfer(BUSINESS, who, contact, self._target())
            case "drop":
                state = self.centre.process.switchboard.owners[contact].call.state
                parties = [one.segment_id for one in state.segments] + [one.party_id for one in state.guests]
                if parties:
                    await client.with_people(deed, BUSINESS, who, contact, party_id=self.dice.choice(parties))
            case "join" | "pick_up":
                await client.with_people(deed, BUSINESS, self.agent(), contact)
            case _:
                await client.with_people(deed, BUSINESS, who, contact)

    async def monitor(self) -> None:
        if contact := self._contact():
            arguments = {"person_id": self.agent(), "contact_id": contact, "mode": self.dice.choice(MODES), "agent_id": self._who(contact)}
            await self.centre.client._command("monitor", BUSINESS, **arguments)

    async def direct(self) -> None:
        self.centre.call("", number_called=DIRECT, talk_seconds=self.dice.uniform(1, 60), patience_seconds=self.dice.uniform(5, 90))

    async def dial(self) -> None:
        number = self.dice.choice([NUMBER, "8000", "8001", "8002", "8003", "*8001", QUEUE, FLOW])
        await self.centre.client.dial(BUSINESS, self.agent(), number)

    async def phone_dials(self) -> None:
        number = self.dice.choice(DIALLED).format(self.dice.choice([NUMBER, "8001", "8003", QUEUE, FLOW]))
        with contextlib.suppress(Gone):
            dials(self.centre, self.agent(), number, talk_seconds=self.dice.uniform(1, 60), patience_seconds=self.dice.uniform(5, 60))

    async def keys(self) -> None:
        if not (contact := self._contact()):
            return
        state = self.centre.process.switchboard.owners[contact].call.state
        legs = [one.leg_id for one in state.segments]
        if legs:
            leg, code = self.dice.choice(legs), self.dice.choice(CODES).format(self.dice.choice(["8001", "8003", QUEUE, FLOW, NUMBER]))
            for key in code:
                with contextlib.suppress(Gone):
                    self.centre.engine.far_end_presses(leg, key)
                await asyncio.sleep(0.05)

    async def customer_presses(self) -> None:
        if contact := self._contact():
            with contextlib.suppress(Gone):
                self.centre.engine.far_end_presses(
                    self.centre.process.switchboard.owners[contact].call.state.caller_leg, self.dice.choice("12#")
                )

    async def book(self) -> None:
        at = (virtual_clock() + timedelta(seconds=self.dice.uniform(5, BOOKED_SECONDS))).isoformat()
        agent = self.agent()
        await self.centre.client.book_callback(BUSINESS, agent, NUMBER, "repair", at, wanted_id=self.dice.choice(["", agent]))


@pytest.mark.parametrize("seed", range(6))
def test_a_storm_of_people_leaves_nobody_in_the_air(seed: int) -> None:
    async def story() -> None:
        async with centre() as made:
            slow_down(made, Random(seed))
            await People(made, Random(seed)).run()
            nothing_is_left(made)
            assert not made.process.routing.router.item_ids()
            assert not made.process.routing.router.offers()
            assert {made.state_of(agent) for agent in made.agents} <= {"idle", ""}
            kinds = [await made.entries(stream) for stream in ("contact", "agent", "system")]
            check_streams([entry for entries in kinds for entry in entries])

    journey(story)
