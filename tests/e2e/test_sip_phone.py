"""The tests' own SIP telephone, proved against Asterisk: keys arrive as RFC 4733, tones arrive and are heard."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable
from pathlib import Path

import phone_trial
import sip_phone
from desk_phones import hears
from sipp_customers import Customers, sipp_customers

from huying.telephony.port import DigitReceived, LegEnded, LegEntered, Trunk


async def test_keys_and_sound_over_the_trunk(tmp_path: Path) -> None:
    async with phone_trial.running_engine(tmp_path / "asterisk") as running, sip_phone.sip_line(running.settings.sip_port) as line:
        await running.engine.put_trunk(Trunk(name="test", addresses=["127.0.0.1"]))
        first, entered = await both(line.call("4001234567", caller="13800138000", says_hertz=600), running)
        second, other = await both(line.call("4001234567", caller="13900139000", says_hertz=1300), running)
        assert (entered.number_called, entered.remote_number, entered.trunk) == ("4001234567", "13800138000", "test")
        await first.press("10#")
        for digit in "10#":
            assert (await running.wait(DigitReceived)).digit == digit
        await running.engine.join("b1", [entered.leg_id, other.leg_id])
        await hears(first, [1300], least=0.8)
        await hears(second, [600], least=0.8)
        await second.hang_up()
        assert (await running.wait(LegEnded)).leg_id == other.leg_id


async def both(dialling: Awaitable[sip_phone.SipPhone], running: phone_trial.RunningEngine) -> tuple[sip_phone.SipPhone, LegEntered]:
    """Dial, and answer at the other end."""
    task = asyncio.ensure_future(dialling)
    entered = await running.wait(LegEntered)
    await running.engine.answer(entered.leg_id)
    return await task, entered


async def test_sipp_presses_keys_speaks_and_hears(tmp_path: Path) -> None:
    async with phone_trial.running_engine(tmp_path / "asterisk") as running, sip_phone.sip_line(running.settings.sip_port) as line:
        await running.engine.put_trunk(Trunk(name="test", addresses=["127.0.0.1"]))
        customers = Customers("4001234567", keys="1#", says_hertz=1700, talk_seconds=20, caller="13700137000")
        async with sipp_customers(tmp_path, running.settings.sip_port, customers) as sipp:
            entered = await running.wait(LegEntered)
            assert entered.remote_number == "13700137000"
            await running.engine.answer(entered.leg_id)
            for digit in "1#":
                assert (await running.wait(DigitReceived)).digit == digit
            agent, other = await both(line.call("4001234567", says_hertz=1000), running)
            await running.engine.join("b1", [entered.leg_id, other.leg_id])
            await hears(agent, [1700], least=0.8)
            if os.geteuid() == 0:
                await sipp.hears(1000, 0.8)
            await running.engine.hang_up(entered.leg_id)
            assert await sipp.wait_over(60) == 0
