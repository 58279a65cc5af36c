"""The lamps of real telephones for waiting messages: told at once, at registering, and after restarts of both."""

from __future__ import annotations

import asyncio

from engine_worlds import AsteriskWorld
from plain_sip import SipPhone
from running_asterisk import AsteriskUnderTest

from contracts.test_asterisk_sip import telephone, world
from huying.telephony.port import EngineConnected, PhoneAccount

__all__ = ["world"]


async def shows(phone: SipPhone, lamp: str) -> None:
    """Return when the telephone has been told so last."""
    try:
        async with asyncio.timeout(30):
            while phone.lamps[-1:] != [lamp]:
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"wanted {lamp}, was told {phone.lamps}") from None


async def test_a_telephone_shows_what_waits(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    await world.engine.show_messages("desk-phone", 2, 1)
    async with telephone(asterisk, "desk-phone", "secret-desk") as desk:
        assert await desk.register() == 200
        await shows(desk, "2/1")
        await world.engine.show_messages("desk-phone", 0, 3)
        await shows(desk, "0/3")
        await world.engine.show_messages("desk-phone", 1, 3)
        await shows(desk, "1/3")
        snapshot = await world.engine.snapshot()
        assert not snapshot.legs, "what lights a lamp is no leg"

        # Ours is restarted, and nothing changes; then Asterisk, and the telephone is told without having registered again.
        before = len(world.seen)
        await world.break_connection()
        await world.event(EngineConnected, after=before)
        await world.engine.put_account(PhoneAccount("desk-phone", "secret-desk", "phone", "客服"))
        await world.engine.show_messages("desk-phone", 4, 0)
        await shows(desk, "4/0")
        await asyncio.sleep(2.5)  # Asterisk writes down who is registered once a second
        desk.lamps.clear()
        before = len(world.seen)
        await world.restart_engine()
        await world.event(EngineConnected, after=before)
        await shows(desk, "4/0")
        await world.engine.show_messages("desk-phone", 0, 4)
        await shows(desk, "0/4")


async def test_nobody_is_told_what_waits_for_another(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    await world.engine.put_account(PhoneAccount("other-phone", "secret-other", "phone"))
    await world.engine.show_messages("desk-phone", 3, 0)
    await world.engine.show_messages("other-phone", 7, 0)
    async with telephone(asterisk, "desk-phone", "secret-desk") as desk:
        assert await desk.register() == 200
        await shows(desk, "3/0")
        assert await desk.ask_for_messages("desk-phone") >= 400, "it is told without asking"
        await world.engine.show_messages("desk-phone", 0, 3)
        await shows(desk, "0/3")
        assert await desk.ask_for_messages("other-phone") >= 400
        await world.engine.show_messages("other-phone", 8, 0)
        await asyncio.sleep(1)
        assert not {"7/0", "8/0"} & set(desk.lamps)
    await world.engine.remove_account("other-phone")


async def test_the_configuration_loads_what_it_needs(asterisk: AsteriskUnderTest) -> None:
    log = asterisk.log()
    assert "Error loading module" not in log, log
