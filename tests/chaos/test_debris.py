"""What belongs to nobody in a real Asterisk is removed within ten seconds, and the journal says so."""

from __future__ import annotations

import asyncio
import base64

import httpx
import pytest
from crowd import Crowd
from house import House

from huying.foundation.ids import new_id
from huying.foundation.settings import load_settings
from huying.telephony.asterisk.configuration import ARI_USER
from huying.telephony.asterisk.dialplan import APPLICATION
from huying.telephony.asterisk.requests import endpoint_of
from huying.telephony.port import Destination
from huying.telephony.simulated import ANSWER

REPAIR_SECONDS = 10

pytestmark = pytest.mark.timeout(300)


async def test_an_orphan_channel_and_an_orphan_bridge_are_removed(house: House) -> None:
    crowd = await Crowd.at(house)
    settings = load_settings(house.folder)
    address = settings.ari_address.replace("ws://", "http://").removesuffix("/events")
    word = base64.b64encode(f"{ARI_USER}:{settings.ari_secret}".encode()).decode()
    party = endpoint_of(Destination("simulated", f"behaviour={ANSWER}&talk=120"))
    bridge, channel = new_id(), new_id()
    try:
        async with httpx.AsyncClient(base_url=address, headers={"Authorization": f"Basic {word}"}, timeout=30) as ari:
            made = await ari.post("/bridges", params={"type": "mixing", "bridgeId": bridge})
            assert made.status_code == 200
            rung = await ari.post("/channels", params={"endpoint": party, "app": APPLICATION, "appArgs": "called", "channelId": channel})
            assert rung.status_code == 200
            async with asyncio.timeout(REPAIR_SECONDS):
                while any([(await ari.get(f"/bridges/{bridge}")).is_success, (await ari.get(f"/channels/{channel}")).is_success]):
                    await asyncio.sleep(0.2)
        async with asyncio.timeout(REPAIR_SECONDS):
            while bridge not in await _removed(crowd):
                await asyncio.sleep(0.5)
    finally:
        await crowd.close()


async def _removed(crowd: Crowd) -> set[str]:
    return {entry.event.data()["id"] for entry in await crowd.journal() if entry.kind == "DebrisRemoved"}
