"""Which bytes of a file a Range header asks for (RFC 9110, section 14). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SINGLE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(frozen=True, slots=True)
class ByteRange:
    """From `start` up to, not including, `end`. `whole` when the header asked for nothing less."""

    start: int
    end: int
    whole: bool

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.end - self.start


def byte_range(header: str, length: int) -> ByteRange | None:
    """What to send of a file of `length` bytes; None when the header asks for what is not there.

    A header that is no single byte range is passed over, as the standard allows.
    """
    everything = ByteRange(0, length, whole=True)
    found = _SINGLE.fullmatch(header.strip())
    if found is None or found.group(1) == found.group(2) == "":
        return everything
    first, last = found.groups()
    if not first:
        count = min(int(last), length)
        return ByteRange(length - count, length, whole=False) if count else None
    start, end = int(first), min(int(last) + 1, length) if last else length
    if last and int(last) < start:
        return everything
    return ByteRange(start, end, whole=False) if start < length else None
