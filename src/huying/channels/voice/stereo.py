"""Two mono sound files into one stereo file (left the customer, right the agent), with a picture of both sides.

Reads 16-bit PCM WAV and also what a crash left: a header whose length was never written. The shorter side is filled with silence, and
the slower of two rates is brought to the faster. Works in blocks of a few seconds, so length costs no memory. Blocking.
"""

from __future__ import annotations

import hashlib
import os
import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from huying.foundation.errors import InvalidInput

BLOCK_SECONDS = 4
PEAKS = 1000
"""How many values a side's picture has at most; short sounds have one for 20 ms."""
PEAK_SECONDS = 0.02
PEAK_RATE = 1600
"""So many samples a second are looked at for the picture: enough for the eye, and a fifth of the work."""
HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


class BadSound(InvalidInput):
    """The file is no 16-bit mono PCM WAV."""

    code = "bad-sound"


@dataclass(frozen=True, slots=True)
class Stereo:
    """What was written. Lengths in seconds; peaks from 0 to 1, equally many a side, equally spaced over `seconds`."""

    seconds: float
    sample_rate: int
    size_bytes: int
    sha256: str
    left_seconds: float
    right_seconds: float
    left_peaks: list[float]
    right_peaks: list[float]


@dataclass(frozen=True, slots=True)
class Mono:
    """Where the samples of a mono file lie; `rate` is 0 where there is no file."""

    path: Path
    rate: int
    start: int
    frames: int

    @property
    def seconds(self) -> float:
        """The length."""
        return self.frames / self.rate if self.rate else 0.0


def look(path: Path) -> Mono:
    """Find the samples. A file that is missing or empty is a side without sound. Raises BadSound."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            return _look(file, path, size) if size else Mono(path, 0, 0, 0)
    except FileNotFoundError:
        return Mono(path, 0, 0, 0)


def _look(file: BinaryIO, path: Path, size: int) -> Mono:
    riff, _, wave = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
    if (riff, wave) != (b"RIFF", b"WAVE"):
        raise BadSound(f"{path.name} is no WAV file")
    rate = 0
    while len(head := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", head)
        if name == b"fmt ":
            coding, channels, rate, _, _, bits = struct.unpack("<HHIIHH", file.read(16).ljust(16, b"\0"))
            if (coding, channels, bits) != (1, 1, 16) or rate == 0:
                raise BadSound(f"{path.name} is not 16-bit mono PCM")
            file.seek(length - 16 + length % 2, os.SEEK_CUR)
        elif name == b"data":
            start = file.tell()
            there = size - start
            # A recorder that was killed leaves 0 or the largest number there is: what lies in the file counts.
            frames = (length if 0 < length <= there else there) // 2
            if not rate:
                break
            return Mono(path, rate, start, frames)
        else:
            file.seek(length + length % 2, os.SEEK_CUR)
    raise BadSound(f"{path.name} has no sound in it")


def make_stereo(left: Path, right: Path, target: Path) -> Stereo:
    """Write the stereo file (mode 0600) and tell about it. Raises BadSound, OSError."""
    sides = (look(left), look(right))
    rate = max(sides[0].rate, sides[1].rate) or 8000
    frames = max(_frames_at(side, rate) for side in sides)
    window = max(1, round(rate * PEAK_SECONDS), -(-frames // PEAKS))
    peaks: tuple[list[float], list[float]] = ([], [])
    step = max(1, rate // PEAK_RATE)
    digest = hashlib.sha256()
    data_bytes = frames * 4
    header = HEADER.pack(
        b"RIFF", 36 + data_bytes, b"WAVE", b"fmt ", 16, 1, 2, rate, rate * 4, 4, 16, b"data", data_bytes
    )  # fmt: skip
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(header)
        digest.update(header)
        block = window * max(1, rate * BLOCK_SECONDS // window)
        for one, other in zip(_blocks(sides[0], rate, frames, block), _blocks(sides[1], rate, frames, block), strict=True):
            both = array("h", bytes(4 * len(one)))
            both[0::2], both[1::2] = one, other
            peaks[0].extend(_peaks(one, window, step))
            peaks[1].extend(_peaks(other, window, step))
            data = _little(both).tobytes()
            file.write(data)
            digest.update(data)
        file.flush()
        os.fsync(file.fileno())
    return Stereo(
        seconds=round(frames / rate, 3),
        sample_rate=rate,
        size_bytes=HEADER.size + data_bytes,
        sha256=digest.hexdigest(),
        left_seconds=round(sides[0].seconds, 3),
        right_seconds=round(sides[1].seconds, 3),
        left_peaks=peaks[0],
        right_peaks=peaks[1],
    )


def _frames_at(side: Mono, rate: int) -> int:
    return side.frames * rate // side.rate if side.rate else 0


def _blocks(side: Mono, rate: int, frames: int, block: int) -> Iterator[array[int]]:
    """The side at this rate, in blocks of `block` samples, filled with silence up to `frames`."""
    given = _samples(side, rate, block)
    rest: array[int] = array("h")
    for start in range(0, frames, block):
        wanted = min(block, frames - start)
        while len(rest) < wanted and (more := next(given, None)) is not None:
            rest.extend(more)
        part, rest = rest[:wanted], rest[wanted:]
        part.frombytes(bytes(2 * (wanted - len(part))))
        yield part


def _samples(side: Mono, rate: int, block: int) -> Iterator[array[int]]:
    if not side.frames:
        return
    with side.path.open("rb") as file:
        file.seek(side.start)
        left, last = side.frames, 0
        while left > 0:
            samples: array[int] = array("h")
            samples.frombytes(file.read(2 * min(block, left)))
            if not samples:
                return
            left -= len(samples)
            samples = _little(samples)
            yield samples if side.rate == rate else _faster(samples, last, rate / side.rate)
            last = samples[-1]


def _faster(samples: array[int], before: int, factor: float) -> array[int]:
    """The samples at a higher rate, straight lines between them. `before` is the sample in front."""
    if factor == 2:
        found = array("h", bytes(4 * len(samples)))
        ahead = array("h", [before])
        ahead.extend(samples[:-1])
        found[0::2] = array("h", [(one + other) >> 1 for one, other in zip(ahead, samples, strict=True)])
        found[1::2] = samples
        return found
    count = int(len(samples) * factor)
    line = array("h", [before])
    line.extend(samples)
    made = array("h", bytes(2 * count))
    for place in range(count):
        at = (place + 1) / factor
        low = min(int(at), len(samples) - 1)
        made[place] = round(line[low] + (line[low + 1] - line[low]) * min(1.0, at - low))
    return made


def _peaks(samples: array[int], window: int, step: int) -> Iterator[float]:
    for start in range(0, len(samples), window):
        part = samples[start : start + window : step]
        yield round(min(1.0, max(max(part), -min(part)) / 32767), 3)


def _little(samples: array[int]) -> array[int]:
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples
