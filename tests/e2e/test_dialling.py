"""Calls that agents begin, by real SIP and with sound: on a real Asterisk, telephones at the desks and at a trunk's end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import plain_sip
import tones
from running_asterisk import running_asterisk

from huying.channels.dialling.permissions import Person
from huying.channels.dialling.plan import DialPlan, DialSettings
from huying.channels.reach.duty import OnDuty, Roster
from huying.channels.reach.reach import ReachSettings, Target
from huying.channels.service import EntryPoint
from huying.channels.voice.call.limit import Limit
from huying.channels.voice.process import VoiceProcess
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, TransferNode
from huying.flows.prompts.library import media
from huying.flows.spoken import lines_of
from huying.foundation.clock import utc_now
from huying.telephony.asterisk.configuration import AsteriskSettings
from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.port import PhoneAccount, Trunk
from journeys.centre import BUSINESS, NUMBER, Centre, MemoryWriter

OUTSIDE, OUTSIDE_TONE, TONES = "13800138000", 700, (1100, 1500, 1900)
RINGBACK = 450
"""Hertz, in China."""
NIGHT = TransferNode(id="duty", to="duty", address="night", exits={"otherwise": "sorry"})


class RealCentre(Centre):
    """The centre of the journeys on a real engine, whose agents may dial: extensions 8000, 8001, 8002."""

    def __init__(self, settings: AsteriskSettings, outside: plain_sip.SipPhone) -> None:
        super().__init__(agents=3)
        self.engine = AsteriskEngine.of(settings)  # type: ignore[assignment]
        people = {agent: Person(agent, frozenset({"agent"})) for agent in self.agents}
        extensions = {f"800{number}": agent for number, agent in enumerate(self.agents)}
        self.plan = DialPlan(DialSettings(), (), people, extensions)
        flow = Flow.build("night", 1, NIGHT, GoodbyeNode(id="sorry", prompt=lines_of("system.goodbye")))
        self.directory.flow_version = flow
        entry = EntryPoint("e1", BUSINESS, "number", NUMBER, {}, "night", "zh-CN")
        roster = Roster("r", "night", otherwise=(OnDuty("agent", "agent2"), OnDuty("number", number=f"+86{OUTSIDE}")))
        self.reconfigure(
            accounts=[PhoneAccount(f"phone-{agent}", "secret", "phone") for agent in self.agents],
            trunks=[Trunk("line", ["127.0.0.2"], port=outside.wire.port)],
            dial_plans={BUSINESS: self.plan},
            entries={("number", NUMBER): entry},
            flows={"night": flow},
            rosters={BUSINESS: {"night": roster}},
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

    def phase(self, contact_id: str) -> str:
        """Where the contact is in its life."""
        owner = self.process.switchboard.owner_of(contact_id)
        return owner.call.state.phase.value if owner else "over"


class Desks:
    """The centre, the telephone outside, and those at the desks."""

    def __init__(self, centre: RealCentre, outside: plain_sip.SipPhone, phones: list[plain_sip.SipPhone]) -> None:
        self.centre, self.outside, self.phones = centre, outside, phones

    async def ready(self, number: int) -> None:
        """An agent is there."""
        agent = f"agent{number}"
        assert await self.phones[number].register() == 200
        await until(lambda: self.centre.process.routing.router.is_reachable(f"phone-{agent}"))
        await self.centre.client.sign_in(BUSINESS, agent, f"phone-{agent}")
        await self.centre.client.set_status(BUSINESS, agent, "ready")


@asynccontextmanager
async def desks(folder: Path) -> AsyncIterator[Desks]:
    """All of it, ended afterwards."""
    async with AsyncExitStack() as stack:
        asterisk = stack.enter_context(running_asterisk(folder))
        server = ("127.0.0.1", asterisk.settings.sip_port)
        outside = await plain_sip.SipPhone(OUTSIDE, tone=OUTSIDE_TONE).open(server, local="127.0.0.2")
        stack.push_async_callback(outside.close)
        phones = []
        for number, tone in enumerate(TONES):
            phone = await plain_sip.SipPhone(f"phone-agent{number}", "secret", tone=tone).open(server)
            stack.push_async_callback(phone.close)
            phones.append(phone)
        centre = await stack.enter_async_context(RealCentre(asterisk.settings, outside))
        yield Desks(centre, outside, phones)


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for it. Fails when it never comes."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.05)


def last(phone: plain_sip.SipPhone) -> plain_sip.Dialog:
    """The telephone's newest call."""
    return list(phone.dialogs.values())[-1]


def hears(phone: plain_sip.SipPhone, tone: int) -> bool:
    """Is what came in the last second mostly this tone?"""
    rtp = last(phone).rtp if phone.dialogs else None
    return rtp is not None and tones.share_of_tone(tones.of_alaw(bytes(rtp.received[-8000:])), tone) > 0.6


async def both_hear(one: plain_sip.SipPhone, other: plain_sip.SipPhone) -> None:
    """Sound goes both ways."""
    await until(lambda: hears(one, other.tone) and hears(other, one.tone))


