"""Asterisk's RTP statistics of a channel in our words. Counts are packets; Asterisk tells jitter and round trip in seconds.

`local` jitter is Asterisk's own measure of what it received, `remote` what the party's phone reports. Means over the call are taken: the
last sample swings, and as the last round trip Asterisk (up to 22.10) keeps even one it found impossible (asterisk/asterisk#2099).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huying.telephony.sound_quality import SoundFigures

BELOW_ZERO = 2**23
CODEC_VARIABLE = "CHANNEL(audionativeformat)"


def figures_of(statistics: Mapping[str, Any], codec: str) -> SoundFigures:
    """The figures of `GET /channels/{id}/rtp_statistics`."""
    trip = _number(statistics, "normdevrtt")
    return SoundFigures(
        codec=codec,
        received=int(_number(statistics, "rxcount")),
        sent=int(_number(statistics, "txcount")),
        lost_in=_lost(statistics, "rxploss"),
        lost_out=_lost(statistics, "txploss"),
        jitter_in_ms=round(_number(statistics, "local_normdevjitter") * 1000, 2),
        jitter_out_ms=round(_number(statistics, "remote_normdevjitter") * 1000, 2),
        round_trip_ms=round(trip * 1000, 1) if trip > 0 else None,
    )


def codec_of(variable: Mapping[str, Any]) -> str:
    """The first of `(alaw|ulaw)`, as the channel variable names the formats."""
    return str(variable.get("value") or "").strip("()").partition("|")[0]


def _lost(statistics: Mapping[str, Any], name: str) -> int:
    """Packets; a party that got some twice reports fewer than none, which Asterisk reads as an unsigned number of 24 bits."""
    lost = int(_number(statistics, name))
    return 0 if lost >= BELOW_ZERO else lost


def _number(statistics: Mapping[str, Any], name: str) -> float:
    value = statistics.get(name)
    return max(0.0, float(value)) if isinstance(value, int | float) else 0.0
