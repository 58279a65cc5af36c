"""The contract of the telephone engine's port, unchanged on the simulator and on a real Asterisk: legs come in, are called, end."""

from __future__ import annotations

import pytest
from engine_talk import AGENT_TONE, call
from engine_worlds import Stage, World

from huying.foundation.ids import new_id
from huying.telephony import simulated
from huying.telephony.port import (
    AccountReachable,
    Destination,
    Direction,
    EndCause,
    LegAnswered,
    LegEnded,
    LegEntered,
    LegRinging,
    PhoneAccount,
    Trunk,
)
from huying.telephony.simulated import SimulatedParty
from huying.telephony.simulator import Caller


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


def test_a_called_party_rings_and_answers(stage: Stage) -> None:
    async def scenario(world: World) -> None:
        leg_id = await call(world, SimulatedParty(answer_after_seconds=0.4))
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
        leg_id = await call(world, SimulatedParty(behaviour, answer_after_seconds=0.2), timeout_seconds=1)
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
        leg_id = await call(world, SimulatedParty(simulated.SILENT))
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
        fifth = await call(world, SimulatedParty(answer_after_seconds=0.1, talk_seconds=0.3))
        sixth = await call(world, SimulatedParty(answer_after_seconds=0.1, talk_seconds=60))
        for leg_id in (fifth, sixth):
            await world.event(LegAnswered, leg_id=leg_id)
        await world.engine.join("contract", [fifth, sixth])
        assert (await world.event(LegEnded, leg_id=fifth)).by_far_end
        await world.engine.destroy_bridge("contract")

    stage(scenario)
