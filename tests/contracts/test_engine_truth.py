"""The contract of the telephone engine's port: what is true after an end, a reconnect or a restart. On simulator and Asterisk."""

from __future__ import annotations

import pytest
from engine_talk import conversation
from engine_worlds import Stage, World

from huying.telephony.port import (
    EngineConnected,
    EngineLost,
    Gone,
    LegAnswered,
    LegEnded,
    LegEntered,
    PhoneAccount,
    RecordingEnded,
    RecordingStarted,
    Silence,
    Trunk,
)
from huying.telephony.simulator import Caller


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


def test_a_reconnect_brings_the_whole_truth(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        customer, agent, bridge = await conversation(world)
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
