"""A telephone outside the centre, at the end of a trunk of its own by which everything goes out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import plain_sip
import tones
from administrator import administrator
from house import House

ADDRESS = "127.0.0.3"
TRUNK = "a-test"
"""First in the order of names, so that calls go out by it."""


@asynccontextmanager
async def outside_phone(house: House, number: str, tone: int = 700) -> AsyncIterator[plain_sip.SipPhone]:
    """Rung for every number that is dialled; the trunk goes with it."""
    phone = await plain_sip.SipPhone(number, tone=tone).open(("127.0.0.1", house.sip_port), local=ADDRESS)
    async with administrator(house) as admin:
        await admin.ask("PUT", f"/api/trunks/{TRUNK}", {"addresses": [ADDRESS], "port": phone.wire.port})
        try:
            yield phone
        finally:
            await admin.ask("DELETE", f"/api/trunks/{TRUNK}")
            await phone.close()


def hears(phone: plain_sip.SipPhone, hertz: float, least: float = 0.4) -> bool:
    """Whether the newest call of this telephone brought mostly this tone in the last second."""
    rtp = next((one.rtp for one in reversed(phone.dialogs.values()) if one.rtp), None)
    return rtp is not None and tones.share_of_tone(tones.of_alaw(bytes(rtp.received[-8000:])), int(hertz)) > least
