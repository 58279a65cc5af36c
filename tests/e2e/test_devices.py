"""Agents at a telephone number and on a permanent line, by real SIP and with sound: the voice process on a real Asterisk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import plain_sip
import tones
from running_asterisk import running_asterisk

from huying.channels.devices.settings import ChosenDevices
from huying.channels.voice.process import VoiceProcess
from huying.flows.prompts.library import media
from huying.foundation.clock import utc_now
from huying.foundation.errors import Unavailable
from huying.telephony.asterisk.configuration import AsteriskSettings
from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.port import PhoneAccount, Trunk
from journeys.centre import BUSINESS, NUMBER, Centre, MemoryWriter
from journeys.queue_story import plain

CUSTOMER_TONE, MOBILE_TONE, DESK_TONE = 700, 1100, 1500
MOBILE = "+8613900001234"
BEEP_HERTZ = 1000


class RealCentre(Centre):
    """The centre of the journeys on a real engine, in real time; agent0 has a mobile number and a desk phone."""

    def __init__(self, settings: AsteriskSettings, carrier: plain_sip.SipPhone, away: plain_sip.SipPhone) -> None:
        super().__init__(agents=1, flow=plain())
        self.settings = settings
        self.engine = AsteriskEngine.of(settings)  # type: ignore[assignment]
        self.reconfigure(
            accounts=[PhoneAccount("phone-agent0", "secret", "phone"), PhoneAccount("mobile-agent0", MOBILE, "number")],
            account_owners={"phone-agent0": "agent0", "mobile-agent0": "agent0"},
            trunks=[Trunk("away", ["127.0.0.4"], port=away.wire.port), Trunk("line", ["127.0.0.2"], port=carrier.wire.port)],
            trunk_owners={"away": BUSINESS, "line": BUSINESS},
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

    async def restart(self) -> None:
        """The voice process dies, and another one takes up what stands in the engine."""
        self.writer.killed = True
        await self.stop()
        self.engine = AsteriskEngine.of(self.settings)  # type: ignore[assignment]
        await self.start()
        await self._heard()

    async def begin(self, account: str, *kinds: str, permanent: bool = False) -> None:
        """agent0 is ready at these devices."""
        self.reconfigure(devices={"agent0": ChosenDevices(kinds, permanent, "en")})
        await self._heard()
        await self.client.sign_in(BUSINESS, "agent0", account)
        await self.client.set_status(BUSINESS, "agent0", "ready")

    async def _heard(self) -> None:
        """The configuration is in force; the process answers a moment after it is ready."""
        async with asyncio.timeout(30):
            while True:
                try:
                    return await self.client.refresh_configuration()
                except Unavailable:
                    await asyncio.sleep(0.05)


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[tuple[RealCentre, plain_sip.SipPhone, plain_sip.SipPhone, plain_sip.SipPhone]]:
    """The centre, the customer's telephone, the agent's mobile and his desk phone (which is not registered yet)."""
    with running_asterisk(folder) as asterisk:
        server = ("127.0.0.1", asterisk.settings.sip_port)
        customer = await plain_sip.SipPhone("13800138000", tone=CUSTOMER_TONE).open(server, local="127.0.0.2")
        mobile = await plain_sip.SipPhone("13900001234", tone=MOBILE_TONE).open(server, local="127.0.0.4")
        desk = await plain_sip.SipPhone("phone-agent0", "secret", tone=DESK_TONE).open(server)
        try:
            async with RealCentre(asterisk.settings, customer, mobile) as centre:
                yield centre, customer, mobile, desk
        finally:
            for phone in (customer, mobile, desk):
                await phone.close()


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for it. Fails when it never comes."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.05)


def hears(dialog: plain_sip.Dialog, tone: int, seconds: float = 1.0) -> bool:
    """Is what came in the last second mostly this tone?"""
    return bool(dialog.rtp) and tones.share_of_tone(tones.of_alaw(bytes(dialog.rtp.received[-int(8000 * seconds) :])), tone) > 0.6


def beep_heard(dialog: plain_sip.Dialog) -> bool:
    """Was the beep in what came in the last seconds?"""
    heard = tones.of_alaw(bytes(dialog.rtp.received[-40_000:])) if dialog.rtp else []
    pieces = [heard[start : start + 1600] for start in range(0, len(heard) - 1600, 800)]
    return any(tones.share_of_tone(piece, BEEP_HERTZ) > 0.6 for piece in pieces)


async def test_a_telephone_number_takes_a_customers_call_with_key_1(tmp_path: Path) -> None:
    async with scene(tmp_path / "asterisk") as (centre, customer, mobile, _desk):
        await centre.begin("mobile-agent0", "number")
        call = await customer.call(NUMBER)
        assert call.status == 200
        await until(lambda: any(dialog.rtp for dialog in mobile.dialogs.values()))
        asked = next(dialog for dialog in mobile.dialogs.values() if dialog.rtp)
        await asyncio.sleep(2.5)
        assert centre.state_of("agent0") == "ringing", "answering alone is not taking the call"
        assert not hears(call, MOBILE_TONE), "nobody is joined with the customer before the key"
        assert asked.rtp
        asked.rtp.press("1")
        await until(lambda: centre.state_of("agent0") == "talking")
        await until(lambda: hears(call, MOBILE_TONE))
        await until(lambda: hears(asked, CUSTOMER_TONE))
        await customer.hang_up(call)
        await until(lambda: centre.state_of("agent0") != "talking")
        await until(lambda: not mobile.dialogs or all(dialog.ended.is_set() for dialog in mobile.dialogs.values()))


async def test_a_permanent_line_stays_up_and_a_beep_announces_each_call(tmp_path: Path) -> None:
    async with scene(tmp_path / "asterisk") as (centre, customer, _mobile, desk):
        assert await desk.register() == 200
        await centre.begin("phone-agent0", "phone", permanent=True)
        await until(lambda: any(dialog.rtp for dialog in desk.dialogs.values()))
        line = next(dialog for dialog in desk.dialogs.values() if dialog.rtp)
        router = centre.process.routing.router
        await until(lambda: bool((presence := router.presence("agent0")) and presence.reachable))
        for _ in range(2):
            await asyncio.sleep(4)
            await centre.restart()
            call = await customer.call(NUMBER)
            await until(lambda: centre.state_of("agent0") == "talking")
            await until(lambda: beep_heard(line))
            await until(lambda call=call: hears(call, DESK_TONE))
            await until(lambda: hears(line, CUSTOMER_TONE))
            await centre.restart()
            await until(lambda: centre.state_of("agent0") == "talking")
            await until(lambda call=call: hears(call, DESK_TONE))
            await until(lambda: hears(line, CUSTOMER_TONE))
            await centre.client.hang_up(BUSINESS, "agent0", next(iter(centre.process.switchboard.owners)))
            await until(lambda: centre.state_of("agent0") == "after_call")
            await centre.client.finish_after_call(BUSINESS, "agent0")
            assert list(desk.dialogs.values()) == [line], "one line for all calls"
        await asyncio.sleep(8)
        assert not line.ended.is_set(), "the reconciler leaves the idle line alone"
        await desk.hang_up(line)
        router = centre.process.routing.router
        await until(lambda: bool((presence := router.presence("agent0")) and presence.status.value == "break"))
        presence = router.presence("agent0")
        assert presence
        assert (presence.reason, presence.reachable) == ("unreachable", False)
