"""When a change of the settings is in force for calls: the calls' process reads it a moment after it was told."""

from __future__ import annotations

from house import House

from huying.channels.voice.client import VoiceClient
from huying.foundation.bus.nats import connect


async def in_force(house: House) -> None:
    """Return when whatever has been saved is what calls go by, and the engine has it."""
    bus = await connect(house.settings.nats_url)
    try:
        await VoiceClient(bus).refresh_configuration()
    finally:
        await bus.close()
