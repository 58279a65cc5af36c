"""The contract of the telephone engine's port: who hears what, and what is recorded. On the simulator and on a real Asterisk."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from engine_talk import AGENT_TONE, CUSTOMER_TONE, call, conversation
from engine_worlds import Stage, World
from stopwatch import Stopwatch
from tones import read_wav, share_of_tone

from huying.telephony.port import (
    DigitReceived,
    Gone,
    LegAnswered,
    LegEnded,
    PlaybackEnded,
    RecordingEnded,
    RecordingStarted,
    Silence,
    Sound,
    Tone,
)
from huying.telephony.simulated import SimulatedParty
from huying.telephony.simulator import Caller


def test_playing_ends_by_itself(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller())
        await world.engine.answer(leg_id)
        begun = asyncio.get_running_loop().time()
        await world.engine.play("one", leg_id, [Silence(300), Silence(400)])
        ended = await world.event(PlaybackEnded, playback_id="one")
        assert ended == PlaybackEnded("one", leg_id, completed=True)
        assert 0.5 < asyncio.get_running_loop().time() - begun < 10

    stage(scenario)


def test_a_short_tone_in_a_conversation_leaves_it_as_it_is(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        first, second = await world.call_in(Caller()), await world.call_in(Caller())
        for leg_id in (first, second):
            await world.engine.answer(leg_id)
        await world.engine.join("talk", [first, second])
        await world.engine.play("tone", first, [Silence(300)])
        assert (await world.event(PlaybackEnded, playback_id="tone")).completed
        assert (await world.engine.snapshot()).bridges["talk"].legs == {first, second}

    stage(scenario)


def test_a_missing_sound_is_told(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller())
        await world.engine.answer(leg_id)
        await world.engine.play("missing", leg_id, [Sound("/nowhere/nothing")])
        assert not (await world.event(PlaybackEnded, playback_id="missing")).completed

    stage(scenario)


def test_playing_can_be_stopped(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller())
        await world.engine.answer(leg_id)
        await world.engine.play("stopped", leg_id, [Tone("ring")])
        await world.never(PlaybackEnded, 0.3)
        await world.engine.stop_playback("stopped")
        assert not (await world.event(PlaybackEnded, playback_id="stopped")).completed
        with pytest.raises(Gone):
            await world.engine.stop_playback("stopped")
        await world.engine.play("again", leg_id, [Silence(100)])
        assert (await world.event(PlaybackEnded, playback_id="again")).completed

    stage(scenario)


def test_playing_ends_with_the_leg(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller())
        await world.engine.answer(leg_id)
        await world.engine.play("cut", leg_id, [Silence(60_000)])
        await world.engine.hang_up(leg_id)
        assert not (await world.event(PlaybackEnded, playback_id="cut")).completed
        await world.event(LegEnded, leg_id=leg_id)

    stage(scenario)


def test_digits_come_while_music_and_sounds_play(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller(keys="1w0#", key_pause_seconds=0.4))
        await world.engine.answer(leg_id)
        await world.engine.play("menu", leg_id, [Silence(900)])
        await world.event(DigitReceived, leg_id=leg_id, digit="1")
        await world.event(PlaybackEnded, playback_id="menu")
        await world.engine.start_music(leg_id)
        await world.event(DigitReceived, leg_id=leg_id, digit="0")
        await world.event(DigitReceived, leg_id=leg_id, digit="#")
        await world.engine.stop_music(leg_id)
        assert [one.digit for one in world.seen if isinstance(one, DigitReceived)] == ["1", "0", "#"]

    stage(scenario)


def test_joined_parties_hear_each_other_and_only_then(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        customer, agent, bridge = await conversation(world)
        assert (await world.engine.snapshot()).bridges[bridge].legs == {customer, agent}
        await world.engine.start_recording("both-1", customer)
        await world.event(RecordingStarted, recording_id="both-1")
        watch = Stopwatch()
        together = await watch.stretch(1)
        await world.engine.leave(bridge, agent)
        assert (await world.engine.snapshot()).bridges[bridge].legs == {customer}
        alone = await watch.stretch(1)
        await world.engine.join(bridge, [agent])
        again = await watch.stretch(1)
        await world.engine.stop_recording("both-1")
        ended = await world.event(RecordingEnded, recording_id="both-1")
        far, rate = read_wav(ended.far_path)
        assert share_of_tone(watch.part(far, rate, *together), AGENT_TONE, rate) > 0.8
        assert share_of_tone(watch.part(far, rate, *alone), AGENT_TONE, rate) < 0.1
        assert share_of_tone(watch.part(far, rate, *again), AGENT_TONE, rate) > 0.8
        near, rate = read_wav(ended.near_path)
        assert share_of_tone(watch.part(near, rate, together[0], again[1]), CUSTOMER_TONE, rate) > 0.8
        assert {customer, agent} <= (await world.engine.snapshot()).legs.keys()
        await world.engine.destroy_bridge(bridge)
        snapshot = await world.engine.snapshot()
        assert bridge not in snapshot.bridges
        assert {customer, agent} <= snapshot.legs.keys()

    stage(scenario)


def test_a_muted_party_is_not_heard(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        customer, agent, _ = await conversation(world)
        await world.engine.start_recording("mute-1", customer)
        await world.event(RecordingStarted, recording_id="mute-1")
        watch = Stopwatch()
        await world.engine.mute(agent, True)
        muted = await watch.stretch(1)
        await world.engine.mute(agent, False)
        heard = await watch.stretch(1)
        await world.engine.stop_recording("mute-1")
        ended = await world.event(RecordingEnded, recording_id="mute-1")
        far, rate = read_wav(ended.far_path)
        assert share_of_tone(watch.part(far, rate, *muted), AGENT_TONE, rate) < 0.1
        assert share_of_tone(watch.part(far, rate, *heard), AGENT_TONE, rate) > 0.8
        near, rate = read_wav(ended.near_path)
        assert share_of_tone(watch.part(near, rate, muted[0], heard[1]), CUSTOMER_TONE, rate) > 0.8

    stage(scenario)


@pytest.mark.parametrize("hears", ["music", "silence"])
def test_music_and_silence_keep_nothing_waiting_and_end_when_joined(stage: Stage, hears: str) -> None:
    async def scenario(world: World) -> None:
        customer = await world.call_in(Caller(tone=CUSTOMER_TONE))
        await world.engine.answer(customer)
        await (world.engine.start_music(customer) if hears == "music" else world.engine.start_silence(customer))
        await world.engine.label(customer, hears)
        agent = await call(world, SimulatedParty(answer_after_seconds=0.1, tone=AGENT_TONE))
        await world.event(LegAnswered, leg_id=agent)
        await world.engine.join(hears, [customer, agent])
        await world.engine.start_recording(f"{hears}-1", customer)
        await world.event(RecordingStarted, recording_id=f"{hears}-1")
        await asyncio.sleep(1)
        await world.engine.stop_recording(f"{hears}-1")
        ended = await world.event(RecordingEnded, recording_id=f"{hears}-1")
        far, rate = read_wav(ended.far_path)
        assert share_of_tone(far[rate // 5 :], AGENT_TONE, rate) > 0.8

    stage(scenario)


def test_a_recording_has_both_sides_apart_and_its_pause_is_silence(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        customer, _, _ = await conversation(world)
        await world.engine.start_recording("pause-1", customer)
        await world.event(RecordingStarted, recording_id="pause-1")
        assert "pause-1" in (await world.engine.snapshot()).recordings
        watch = Stopwatch()
        before = await watch.stretch(1)
        await world.engine.pause_recording("pause-1", True)
        paused = await watch.stretch(1)
        await world.engine.pause_recording("pause-1", False)
        after = await watch.stretch(1)
        await world.customer_hangs_up(customer)
        ended = await world.event(RecordingEnded, recording_id="pause-1")
        with pytest.raises(Gone):
            await world.engine.stop_recording("pause-1")
        assert "pause-1" not in (await world.engine.snapshot()).recordings
        for file, seconds, tone, other in (
            (ended.near_path, ended.near_seconds, CUSTOMER_TONE, AGENT_TONE),
            (ended.far_path, ended.far_seconds, AGENT_TONE, CUSTOMER_TONE),
        ):
            sound, rate = read_wav(file)
            assert Path(file).is_absolute()
            assert abs(len(sound) / rate - seconds) < 0.01
            assert abs(seconds - (after[1] - before[0])) < 1, "a pause is in the recording"
            assert share_of_tone(watch.part(sound, rate, *before), tone, rate) > 0.8
            assert share_of_tone(watch.part(sound, rate, *before), other, rate) < 0.1
            assert share_of_tone(watch.part(sound, rate, *paused), tone, rate) < 0.1
            assert share_of_tone(watch.part(sound, rate, *after), tone, rate) > 0.8

    stage(scenario)


def test_packets_of_a_living_party_grow(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller())
        await world.engine.answer(leg_id)
        before = await world.engine.received_packets(leg_id)
        await asyncio.sleep(0.5)
        assert await world.engine.received_packets(leg_id) > before
        figures = await world.engine.sound_figures(leg_id)
        assert figures.codec
        assert figures.received + figures.lost_in > before
        assert 1 <= figures.mos() <= 4.5

    stage(scenario)
