"""The voice process as a dependency of routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from huying.channels.voice.client import VoiceClient
from huying.foundation.http import GroundOf


def voice_client(ground: GroundOf) -> VoiceClient:
    """A client over the application's bus."""
    return VoiceClient(ground.bus)


VoiceOf = Annotated[VoiceClient, Depends(voice_client)]
