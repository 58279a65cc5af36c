"""The lengths in WAV files: reading them, and setting them right in a file whose writer died. PCM only."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WavShape:
    """What a WAV file holds. `data_start` and `data_bytes` count in bytes; `told_bytes` is what its header says."""

    rate: int
    channels: int
    sample_bytes: int
    data_start: int
    data_bytes: int
    told_bytes: int

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return self.data_bytes / (self.rate * self.channels * self.sample_bytes)


def read_shape(file: Path) -> WavShape:
    """Read the header; the length is taken from the file's size where the two differ. Raises ValueError, OSError."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        if stream.read(4) != b"RIFF" or stream.read(8)[4:] != b"WAVE":
            raise ValueError(f"{file.name} is no WAV file")
        rate, channels, sample_bytes = 0, 0, 0
        while len(head := stream.read(8)) == 8:
            name, length = struct.unpack("<4sI", head)
            if name == b"fmt ":
                _, channels, rate, _, _, bits = struct.unpack("<HHIIHH", stream.read(length)[:16])
                sample_bytes = bits // 8
            elif name == b"data" and rate:
                start = stream.tell()
                frame = channels * sample_bytes
                there = (size - start) // frame * frame
                # Nothing follows the sound in the files of the engine, so a header that tells less is a header not yet written.
                return WavShape(rate, channels, sample_bytes, start, there, length)
            else:
                stream.seek(length + (length & 1), 1)
    raise ValueError(f"{file.name} has no sound")


def mend(file: Path) -> WavShape:
    """Set the lengths in the header right and return the shape. Raises ValueError, OSError."""
    shape = read_shape(file)
    if shape.told_bytes != shape.data_bytes:
        with file.open("r+b") as stream:
            stream.seek(4)
            stream.write(struct.pack("<I", shape.data_start + shape.data_bytes - 8))
            stream.seek(shape.data_start - 4)
            stream.write(struct.pack("<I", shape.data_bytes))
    return shape
