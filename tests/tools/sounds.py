"""Sound for the end-to-end tests: tones to speak with, and how much of a tone is in what was heard."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

BEEP_SECONDS = 0.4
"""Tones come as beeps: noise suppression takes an unbroken tone for noise and removes it."""


def beeps(hertz: float, seconds: float, rate: int, level: float = 0.4) -> Samples:
    """A tone that is on and off in turn, with soft edges. -1 to 1."""
    time = np.arange(int(seconds * rate)) / rate
    gate = ((time % (2 * BEEP_SECONDS)) < BEEP_SECONDS).astype(np.float64)
    edge = max(1, int(0.01 * rate))
    return level * np.sin(2 * np.pi * hertz * time) * np.convolve(gate, np.ones(edge) / edge, mode="same")


def write_wav(path: Path, samples: Samples, rate: int) -> Path:
    """Write mono 16 bit."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def read_wav(file_or_path: Path | BinaryIO) -> tuple[list[Samples], int]:
    """The channels of a 16 bit file, and its rate."""
    with wave.open(str(file_or_path) if isinstance(file_or_path, Path) else file_or_path, "rb") as file:
        channels, rate = file.getnchannels(), file.getframerate()
        raw = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float64) / 32768
    return [raw[index::channels] for index in range(channels)], rate


def share_of(samples: Samples, rate: int, hertz: float, width: float = 30) -> float:
    """How much of the sound's energy lies within `width` hertz of a frequency, 0 to 1; 0 for silence."""
    if not len(samples):
        return 0.0
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate)
    total = float(power[frequencies > 60].sum())
    if total < 1e-3:
        return 0.0
    return float(power[np.abs(frequencies - hertz) <= width].sum()) / total


def level_of(samples: Samples) -> float:
    """Root mean square, 0 to 1."""
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
