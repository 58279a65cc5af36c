"""What Asterisk keeps while our process is away, and what is found again: legs, bridges, recordings, callers who came meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from engine_worlds import AsteriskWorld
from plain_sip import SipPhone
from running_asterisk import AsteriskUnderTest
from tones import read_wav, share_of_tone

from huying.telephony.port import (
    EngineConnected,
    EngineLost,
    Gone,
    LegAnswered,
    LegEnded,
    LegEntered,
    RecordingEnded,
    RecordingStarted,
    Tone,
    Trunk,
)
from huying.telephony.simulated import SimulatedParty
from huying.telephony.simulator import Caller


@asynccontextmanager
async def world_on(asterisk: AsteriskUnderTest) -> AsyncIterator[AsteriskWorld]:
    """An engine that leaves nothing behind in the end."""
    world = AsteriskWorld(asterisk)
    await world.begin()
    try:
        yield world
    finally:
        await world.end()


async def talk(world: AsteriskWorld, tag: str) -> tuple[str, str]:
    """A customer and an agent who talk and are recorded."""
    customer = await world.call_in(Caller(tone=440))
    await world.engine.answer(customer)
    agent = f"agent-{tag}"
    to = SimulatedParty(answer_after_seconds=0.1, tone=1000).destination()
    await world.engine.originate(agent, to, caller_number="1", caller_name="", timeout_seconds=20)
    await world.event(LegAnswered, leg_id=agent)
    await world.engine.join(f"bridge-{tag}", [customer, agent])
    await world.engine.start_recording(f"rec-{tag}", customer)
    await world.event(RecordingStarted, recording_id=f"rec-{tag}")
    return customer, agent


async def test_calls_and_recordings_go_on_without_us_and_are_found_again(asterisk: AsteriskUnderTest) -> None:
    first = AsteriskWorld(asterisk)
    await first.begin()
    customer, agent = await talk(first, "kept")
    await first.engine.close()
    await asyncio.sleep(1)
    async with world_on(asterisk) as second:
        snapshot = (await second.event(EngineConnected)).snapshot
        assert {customer, agent} == snapshot.legs.keys()
        assert snapshot.bridges["bridge-kept"].legs == {customer, agent}
        assert snapshot.recordings == {"rec-kept"}
        await first.customers.hang_up(customer)
        assert (await second.event(LegEnded, leg_id=customer)).by_far_end
        ended = await second.event(RecordingEnded, recording_id="rec-kept")
        sound, rate = read_wav(ended.far_path)
        assert len(sound) / rate > 0.9
        assert share_of_tone(sound[rate // 5 : -rate // 10], 1000, rate) > 0.8
    await first.customers.close()


async def test_what_goes_on_playing_without_us_is_stopped_by_whoever_comes_next(asterisk: AsteriskUnderTest) -> None:
    first = AsteriskWorld(asterisk)
    await first.begin()
    customer = await first.call_in(Caller(tone=440))
    await first.engine.answer(customer)
    await first.engine.play("ringing-for-ever", customer, [Tone("ring")])
    await asyncio.sleep(0.5)
    await first.engine.close()
    async with world_on(asterisk) as second:
        await second.event(EngineConnected)
        await second.engine.stop_playback("ringing-for-ever")
        async with asyncio.timeout(30):
            await second.engine.label(customer, "free")
            await second.engine.join("bridge-free", [customer])
        with pytest.raises(Gone):
            await second.engine.stop_playback("ringing-for-ever")
        await second.engine.hang_up(customer)
        await second.event(LegEnded, leg_id=customer)
    await first.customers.close()


async def test_a_recording_that_ended_meanwhile_is_handed_over_when_stopped(asterisk: AsteriskUnderTest) -> None:
    first = AsteriskWorld(asterisk)
    await first.begin()
    customer, _ = await talk(first, "missed")
    await first.engine.close()
    await asyncio.sleep(0.5)
    await first.customers.hang_up(customer)
    socket = first.customers._socket
    assert socket
    async with asyncio.timeout(30):
        while "snoop-near-rec-missed" in {channel["id"] for channel in await socket.request("GET", "channels")}:
            await asyncio.sleep(0.05)
    await first.customers.close()
    async with world_on(asterisk) as second:
        await second.engine.stop_recording("rec-missed")
        assert (await second.event(RecordingEnded, recording_id="rec-missed")).near_seconds > 0.3


async def test_a_caller_who_comes_while_nobody_listens_waits_ringing_and_enters(asterisk: AsteriskUnderTest) -> None:
    first = AsteriskWorld(asterisk)
    await first.begin()
    await first.engine.close()
    leg_id = await first.place_call(Caller(number_called="4009999999"))
    await asyncio.sleep(0.7)
    async with world_on(asterisk) as second:
        assert (await second.event(LegEntered, leg_id=leg_id)).number_called == "4009999999"
    await first.customers.close()


async def test_a_recording_is_as_long_as_the_call_though_the_peer_falls_silent(asterisk: AsteriskUnderTest) -> None:
    async with world_on(asterisk) as world:
        await world.engine.put_trunk(Trunk("silent", ["127.0.0.8"], 5099))
        phone = await SipPhone("13900139000").open(("127.0.0.1", asterisk.settings.sip_port), "udp", "127.0.0.8")
        calling = asyncio.create_task(phone.call("4001112222"))
        leg_id = (await world.event(LegEntered, number_called="4001112222")).leg_id
        await world.engine.answer(leg_id)
        dialog = await calling
        assert dialog.rtp
        await world.engine.start_recording("rec-silent", leg_id)
        await world.event(RecordingStarted, recording_id="rec-silent")
        began = asyncio.get_running_loop().time()
        await asyncio.sleep(1)
        dialog.rtp.sending = False
        await asyncio.sleep(2)
        took = asyncio.get_running_loop().time() - began
        await world.engine.stop_recording("rec-silent")
        ended = await world.event(RecordingEnded, recording_id="rec-silent")
        assert abs(ended.near_seconds - took) < 1
        assert abs(ended.far_seconds - ended.near_seconds) < 0.2
        sound, rate = read_wav(ended.near_path)
        assert share_of_tone(sound[rate * 3 // 10 : rate * 7 // 10], phone.tone, rate) > 0.8
        assert share_of_tone(sound[-rate:], phone.tone, rate) < 0.1
        await phone.close()
        await world.engine.remove_trunk("silent")


async def test_the_sound_until_a_crash_of_asterisk_is_kept(asterisk: AsteriskUnderTest) -> None:
    async with world_on(asterisk) as world:
        await talk(world, "crash")
        begun = asyncio.get_running_loop().time()
        await asyncio.sleep(2.5)
        took = asyncio.get_running_loop().time() - begun
        mark = len(world.seen)
        await world.restart_engine()
        await world.event(EngineLost, after=mark)
        await world.event(EngineConnected, after=mark)
        ended = await world.event(RecordingEnded, recording_id="rec-crash")
        sound, rate = read_wav(ended.near_path)
        assert len(sound) / rate == pytest.approx(ended.near_seconds, abs=0.01)
        assert took - 1 < ended.near_seconds < took + 1.5
        assert Path(ended.far_path).exists()
