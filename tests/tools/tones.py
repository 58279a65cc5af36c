"""How much of a tone is in a sound: by correlation with sine and cosine."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np


def share_of_tone(samples: np.ndarray, tone: int, rate: int = 8000) -> float:
    """From 0 (nothing) to about 1 (nothing else), of the sound's energy; a slip of the phase now and then does not matter."""
    step = rate // 20
    windows = [samples[start : start + step].astype(float) for start in range(0, len(samples) - step + 1, step)]
    return sum(_share(window, tone, rate) for window in windows) / max(1, len(windows))


def _share(sound: np.ndarray, tone: int, rate: int) -> float:
    energy = float((sound**2).sum())
    if energy < 1000 * len(sound):
        return 0.0
    times = np.arange(len(sound)) * (2 * np.pi * tone / rate)
    strength = (sound @ np.sin(times)) ** 2 + (sound @ np.cos(times)) ** 2
    return float(2 * strength / (energy * len(sound)))


def read_wav(file: Path | str) -> tuple[np.ndarray, int]:
    """Samples and rate of a mono file of 16 bits."""
    with wave.open(str(file), "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2"), sound.getframerate()


def of_alaw(data: bytes) -> np.ndarray:
    """A-law as samples of 16 bits."""
    values = np.frombuffer(data, dtype=np.uint8) ^ 0x55
    exponent = ((values & 0x70) >> 4).astype(int)
    mantissa = (values & 0x0F).astype(int)
    loud = np.where(exponent == 0, (mantissa << 4) + 8, ((mantissa << 4) + 0x108) << np.maximum(exponent - 1, 0))
    return np.where(values & 0x80, loud, -loud).astype(np.int16)
