"""The contract of the telephone engine's port: one suite, unchanged on the simulator and on a real Asterisk."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from engine_worlds import Stage, World
from stopwatch import Stopwatch
from tones import read_wav, share_of_tone

from huying.foundation.ids import new_id
from huying.telephony import simulated
from huying.telephony.port import (
    AccountReachable,
    Destination,
    DigitReceived,
    Direction,
    EndCause,
    EngineConnected,
    EngineLost,
    Gone,
    LegAnswered,
    LegEnded,
    LegEntered,
    LegRinging,
    PhoneAccount,
    PlaybackEnded,
    RecordingEnded,
    RecordingStarted,
    Silence,
    Sound,
    Tone,
    Trunk,
)
from huying.telephony.simulated import SimulatedParty
from huying.telephony.simulator import Caller

CUSTOMER_TONE, AGENT_TONE = 440, 1000


async def _call(world: World, party: SimulatedParty, timeout_seconds: int = 20) -> str:
    leg_id = new_id()
    await world.engine.originate(
        leg_id, party.destination(), caller_number="13800138000", caller_name="王芳", timeout_seconds=timeout_seconds
    )
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


def test_an_inbound_leg_enters_and_tells_who_calls(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller(number_called="4001234567", remote_number="13800138000", remote_name="李雷"))
        entered = await world.event(LegEntered, leg_id=leg_id)
        assert (entered.number_called, entered.remote_number, entered.remote_name) == ("4001234567", "13800138000", "李雷")
        assert (entered.trunk, entered.entry_token, entered.account) == ("simulated", "", "")
        leg = (await world.engine.snapshot()).legs[leg_id]
        assert (leg.answered, leg.direction, leg.number_called) == (False, Direction.INBOUND, "4001234567")
        assert (leg.remote_number, leg.remote_name, leg.trunk) == ("13800138000", "李雷", "simulated")
        await world.engine.answer(leg_id)
        assert (await world.engine.snapshot()).legs[leg_id].answered

    stage(scenario)


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


def test_a_called_party_rings_and_answers(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await _call(world, SimulatedParty(answer_after_seconds=0.4))
        await world.event(LegRinging, leg_id=leg_id)
        leg = (await world.engine.snapshot()).legs[leg_id]
        assert (leg.answered, leg.direction) == (False, Direction.OUTBOUND)
        await world.event(LegAnswered, leg_id=leg_id)
        assert (await world.engine.snapshot()).legs[leg_id].answered
        kinds = [type(one) for one in world.seen if getattr(one, "leg_id", "") == leg_id]
        assert kinds == [LegRinging, LegAnswered]

    stage(scenario)


@pytest.mark.parametrize(
    ("behaviour", "cause", "by_far_end"),
    [
        (simulated.BUSY, EndCause.BUSY, True),
        (simulated.REFUSE, EndCause.REFUSED, True),
        (simulated.SILENT, EndCause.NO_ANSWER, False),
        (simulated.UNREACHABLE, EndCause.UNREACHABLE, False),
    ],
)
def test_a_called_party_does_not_answer(stage: Stage, behaviour: str, cause: EndCause, by_far_end: bool) -> None:
    async def scenario(world: World) -> None:
        leg_id = await _call(world, SimulatedParty(behaviour, answer_after_seconds=0.2), timeout_seconds=1)
        assert await world.event(LegEnded, leg_id=leg_id) == LegEnded(leg_id, cause, by_far_end)
        assert leg_id not in (await world.engine.snapshot()).legs

    stage(scenario)


def test_an_account_without_telephone_is_unreachable(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        await world.engine.put_account(PhoneAccount("contract1", "secret-of-contract1", "phone"))
        for name in ("contract1", "nobody-at-all"):
            leg_id = new_id()
            to = Destination("account", name)
            await world.engine.originate(leg_id, to, caller_number="1", caller_name="", timeout_seconds=20)
            assert (await world.event(LegEnded, leg_id=leg_id)).cause is EndCause.UNREACHABLE
        await world.engine.remove_account("contract1")
        assert "contract1" not in (await world.engine.snapshot()).reachable_accounts

    stage(scenario)


def test_a_full_trunk_takes_no_further_call(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        await world.engine.put_trunk(Trunk("contract7", ["127.0.0.9"], 5071, channel_limit=1))
        legs = [new_id(), new_id()]
        for leg_id in legs:
            to = Destination("number", "13700000000", "contract7")
            await world.engine.originate(leg_id, to, caller_number="1", caller_name="", timeout_seconds=20)
        assert await world.event(LegEnded, leg_id=legs[1]) == LegEnded(legs[1], EndCause.CONGESTION, by_far_end=False)
        await world.engine.hang_up(legs[0])
        await world.event(LegEnded, leg_id=legs[0])
        await world.engine.remove_trunk("contract7")

    stage(scenario)


def test_a_simulated_account_is_reachable_and_answers_without_a_telephone(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        party = SimulatedParty(answer_after_seconds=0.2, tone=AGENT_TONE)
        await world.engine.put_account(PhoneAccount("contract6", "", simulated.SIMULATED, entry=party.destination().address))
        await world.event(AccountReachable, account="contract6", reachable=True)
        assert "contract6" in (await world.engine.snapshot()).reachable_accounts
        leg_id = new_id()
        to = Destination("account", "contract6")
        await world.engine.originate(leg_id, to, caller_number="1", caller_name="", timeout_seconds=20)
        await world.event(LegAnswered, leg_id=leg_id)
        assert (await world.engine.snapshot()).legs[leg_id].account == "contract6"
        await world.engine.remove_account("contract6")
        await world.event(AccountReachable, account="contract6", reachable=False)
        assert leg_id in (await world.engine.snapshot()).legs

    stage(scenario)


def test_ringing_can_be_withdrawn(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await _call(world, SimulatedParty(simulated.SILENT))
        await world.event(LegRinging, leg_id=leg_id)
        await world.engine.hang_up(leg_id)
        assert await world.event(LegEnded, leg_id=leg_id) == LegEnded(leg_id, EndCause.NORMAL, by_far_end=False)

    stage(scenario)


def test_who_hung_up_is_told(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        first = await world.call_in(Caller())
        await world.engine.answer(first)
        await world.customer_hangs_up(first)
        assert await world.event(LegEnded, leg_id=first) == LegEnded(first, EndCause.NORMAL, by_far_end=True)
        second = await world.call_in(Caller())
        await world.engine.answer(second)
        await world.engine.hang_up(second)
        assert await world.event(LegEnded, leg_id=second) == LegEnded(second, EndCause.NORMAL, by_far_end=False)
        third = await world.call_in(Caller())
        await world.customer_hangs_up(third)
        assert (await world.event(LegEnded, leg_id=third)).by_far_end
        fourth = await world.call_in(Caller())
        await world.engine.hang_up(fourth, EndCause.BUSY)
        assert await world.event(LegEnded, leg_id=fourth) == LegEnded(fourth, EndCause.BUSY, by_far_end=False)
        fifth = await _call(world, SimulatedParty(answer_after_seconds=0.1, talk_seconds=0.3))
        sixth = await _call(world, SimulatedParty(answer_after_seconds=0.1, talk_seconds=60))
        for leg_id in (fifth, sixth):
            await world.event(LegAnswered, leg_id=leg_id)
        await world.engine.join("contract", [fifth, sixth])
        assert (await world.event(LegEnded, leg_id=fifth)).by_far_end
        await world.engine.destroy_bridge("contract")

    stage(scenario)


def test_joined_parties_hear_each_other_and_only_then(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        customer, agent, bridge = await _conversation(world)
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
        customer, agent, _ = await _conversation(world)
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
        agent = await _call(world, SimulatedParty(answer_after_seconds=0.1, tone=AGENT_TONE))
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
        customer, _, _ = await _conversation(world)
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


def test_the_end_of_a_leg_is_a_fact_for_every_command(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        engine = world.engine
        leg_id = await world.call_in(Caller())
        await engine.answer(leg_id)
        await engine.hang_up(leg_id)
        await world.event(LegEnded, leg_id=leg_id)
        for command in (
            engine.answer(leg_id),
            engine.hang_up(leg_id),
            engine.play("p", leg_id, [Silence(100)]),
            engine.start_music(leg_id),
            engine.stop_music(leg_id),
            engine.start_silence(leg_id),
            engine.mute(leg_id, True),
            engine.send_digits(leg_id, "1"),
            engine.start_recording("r", leg_id),
            engine.received_packets(leg_id),
            engine.sound_figures(leg_id),
            engine.label(leg_id, "text"),
            engine.join("empty", [leg_id]),
            engine.leave("empty", leg_id),
            engine.destroy_bridge("no-such-bridge"),
            engine.stop_playback("no-such-playback"),
            engine.pause_recording("no-such-recording", True),
            engine.stop_recording("no-such-recording"),
        ):
            with pytest.raises(Gone):
                await command

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


def test_a_reconnect_brings_the_whole_truth(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        customer, agent, bridge = await _conversation(world)
        await world.engine.start_recording("kept-1", customer)
        await world.event(RecordingStarted, recording_id="kept-1")
        before = await world.event(EngineConnected)
        mark = len(world.seen)
        await world.break_connection()
        await world.event(EngineLost, after=mark)
        snapshot = (await world.event(EngineConnected, after=mark)).snapshot
        assert snapshot.engine_start == before.snapshot.engine_start
        assert {customer, agent} <= snapshot.legs.keys()
        assert snapshot.legs[customer].answered
        assert snapshot.bridges[bridge].legs == {customer, agent}
        assert "kept-1" in snapshot.recordings
        assert not [one for one in world.seen[mark:] if isinstance(one, LegEntered | LegAnswered | LegEnded)]
        await world.engine.hang_up(agent)
        await world.event(LegEnded, leg_id=agent)
        await world.engine.stop_recording("kept-1")
        ended = await world.event(RecordingEnded, recording_id="kept-1")
        assert ended.near_seconds > 0

    stage(scenario)


def test_accounts_and_trunks_can_be_put_again_and_removed_twice(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        for secret in ("first-secret", "second-secret"):
            await world.engine.put_account(PhoneAccount("contract2", secret, "browser", "客服 二"))
            await world.engine.put_account(PhoneAccount("contract3", secret, "visitor", entry="entry-token"))
            await world.engine.put_trunk(Trunk("contract4", ["127.0.0.9"], 5070))
        for _ in range(2):
            await world.engine.remove_account("contract2")
            await world.engine.remove_account("contract3")
            await world.engine.remove_trunk("contract4")

    stage(scenario)


def test_a_restarted_engine_is_told_by_its_start_and_knows_the_accounts_again(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        await world.engine.put_account(PhoneAccount("contract5", "secret", "phone"))
        leg_id = await world.call_in(Caller())
        await world.engine.answer(leg_id)
        before = (await world.event(EngineConnected)).snapshot
        mark = len(world.seen)
        await world.restart_engine()
        await world.event(EngineLost, after=mark)
        after = (await world.event(EngineConnected, after=mark)).snapshot
        assert after.engine_start != before.engine_start
        assert not after.legs
        with pytest.raises(Gone):
            await world.engine.hang_up(leg_id)
        again = await world.call_in(Caller())
        await world.engine.answer(again)
        await world.engine.remove_account("contract5")

    stage(scenario)


def test_a_label_is_told_with_the_leg(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await world.call_in(Caller())
        assert (await world.engine.snapshot()).legs[leg_id].label == ""
        await world.engine.label(leg_id, "0198-line")
        assert (await world.engine.snapshot()).legs[leg_id].label == "0198-line"
        await world.engine.label(leg_id, "idle")
        assert (await world.engine.snapshot()).legs[leg_id].label == "idle"

    stage(scenario)
