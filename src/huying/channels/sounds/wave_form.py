"""Sounds in the one form that the engine plays: WAV, 8 kHz, mono, 16 bits. Checks, and writes anew without the rest. Pure."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

from huying.foundation.errors import InvalidInput

RATE = 8000
LEAST_SECONDS, MOST_SECONDS = 0.2, 300.0


class WrongSound(InvalidInput):
    """The sound must be a WAV file of 8000 Hz, mono, 16 bits; the administration's page converts what a browser can play."""

    code = "wrong-sound"


@dataclass(frozen=True, slots=True)
class PlayableSound:
    """A sound file and how long it sounds."""

    wav: bytes
    seconds: float


def playable(data: bytes) -> PlayableSound:
    """The sound with a plain header. Raises WrongSound."""
    try:
        with wave.open(io.BytesIO(data)) as given:
            shape = (given.getframerate(), given.getnchannels(), given.getsampwidth())
            frames = given.readframes(given.getnframes()) if shape == (RATE, 1, 2) else b""
    except (wave.Error, EOFError, ValueError) as error:
        raise WrongSound from error
    if shape != (RATE, 1, 2):
        raise WrongSound(rate=shape[0], channels=shape[1], bits=shape[2] * 8)
    frames = frames[: len(frames) // 2 * 2]
    seconds = len(frames) / 2 / RATE
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise InvalidInput(f"A standard recording sounds from {LEAST_SECONDS:g} to {MOST_SECONDS:g} seconds.", field="file")
    target = io.BytesIO()
    with wave.open(target, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes(frames)
    return PlayableSound(target.getvalue(), seconds)