async def test_a_number_is_called_over_the_trunk(tmp_path: Path) -> None:
    async with desks(tmp_path / "asterisk") as all_:
        await all_.ready(0)
        centre, outside, own = all_.centre, all_.outside, all_.phones[0]
        outside.answer = None
        contact = await centre.client.dial(BUSINESS, "agent0", OUTSIDE)
        await until(lambda: len(outside.invites) == 1)
        assert f"sip:{OUTSIDE}@" in outside.invites[0].first
        assert NUMBER in outside.invites[0].get("from")
        assert "answer-after=0" in str(own.invites[0].headers).lower() or "auto" in str(own.invites[0].headers).lower()
        await until(lambda: hears(own, RINGBACK))
        await centre.client.hang_up(BUSINESS, "agent0", contact)
        await until(lambda: centre.phase(contact) == "over" and len(outside.cancels) == 1)
        outside.answer = 486
        contact = await centre.client.dial(BUSINESS, "agent0", OUTSIDE)
        await until(lambda: centre.phase(contact) == "over")
        outside.answer = 0
        contact = await centre.client.dial(BUSINESS, "agent0", OUTSIDE)
        await both_hear(own, outside)
        await centre.client.hold(BUSINESS, "agent0", contact, True)
        await until(lambda: not hears(outside, own.tone))
        await centre.client.hold(BUSINESS, "agent0", contact, False)
        await both_hear(own, outside)
        await outside.hang_up(last(outside))
        await asyncio.wait_for(last(own).ended.wait(), 30)
        await until(lambda: centre.phase(contact) == "over")
        results = [entry.event.data()["result"] for entry in await centre.entries() if entry.kind == "DialEnded"]
        assert results == ["cancelled", "busy"]


async def test_colleagues_talk_and_a_busy_one_passes_on(tmp_path: Path) -> None:
    async with desks(tmp_path / "asterisk") as all_:
        for number in (0, 1, 2):
            await all_.ready(number)
        centre, (first, second, third) = all_.centre, all_.phones
        contact = await centre.client.dial(BUSINESS, "agent0", "8001")
        await both_hear(first, second)
        await centre.client.hang_up(BUSINESS, "agent0", contact)
        await until(lambda: centre.phase(contact) == "over")
        await asyncio.wait_for(last(second).ended.wait(), 30)

        calling = asyncio.create_task(first.call("8001"))  # by the telephone's own keypad
        assert (await asyncio.wait_for(calling, 30)).status == 200
        await both_hear(first, second)
        centre.reconfigure(reach={"agent1": ReachSettings(busy=Target("number", number=f"+86{OUTSIDE}"))})
        await centre.client.refresh_configuration()
        passed_on = await centre.client.dial(BUSINESS, "agent2", agent_id="agent1")
        await both_hear(third, all_.outside)
        assert centre.phase(passed_on) == "forwarded"
        await all_.outside.hang_up(last(all_.outside))
        await until(lambda: centre.phase(passed_on) == "over")
        await first.hang_up(last(first))
        await asyncio.wait_for(last(second).ended.wait(), 30)


async def test_a_telephone_dials_a_number_by_itself_and_may_not_dial_any(tmp_path: Path) -> None:
    async with desks(tmp_path / "asterisk") as all_:
        await all_.ready(0)
        own, outside = all_.phones[0], all_.outside
        assert (await own.call(f"9{OUTSIDE}9999")).status >= 400
        assert (await own.call("0012125551234")).status >= 400
        dialog = await own.call(OUTSIDE)
        assert dialog.status == 200
        await both_hear(own, outside)
        await own.hang_up(dialog)
        await asyncio.wait_for(last(outside).ended.wait(), 30)


async def test_the_time_of_a_call_is_up_after_a_tone(tmp_path: Path) -> None:
    async with desks(tmp_path / "asterisk") as all_:
        centre, own, outside = all_.centre, all_.phones[0], all_.outside
        settings = DialSettings(limits={"mobile": Limit(12, 6)})
        centre.reconfigure(dial_plans={BUSINESS: replace(centre.plan, settings=settings)})
        await all_.ready(0)
        await centre.client.refresh_configuration()
        contact = await centre.client.dial(BUSINESS, "agent0", OUTSIDE)
        await both_hear(own, outside)
        async with asyncio.timeout(30):
            while "CallLimitWarned" not in await centre.kinds(contact):
                await asyncio.sleep(0.05)
        await until(lambda: not hears(own, OUTSIDE_TONE))  # the tone, for our side alone
        assert centre.phase(contact) != "over"
        assert hears(outside, own.tone)
        await until(lambda: centre.phase(contact) == "over")


async def test_the_duty_telephone_goes_on_to_the_next(tmp_path: Path) -> None:
    async with desks(tmp_path / "asterisk") as all_:
        await all_.ready(2)
        all_.phones[2].answer = 486
        centre, outside = all_.centre, all_.outside
        night = await plain_sip.SipPhone("13900139000", tone=1300).open(outside._server, local="127.0.0.2")
        try:
            dialog = await night.call(NUMBER)
            assert dialog.status == 200
            await both_hear(night, outside)
            assert all_.phones[2].invites
            await night.hang_up(dialog)
            await until(lambda: not centre.process.switchboard.owners)
        finally:
            await night.close()
