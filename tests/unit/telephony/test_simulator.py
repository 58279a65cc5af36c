"""What only the simulated engine can do: people by script, many of them, always the same."""

from __future__ import annotations

import asyncio
import time

from huying.telephony.port import (
    AccountReachable,
    Destination,
    DigitReceived,
    EngineConnected,
    EngineEvent,
    LegAnswered,
    LegEnded,
    LegEntered,
    PhoneAccount,
)
from huying.telephony.simulator import Caller, Phone, SimulatedEngine
from huying.telephony.virtual_time import run_virtual


async def _serve(engine: SimulatedEngine, calls: int, seen: list[tuple[float, EngineEvent]]) -> None:
    """Answer each caller, ring an agent, join the two."""
    waiting: dict[str, str] = {}
    ended = 0
    async for event in engine.events():
        seen.append((asyncio.get_running_loop().time(), event))
        match event:
            case EngineConnected():
                await engine.put_account(PhoneAccount("agent", "s", "browser"))
                engine.register_phone("agent", Phone(answer_after_seconds=3, talk_seconds=100))
                loop = asyncio.get_running_loop()
                for number in range(calls):
                    loop.call_later(number * 10, engine.place_call, Caller(keys="1", talk_seconds=40, patience_seconds=60))
            case LegEntered(leg_id=leg_id):
                await engine.answer(leg_id)
            case DigitReceived(leg_id=leg_id):
                out = f"out-{leg_id}"
                waiting[out] = leg_id
                await engine.originate(out, Destination("account", "agent"), caller_number="1", caller_name="", timeout_seconds=20)
            case LegAnswered(leg_id=leg_id):
                await engine.join(f"bridge-{leg_id}", [waiting[leg_id], leg_id])
            case LegEnded(leg_id=leg_id) if leg_id in waiting:
                await engine.destroy_bridge(f"bridge-{leg_id}")
                ended += 1
                if ended == calls:
                    await engine.close()
            case LegEnded(leg_id=leg_id):
                await engine.hang_up(f"out-{leg_id}")
            case _:
                pass


def test_five_thousand_calls_in_seconds() -> None:
    engine, seen = SimulatedEngine(), list[tuple[float, EngineEvent]]()
    began = time.process_time()
    run_virtual(_serve(engine, 5000, seen))
    took = time.process_time() - began
    ends = [event for _, event in seen if isinstance(event, LegEnded)]
    assert len(ends) == 10_000
    assert sum(end.by_far_end for end in ends) == 5000
    assert took < 20


def test_the_same_script_gives_the_same_events() -> None:
    first, second = list[tuple[float, EngineEvent]](), list[tuple[float, EngineEvent]]()
    run_virtual(_serve(SimulatedEngine(), 20, first))
    run_virtual(_serve(SimulatedEngine(), 20, second))
    assert first == second


def test_patience_ends() -> None:
    async def main() -> LegEnded:
        engine = SimulatedEngine()
        events = engine.events()
        await anext(events)
        engine.place_call(Caller(patience_seconds=25))
        await anext(events)
        end = await anext(events)
        assert isinstance(end, LegEnded)
        assert asyncio.get_running_loop().time() == 25
        return end

    assert run_virtual(main()).by_far_end


def test_telephones_come_and_go() -> None:
    async def main() -> None:
        engine = SimulatedEngine()
        events = engine.events()
        await anext(events)
        await engine.put_account(PhoneAccount("a", "s", "phone"))
        engine.register_phone("a")
        assert await anext(events) == AccountReachable("a", True)
        assert (await engine.snapshot()).reachable_accounts == {"a"}
        engine.unregister_phone("a")
        assert await anext(events) == AccountReachable("a", False)

    run_virtual(main())
