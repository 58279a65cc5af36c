"""Keys of telephones in a conversation, on real Asterisk: those of a leg that is kept apart are told and reach nobody, others pass."""

from __future__ import annotations

import asyncio

from engine_worlds import AsteriskWorld
from running_asterisk import AsteriskUnderTest
from tone_rtp import Rtp

from contracts.test_asterisk_sip import CARRIER, ring, telephone, world
from huying.telephony.port import AccountReachable, Destination, DigitReceived, EngineConnected, LegAnswered, LegEntered

__all__ = ["world"]
SETTLES = 0.6
"""Longer than a key and its way take."""


async def heard(rtp: Rtp, key: int) -> None:
    """Return when this key has arrived."""
    async with asyncio.timeout(30):
        while key not in rtp.events:
            await asyncio.sleep(0.05)


async def pressed(world: AsteriskWorld, rtp: Rtp, leg_id: str, keys: str) -> None:
    """Press the keys of a telephone, and see each told."""
    for key in keys:
        before = len(world.seen)
        rtp.press(key)
        await world.event(DigitReceived, after=before, leg_id=leg_id, digit=key)


async def test_keys_that_are_absorbed_are_told_and_not_heard(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with (
        telephone(asterisk, "13900139000", local=CARRIER) as customer,
        telephone(asterisk, "desk-phone", "secret-desk") as desk,
    ):
        assert await desk.register() == 200
        await world.event(AccountReachable, account="desk-phone", reachable=True)
        legs, rtps = [], []
        for number in ("4001234567", "4001234568"):  # the customer, and somebody else outside who comes in later
            calling = asyncio.create_task(customer.call(number))
            legs.append((await world.event(LegEntered, number_called=number)).leg_id)
            await world.engine.answer(legs[-1])
            dialog = await calling
            assert dialog.rtp
            rtps.append(dialog.rtp)
        (entered, other), (outside, beside) = legs, rtps
        leg_id = await ring(world, Destination("account", "desk-phone"))
        await world.event(LegAnswered, leg_id=leg_id)
        agent = next(one.rtp for one in desk.dialogs.values() if one.rtp)

        await world.engine.join("keys-bridge", [entered, leg_id], absorb=[leg_id])
        await asyncio.sleep(SETTLES)
        await pressed(world, agent, leg_id, "*28")
        await asyncio.sleep(SETTLES)
        assert outside.events == [], "no key of his reaches the customer"
        await pressed(world, outside, entered, "7")
        await heard(agent, 7)
        await world.engine.send_digits(entered, "56")
        await heard(outside, 6)
        assert outside.events == [5, 6]

        # Muted, held and taken back, ours restarted: still apart.
        await world.engine.mute(leg_id, True)
        await pressed(world, agent, leg_id, "1")
        await world.engine.mute(leg_id, False)
        await world.engine.leave("keys-bridge", leg_id)
        await world.engine.start_music(leg_id)
        await pressed(world, agent, leg_id, "2")
        await world.engine.join("keys-bridge", [leg_id], absorb=[leg_id])
        before = len(world.seen)
        await world.break_connection()
        await world.event(EngineConnected, after=before)
        await pressed(world, agent, leg_id, "4")
        await asyncio.sleep(SETTLES)
        assert outside.events == [5, 6]

        # Who comes in later is heard, and hears; the agent stays apart, also among three.
        await world.engine.join("keys-bridge", [other])
        await asyncio.sleep(SETTLES)
        await pressed(world, beside, other, "9")
        await heard(outside, 9)
        await pressed(world, agent, leg_id, "0")
        await asyncio.sleep(SETTLES)
        assert (outside.events, beside.events) == ([5, 6, 9], [])

        # Joined without it he is heard.
        await world.engine.leave("keys-bridge", leg_id)
        await world.engine.join("keys-bridge", [leg_id])
        await asyncio.sleep(SETTLES)
        await pressed(world, agent, leg_id, "3")
        await heard(outside, 3)
        for one in (*legs, leg_id):
            await world.engine.hang_up(one)
        await world.engine.destroy_bridge("keys-bridge")
