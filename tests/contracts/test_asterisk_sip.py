"""Real SIP against the configured Asterisk: telephones, trunks, visitors, and all who must get nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from engine_worlds import AsteriskWorld
from plain_sip import BROWSER_SDP, SipPhone
from running_asterisk import AsteriskUnderTest
from tone_rtp import Rtp
from tones import of_alaw, share_of_tone

from huying.foundation.ids import new_id
from huying.telephony.asterisk.dialplan import ECHO
from huying.telephony.port import (
    AccountReachable,
    Destination,
    EndCause,
    EngineConnected,
    HoldChanged,
    LegAnswered,
    LegEnded,
    LegEntered,
    LegRinging,
    PhoneAccount,
    Trunk,
)

RELAY = "127.0.0.2"
CARRIER = "127.0.0.7"


@pytest.fixture
async def world(asterisk: AsteriskUnderTest) -> AsyncIterator[AsteriskWorld]:
    """An engine on the running Asterisk with a trunk, a phone account, a browser account and a visitor."""
    world = AsteriskWorld(asterisk)
    await world.begin()
    await world.engine.put_trunk(Trunk("carrier", [CARRIER], 5099))
    await world.engine.put_trunk(Trunk("here", ["127.0.0.1"], 5098))
    await world.engine.put_account(PhoneAccount("desk-phone", "secret-desk", "phone", "客服"))
    await world.engine.put_account(PhoneAccount("desk-browser", "secret-browser", "browser"))
    await world.engine.put_account(PhoneAccount("visitor-1", "secret-visitor", "visitor", entry="entry-1"))
    yield world
    for name in ("desk-phone", "desk-browser", "visitor-1"):
        await world.engine.remove_account(name)
    for name in ("carrier", "here"):
        await world.engine.remove_trunk(name)
    await world.end()


@asynccontextmanager
async def telephone(
    asterisk: AsteriskUnderTest, user: str, secret: str = "", *, transport: str = "udp", local: str = "127.0.0.3", answer: int | None = 0
) -> AsyncIterator[SipPhone]:
    """A telephone for the length of the block."""
    settings = asterisk.settings
    port = settings.sip_port if transport == "udp" else settings.http_port
    phone = await SipPhone(user, secret, answer=answer).open(("127.0.0.1", port), transport, local)
    try:
        yield phone
    finally:
        await phone.close()


async def ring(world: AsteriskWorld, to: Destination, **more: object) -> str:
    """Ring somebody; the leg."""
    leg_id = new_id()
    await world.engine.originate(leg_id, to, caller_number="13800138000", caller_name="Customer", timeout_seconds=20, **more)  # type: ignore[arg-type]
    return leg_id


async def hears(rtp: Rtp, tone: int) -> None:
    """Return when what came in the last half second is this tone."""
    async with asyncio.timeout(30):
        while share_of_tone(of_alaw(bytes(rtp.received[-4000:])), tone) <= 0.8:
            await asyncio.sleep(0.05)


async def packets_later(world: AsteriskWorld, leg_id: str) -> int:
    """How many packets have come from this leg a moment from now."""
    await asyncio.sleep(0.4)
    return await world.engine.received_packets(leg_id)


async def test_a_call_over_the_trunk_is_heard_both_ways(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with (
        telephone(asterisk, "13900139000", local=CARRIER) as customer,
        telephone(asterisk, "desk-phone", "secret-desk") as desk,
    ):
        assert await desk.register() == 200
        await world.event(AccountReachable, account="desk-phone", reachable=True)
        calling = asyncio.create_task(customer.call("4001234567"))
        entered = await world.event(LegEntered, number_called="4001234567")
        assert (entered.remote_number, entered.trunk, entered.account) == ("13900139000", "carrier", "")
        await world.engine.answer(entered.leg_id)
        dialog = await calling
        leg_id = await ring(world, Destination("account", "desk-phone"))
        await world.event(LegRinging, leg_id=leg_id)
        await world.event(LegAnswered, leg_id=leg_id)
        await world.engine.join("sip-bridge", [entered.leg_id, leg_id])
        before = await world.engine.received_packets(entered.leg_id)
        async with asyncio.timeout(30):
            while await world.engine.received_packets(entered.leg_id) <= before + 10:
                await asyncio.sleep(0.1)
        async with asyncio.timeout(30):  # jitter is a mean of the last packets; a machine that does other work sends some late
            while (figures := await world.engine.sound_figures(entered.leg_id)).jitter_ms >= 40 or min(figures.received, figures.sent) < 40:
                await asyncio.sleep(0.2)
        assert (figures.codec, figures.lost_in) == ("alaw", 0)
        assert figures.mos() > 4
        assert dialog.rtp
        agent = next(one for one in desk.dialogs.values() if one.rtp)
        assert agent.rtp
        await hears(dialog.rtp, desk.tone)
        await hears(agent.rtp, customer.tone)
        await world.engine.send_digits(leg_id, "5")
        async with asyncio.timeout(30):
            while 5 not in agent.rtp.events:
                await asyncio.sleep(0.02)
        dialog.rtp.sending = False
        async with asyncio.timeout(30):
            while await world.engine.received_packets(entered.leg_id) != await packets_later(world, entered.leg_id):
                pass
        await customer.hold(dialog, True)
        await world.event(HoldChanged, leg_id=entered.leg_id, held=True)
        await customer.hold(dialog, False)
        await world.event(HoldChanged, leg_id=entered.leg_id, held=False)
        await customer.hang_up(dialog)
        assert await world.event(LegEnded, leg_id=entered.leg_id) == LegEnded(entered.leg_id, EndCause.NORMAL, True)
        await world.engine.hang_up(leg_id)
        assert not (await world.event(LegEnded, leg_id=leg_id)).by_far_end
        await asyncio.wait_for(agent.ended.wait(), 30)
        await world.engine.destroy_bridge("sip-bridge")


@pytest.mark.parametrize(
    ("status", "cause", "by_far_end"),
    [(486, EndCause.BUSY, True), (603, EndCause.REFUSED, True), (480, EndCause.UNREACHABLE, False), (404, EndCause.UNREACHABLE, False)],
)
async def test_why_a_telephone_did_not_answer(
    world: AsteriskWorld, asterisk: AsteriskUnderTest, status: int, cause: EndCause, by_far_end: bool
) -> None:
    async with telephone(asterisk, "desk-phone", "secret-desk", answer=status) as desk:
        assert await desk.register() == 200
        leg_id = await ring(world, Destination("account", "desk-phone"))
        assert await world.event(LegEnded, leg_id=leg_id) == LegEnded(leg_id, cause, by_far_end)


async def test_headers_and_auto_answer_reach_the_telephone(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with telephone(asterisk, "desk-phone", "secret-desk", answer=None) as desk:
        assert await desk.register() == 200
        leg_id = await ring(world, Destination("account", "desk-phone"), auto_answer=True, headers={"X-Huying-Offer": "o-1"})
        await world.event(LegRinging, leg_id=leg_id)
        invite = desk.invites[0]
        assert invite.get("x-huying-offer") == "o-1"
        assert invite.get("x-huying-auto-answer") == "1"
        assert "answer-after=0" in invite.get("call-info") + invite.get("alert-info")
        assert "13800138000" in invite.get("from")
        await world.engine.hang_up(leg_id)
        await world.event(LegEnded, leg_id=leg_id)


async def test_a_telephone_that_was_too_late_is_told_that_another_was_answered(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with telephone(asterisk, "desk-phone", "secret-desk", answer=None) as desk:
        assert await desk.register() == 200
        for cause, said in ((EndCause.ANSWERED_ELSEWHERE, True), (EndCause.NORMAL, False)):
            leg_id = await ring(world, Destination("account", "desk-phone"))
            await world.event(LegRinging, leg_id=leg_id)
            await world.engine.hang_up(leg_id, cause)
            ended = await world.event(LegEnded, leg_id=leg_id)
            assert not ended.by_far_end
            async with asyncio.timeout(30):
                while not desk.cancels:
                    await asyncio.sleep(0.02)
            reasons = [value for name, value in desk.cancels.pop().headers if name.lower() == "reason"]
            assert any("cause=200" in value for value in reasons) == said, reasons


async def test_a_telephone_that_leaves_is_no_longer_reachable(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with telephone(asterisk, "desk-browser", "secret-browser", transport="ws", local=RELAY) as desk:
        assert await desk.register() == 200
        await world.event(AccountReachable, account="desk-browser", reachable=True)
        assert "desk-browser" in (await world.engine.snapshot()).reachable_accounts
    await world.event(AccountReachable, account="desk-browser", reachable=False)


async def test_putting_an_account_again_does_not_disturb_its_telephone(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with (
        telephone(asterisk, "desk-phone", "secret-desk") as desk,
        telephone(asterisk, "desk-browser", "secret-browser", transport="ws", local=RELAY) as browser,
    ):
        assert await desk.register() == 200
        assert await browser.register() == 200
        for name in ("desk-phone", "desk-browser"):
            await world.event(AccountReachable, account=name, reachable=True)
        await world.engine.put_account(PhoneAccount("desk-phone", "secret-desk", "phone", "客服"))
        await world.engine.put_account(PhoneAccount("desk-browser", "secret-browser", "browser"))
        await world.never(AccountReachable, 0.5, reachable=False)
        assert {"desk-phone", "desk-browser"} <= (await world.engine.snapshot()).reachable_accounts
        leg_id = await ring(world, Destination("account", "desk-phone"))
        await world.event(LegAnswered, leg_id=leg_id)
        assert await desk.send("REFER", "desk-browser") >= 400


async def test_an_account_removed_during_its_call_does_not_hinder_a_reconnect(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    await world.engine.put_account(PhoneAccount("leaving", "secret-leaving", "phone"))
    async with telephone(asterisk, "leaving", "secret-leaving") as desk:
        assert await desk.register() == 200
        leg_id = await ring(world, Destination("account", "leaving"))
        await world.event(LegAnswered, leg_id=leg_id)
        await world.engine.remove_account("leaving")
        mark = len(world.seen)
        await world.break_connection()
        connected = await world.event(EngineConnected, after=mark)
        assert leg_id in connected.snapshot.legs
        assert "leaving" not in connected.snapshot.reachable_accounts
        await world.engine.hang_up(leg_id)
        await world.event(LegEnded, leg_id=leg_id)


async def test_a_trunk_put_again_still_tells_who_calls(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    await world.engine.put_trunk(Trunk("carrier", [CARRIER], 5099))
    async with telephone(asterisk, "13900139000", local=CARRIER) as customer:
        calling = asyncio.create_task(customer.call("4001234567"))
        entered = await world.event(LegEntered, number_called="4001234567")
        assert (entered.remote_number, entered.trunk) == ("13900139000", "carrier")
        await world.engine.hang_up(entered.leg_id, EndCause.BUSY)
        assert (await calling).status == 486


async def test_a_number_over_a_trunk_is_called(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with telephone(asterisk, "13700137000", local=CARRIER) as far:
        await world.engine.put_trunk(Trunk("carrier", [CARRIER], far.wire.port))
        leg_id = await ring(world, Destination("number", "13700137000", "carrier"))
        await world.event(LegAnswered, leg_id=leg_id)
        assert far.invites[0].first.startswith("INVITE sip:13700137000@127.0.0.7")
        await far.hang_up(next(iter(far.dialogs.values())))
        assert (await world.event(LegEnded, leg_id=leg_id)).by_far_end


async def test_a_visitor_reaches_only_the_entry(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with telephone(asterisk, "visitor-1", "secret-visitor", transport="ws", local=RELAY) as visitor:
        calling = asyncio.create_task(visitor.call("desk-phone", BROWSER_SDP))
        entered = await world.event(LegEntered, account="visitor-1")
        assert (entered.entry_token, entered.trunk) == ("entry-1", "")
        assert (await world.engine.snapshot()).legs[entered.leg_id].entry_token == "entry-1"
        await world.engine.hang_up(entered.leg_id, EndCause.BUSY)
        assert (await calling).status == 486
        assert await visitor.register() >= 400
        for method in ("MESSAGE", "SUBSCRIBE", "REFER", "PUBLISH"):
            assert await visitor.send(method, "desk-phone") >= 400


async def test_what_agents_telephones_dial_comes_to_us_and_nowhere_else(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with (
        telephone(asterisk, "desk-phone", "secret-desk") as desk,
        telephone(asterisk, "desk-browser", "secret-browser", transport="ws", local=RELAY) as browser,
    ):
        assert await desk.register() == 200
        for phone, dialled in ((desk, "4001234567"), (browser, "desk-phone")):
            calling = asyncio.ensure_future(phone.call(dialled, *([BROWSER_SDP] if phone is browser else [])))
            entered = await world.event(LegEntered, number_called=dialled)
            assert entered.account in ("desk-phone", "desk-browser")
            await world.engine.hang_up(entered.leg_id, EndCause.REFUSED)
            assert (await calling).status >= 400
        assert not desk.invites


@pytest.mark.parametrize("transport", ["udp", "ws"])
@pytest.mark.parametrize("local", ["127.0.0.1", RELAY, "127.0.0.3"])
async def test_strangers_get_nowhere(world: AsteriskWorld, asterisk: AsteriskUnderTest, transport: str, local: str) -> None:
    """Also from the relay's and the trunk's own address over the WebSocket; only the trunk's address over UDP is the trunk."""
    strangers = (
        ("nobody", ""),
        ("nobody", "guess"),
        ("desk-phone", ""),
        ("desk-phone", "wrong"),
        ("visitor-1", "wrong"),
        ("trunk.carrier", ""),
        ("trunk.here", "x"),
        ("huying", "x"),
        ("anonymous", ""),
    )
    for user, secret in strangers:
        async with telephone(asterisk, user, secret, transport=transport, local=local) as phone:
            if transport == "udp" and local == "127.0.0.1":
                assert await phone.register() >= 400
                continue
            assert await phone.register() >= 400, user
            for number in ("4001234567", "desk-phone", "sim~answer~1~3~~440", "s", "13700137000"):
                assert (await phone.call(number)).status >= 400, (user, number)
                assert (await phone.call(number, BROWSER_SDP)).status >= 400, (user, number)
    await world.never(LegEntered, 0.2)
    assert not (await world.engine.snapshot()).legs
    assert not [one for one in world.seen if isinstance(one, AccountReachable)]
    for secret in ("secret-desk", "secret-browser", "secret-visitor", asterisk.settings.ari_secret):
        assert secret not in asterisk.log()


async def test_an_agents_telephone_hears_itself_and_is_no_leg(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with telephone(asterisk, "desk-phone", "secret-desk") as phone:
        await phone.register()
        dialog = await phone.call(ECHO)
        assert dialog.rtp
        await hears(dialog.rtp, phone.tone)
        assert (await world.engine.snapshot()).legs == {}
        await phone.hang_up(dialog)


async def test_what_an_agents_telephone_dials_enters_as_a_leg_of_its_account(world: AsteriskWorld, asterisk: AsteriskUnderTest) -> None:
    async with telephone(asterisk, "desk-phone", "secret-desk") as phone:
        await phone.register()
        calling = asyncio.create_task(phone.call("8001"))
        entered = await world.event(LegEntered, number_called="8001")
        assert (entered.account, entered.trunk, entered.entry_token) == ("desk-phone", "", "")
        await world.engine.answer(entered.leg_id)
        dialog = await calling
        assert dialog.status == 200
        await world.engine.hang_up(entered.leg_id)
        await world.event(LegEnded, leg_id=entered.leg_id)
