"""Sound in the simulated engine: how long a file lasts, and what a recording of tones sounds like."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from huying.telephony.wav import read_shape

RATE = 8000
LOUDNESS = 6000
_BYTES_PER_SECOND = {".alaw": 8000, ".ulaw": 8000, ".sln": 16000, ".sln16": 32000, ".g722": 8000, ".gsm": 1650}


def seconds_of_file(path: str) -> float | None:
    """How long the sound file without extension lasts; None when there is none."""
    base = Path(path)
    for suffix, rate in _BYTES_PER_SECOND.items():
        file = base.with_name(base.name + suffix)
        if file.exists():
            return file.stat().st_size / rate
    for suffix in (".wav", ".wav16"):
        file = base.with_name(base.name + suffix)
        if file.exists():
            return read_shape(file).seconds
    return None


@dataclass(slots=True)
class Tape:
    """One side of a recording: which tones (Hz) sounded from when on."""

    marks: list[tuple[float, tuple[int, ...]]] = field(default_factory=list)

    def mark(self, at: float, tones: Sequence[int]) -> None:
        """From `at` (seconds) on these tones sound."""
        if not self.marks or self.marks[-1][1] != tuple(tones):
            self.marks.append((at, tuple(tones)))

    def write(self, file: Path, until: float) -> float:
        """Write a WAV file of 8 kHz; how many seconds it has."""
        samples = array("h")
        ends = [*(at for at, _ in self.marks[1:]), until]
        for (begin, tones), end in zip(self.marks, ends, strict=True):
            samples.extend(_tones(tones, round((end - begin) * RATE)))
        with wave.open(str(file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples.tobytes())
        return len(samples) / RATE


def _tones(tones: tuple[int, ...], count: int) -> array[int]:
    if not tones:
        return array("h", bytes(2 * max(0, count)))
    steps = [2 * math.pi * tone / RATE for tone in tones]
    loud = LOUDNESS / len(tones)
    return array("h", (int(loud * sum(math.sin(step * n) for step in steps)) for n in range(count)))
