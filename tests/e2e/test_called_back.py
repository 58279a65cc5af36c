"""A customer who is called back, and one who leaves a message, by real SIP and with sound: the voice process on a real Asterisk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import plain_sip
import tones
from running_asterisk import running_asterisk

from huying.channels.voice.process import VoiceProcess
from huying.flows.graph import Flow
from huying.flows.prompts.library import media
from huying.foundation.clock import utc_now
from huying.routing.router.requirements import Action
from huying.telephony.asterisk.configuration import AsteriskSettings
from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.port import PhoneAccount, Trunk
from journeys.centre import BUSINESS, NUMBER, Centre, MemoryWriter
from journeys.queue_story import plain, told
from journeys.test_choosing_a_time import FLOW, ZONE

CUSTOMER, CUSTOMER_TONE, AGENT_TONE = "13800138000", 700, 1100
RINGBACK = 450
"""Hertz, in China."""


class RealCentre(Centre):
    """The centre of the journeys on a real engine, in real time, speaking the shipped prompts."""

    def __init__(self, settings: AsteriskSettings, carrier: plain_sip.SipPhone, flow: Flow | None = None) -> None:
        super().__init__(agents=1, flow=flow or plain())
        self.engine = AsteriskEngine.of(settings)  # type: ignore[assignment]
        self.change_queue("repair", keys={"1": Action("callback"), "2": Action("voicemail")})
        self.directory.configuration = replace(
            self.directory.configuration,
            accounts=[PhoneAccount("phone-agent0", "secret", "phone")],
            trunks=[Trunk("line", ["127.0.0.2"], port=carrier.wire.port)],
            time_zones={BUSINESS: ZONE.key},
        )

    async def start(self) -> None:
        """See Centre."""
        self.writer = MemoryWriter(self.journal)
        self.process = VoiceProcess(
            self.engine, self.journal, self.writer, self.bus, self.directory, self.keeper, media, utc_now, self._new_id
        )
        self.writer.process = self.process
        self._task = asyncio.create_task(self.process.run())
        async with asyncio.timeout(30):
            await self.process.ready.wait()

    async def stop(self) -> None:
        """See Centre."""
        await super().stop()
        await self.engine.close()


@asynccontextmanager
async def centre_and_customer(
    folder: Path, flow: Flow | None = None
) -> AsyncIterator[tuple[RealCentre, plain_sip.SipPhone, plain_sip.SipPhone]]:
    """The centre, the customer's telephone at the end of its trunk, and the agent's (not registered yet)."""
    with running_asterisk(folder) as asterisk:
        server = ("127.0.0.1", asterisk.settings.sip_port)
        customer = await plain_sip.SipPhone(CUSTOMER, tone=CUSTOMER_TONE).open(server, local="127.0.0.2")
        agent = await plain_sip.SipPhone("phone-agent0", "secret", tone=AGENT_TONE).open(server)
        try:
            async with RealCentre(asterisk.settings, customer, flow) as centre:
                yield centre, customer, agent
        finally:
            await customer.close()
            await agent.close()


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for it. Fails when it never comes."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.05)


def hears(rtp: plain_sip.Rtp, tone: int, seconds: float = 1.0) -> bool:
    """Is what came in the last second mostly this tone?"""
    return tones.share_of_tone(tones.of_alaw(bytes(rtp.received[-int(8000 * seconds) :])), tone) > 0.6


async def test_a_customer_is_called_back_and_both_hear_each_other(tmp_path: Path) -> None:
    async with centre_and_customer(tmp_path / "asterisk") as (centre, customer, agent):
        first = await customer.call(NUMBER)
        assert first.status == 200
        assert first.rtp
        owners = centre.process.switchboard.owners
        await until(lambda: any(owner.call.state.phase.value == "waiting" for owner in owners.values()))
        await asyncio.sleep(1)
        first.rtp.press("1")
        await until(lambda: any(owner.call.state.node == "#callback" for owner in owners.values()))
        await asyncio.sleep(2)
        first.rtp.press("1")
        await asyncio.wait_for(first.ended.wait(), 30)
        await until(lambda: len(owners) == 1 and all(owner.call.state.virtual for owner in owners.values()))

        customer.answer = None  # he lets it ring a little
        assert await agent.register() == 200
        await asyncio.sleep(1)
        await centre.client.sign_in(BUSINESS, "agent0", "phone-agent0")
        await centre.client.set_status(BUSINESS, "agent0", "ready")
        await until(lambda: len(customer.invites) == 1)
        invite = customer.invites[0]
        assert f"sip:{CUSTOMER}@" in invite.first
        assert NUMBER in invite.get("from")
        desk = next(iter(agent.dialogs.values()))
        assert desk.rtp
        assert CUSTOMER in desk.invite.get("from").replace("+86", "")  # type: ignore[union-attr]
        await until(lambda: desk.rtp is not None and hears(desk.rtp, RINGBACK, 0.8))

        customer.answer = 0
        second = await answer(customer, invite)
        await until(lambda: hears(second, AGENT_TONE) and desk.rtp is not None and hears(desk.rtp, CUSTOMER_TONE))
        await asyncio.sleep(2)
        dialog = customer.dialogs[invite.get("call-id")]
        await customer.hang_up(dialog)
        await asyncio.wait_for(desk.ended.wait(), 30)
        await until(lambda: not owners and len(centre.keeper.kept) == 1)
        assert await told(centre) == [("repair", "first", "called_back", "key"), ("repair", "callback", "answered", "")]
        kept = next(iter(centre.keeper.kept.values()))
        for path, tone in ((kept.near_path, CUSTOMER_TONE), (kept.far_path, AGENT_TONE)):
            samples, rate = tones.read_wav(path)
            assert tones.share_of_tone(samples[rate // 2 : rate * 2], tone, rate) > 0.6


async def answer(phone: plain_sip.SipPhone, invite: object) -> plain_sip.Rtp:
    """Take a call that rings."""
    assert isinstance(invite, plain_sip.SipMessage)
    dialog = phone.dialogs[invite.get("call-id")]
    dialog.rtp = plain_sip.Rtp(phone.tone)
    tag = plain_sip.tag_of(dialog.local)
    await phone._respond(invite, 200, "OK", phone._sdp(await dialog.rtp.open()), tag)
    dialog.rtp.start(plain_sip._rtp_address(invite.body))
    return dialog.rtp


async def test_a_message_ends_with_silence_and_has_the_customers_voice(tmp_path: Path) -> None:
    async with centre_and_customer(tmp_path / "asterisk") as (centre, customer, _):
        call = await customer.call(NUMBER)
        assert call.rtp
        owners = centre.process.switchboard.owners
        await until(lambda: any(owner.call.state.phase.value == "waiting" for owner in owners.values()))
        await asyncio.sleep(1)
        call.rtp.press("2")
        await until(lambda: any(owner.call.state.message for owner in owners.values()))
        await asyncio.sleep(4)
        call.rtp.sending = False
        await asyncio.wait_for(call.ended.wait(), 30)
        await until(lambda: not owners and len(centre.keeper.kept) == 1)
        assert await told(centre) == [("repair", "first", "voicemail", "key")]
        left = [entry.event.data()["seconds"] for entry in await centre.entries() if entry.kind == "MessageLeft"]
        assert len(left) == 1
        assert 3 < left[0] < 15
        samples, rate = tones.read_wav(next(iter(centre.keeper.kept.values())).near_path)
        assert tones.share_of_tone(samples[rate // 2 : rate * 3], CUSTOMER_TONE, rate) > 0.6


async def test_a_customer_chooses_a_time_by_keys_and_the_agents_lamp_shows_what_waits(tmp_path: Path) -> None:
    async with centre_and_customer(tmp_path / "asterisk", FLOW) as (centre, customer, agent):
        centre.directory.mailbox["agent0"] = (1, 2)
        assert await agent.register() == 200
        await until(lambda: agent.lamps[-1:] == ["1/2"])

        call = await customer.call(NUMBER)
        assert call.rtp
        owners = centre.process.switchboard.owners
        await until(lambda: any(owner.call.state.phase.value == "waiting" for owner in owners.values()))
        wanted = (utc_now() + timedelta(hours=3)).astimezone(ZONE).replace(second=0, microsecond=0)
        today = wanted.date() == utc_now().astimezone(ZONE).date()
        for keys in ("1", "1", "2", "1" if today else "2", wanted.strftime("%H%M"), "1"):
            await asyncio.sleep(2)  # the question has begun
            for key in keys:
                call.rtp.press(key)
        await asyncio.wait_for(call.ended.wait(), 30)
        assert await told(centre) == [("repair", "first", "called_back", "booked")]
        booked = [entry.event.data()["due_at"] for entry in await centre.entries() if entry.kind == "CallbackRequested"]
        assert [datetime.fromisoformat(one) for one in booked] == [wanted]

        centre.directory.mailbox["agent0"] = (0, 3)
        await until(lambda: agent.lamps[-1:] == ["0/3"])
