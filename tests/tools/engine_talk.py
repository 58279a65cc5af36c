"""Parties that an engine's contract is tried with: somebody who is called, and two who talk."""

from __future__ import annotations

from engine_worlds import World

from huying.foundation.ids import new_id
from huying.telephony.port import (
    LegAnswered,
)
from huying.telephony.simulated import SimulatedParty
from huying.telephony.simulator import Caller

CUSTOMER_TONE, AGENT_TONE = 440, 1000


async def call(world: World, party: SimulatedParty, timeout_seconds: int = 20) -> str:
    leg_id = new_id()
    await world.engine.originate(
        leg_id, party.destination(), caller_number="13800138000", caller_name="王芳", timeout_seconds=timeout_seconds
    )
    return leg_id


async def conversation(world: World) -> tuple[str, str, str]:
    """Customer, agent and bridge of two people who talk."""
    customer = await world.call_in(Caller(remote_number="13800138000", tone=CUSTOMER_TONE))
    await world.engine.answer(customer)
    agent = await call(world, SimulatedParty(answer_after_seconds=0.2, tone=AGENT_TONE))
    await world.event(LegAnswered, leg_id=agent)
    bridge = new_id()
    await world.engine.join(bridge, [customer, agent])
    return customer, agent, bridge
