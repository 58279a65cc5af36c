"""The contract of listening: a lead's leg hears an agent's call, whispers to him, joins; one suite on the simulator and on Asterisk."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from engine_worlds import Stage, World
from tones import read_wav, share_of_tone

from huying.foundation.ids import new_id
from huying.telephony.port import Gone, LegAnswered, LegEnded, RecordingEnded, RecordingStarted
from huying.telephony.simulated import SimulatedParty
from huying.telephony.simulator import Caller

CUSTOMER_TONE, AGENT_TONE, LEAD_TONE = 440, 1000, 1700


async def _call(world: World, party: SimulatedParty) -> str:
    leg_id = new_id()
    await world.engine.originate(leg_id, party.destination(), caller_number="13800138000", caller_name="王芳", timeout_seconds=20)
    return leg_id


async def _conversation(world: World) -> tuple[str, str, str]:
    """Customer, agent and bridge of two people who talk."""
    customer = await world.call_in(Caller(remote_number="13800138000", tone=CUSTOMER_TONE))
    await world.engine.answer(customer)
    agent = await _call(world, SimulatedParty(answer_after_seconds=0.2, tone=AGENT_TONE))
    await world.event(LegAnswered, leg_id=agent)
    bridge = new_id()
    await world.engine.join(bridge, [customer, agent])
    return customer, agent, bridge


async def _heard(world: World, name: str, legs: dict[str, str]) -> dict[str, np.ndarray]:
    """What each of these legs hears within a second, by its name."""
    ears = {who: (leg, True) if who == "customer" else world.ear(leg) for who, leg in legs.items()}
    for who, (leg, _) in ears.items():
        await world.engine.start_recording(f"{name}-{who}", leg)
        await world.event(RecordingStarted, recording_id=f"{name}-{who}")
    await asyncio.sleep(1.2)
    heard = {}
    for who in legs:
        await world.engine.stop_recording(f"{name}-{who}")
        ended = await world.event(RecordingEnded, recording_id=f"{name}-{who}")
        sound, rate = read_wav(ended.far_path if ears[who][1] else ended.near_path)
        heard[who] = sound[-rate * 7 // 10 : -rate // 10]
    return heard


def test_a_leg_listens_whispers_and_joins(stage: Stage) -> None:
    def hears(sound: np.ndarray) -> set[str]:
        tones = {"customer": CUSTOMER_TONE, "agent": AGENT_TONE, "lead": LEAD_TONE}
        return {who for who, tone in tones.items() if share_of_tone(sound, tone) > 0.15}

    async def scenario(world: World) -> None:
        customer, agent, bridge = await _conversation(world)
        lead = await _call(world, SimulatedParty(answer_after_seconds=0.1, tone=LEAD_TONE))
        await world.event(LegAnswered, leg_id=lead)
        everybody = {"customer": customer, "agent": agent, "lead": lead}
        for name, whisper in (("listens", False), ("whispers", True), ("again", False)):
            await world.engine.listen(lead, agent, whisper=whisper)
            heard = {who: hears(sound) for who, sound in (await _heard(world, name, everybody)).items()}
            assert heard["customer"] == {"agent"}, name
            assert heard["agent"] == ({"customer", "lead"} if whisper else {"customer"}), name
            assert {"customer", "agent"} <= heard["lead"], name
        assert (await world.engine.snapshot()).bridges.keys() == {bridge}, "listening is no conversation"
        await world.engine.join(bridge, [lead])
        heard = {who: hears(sound) for who, sound in (await _heard(world, "joins", everybody)).items()}
        assert heard == {"customer": {"agent", "lead"}, "agent": {"customer", "lead"}, "lead": {"customer", "agent"}}
        await world.engine.leave(bridge, lead)
        await world.engine.listen(lead, agent)
        await world.engine.stop_listening(lead)
        heard = {who: hears(sound) for who, sound in (await _heard(world, "stopped", everybody)).items()}
        assert (heard["lead"], heard["customer"]) == (set(), {"agent"})
        await world.engine.listen(lead, agent)
        await world.customer_hangs_up(customer)
        await world.event(LegEnded, leg_id=customer)
        await world.engine.hang_up(agent)
        await world.event(LegEnded, leg_id=agent)
        assert lead in (await world.engine.snapshot()).legs, "who listened is there still"
        with pytest.raises(Gone):
            await world.engine.listen(lead, agent, whisper=True)
        await world.engine.hang_up(lead)
        await world.event(LegEnded, leg_id=lead)

    stage(scenario)
