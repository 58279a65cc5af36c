"""Asterisk's RTP statistics of a channel in our words. Counts are packets; Asterisk tells jitter and round trip in seconds.

What it calls the jitter of transmission is its own measure of what it received; that of reception is what the party's phone reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huying.telephony.sound_quality import SoundFigures

CODEC_VARIABLE = "CHANNEL(audionativeformat)"


def figures_of(statistics: Mapping[str, Any], codec: str) -> SoundFigures:
    """The figures of `GET /channels/{id}/rtp_statistics`."""
    trip = _number(statistics, "rtt")
    return SoundFigures(
        codec=codec,
        received=int(_number(statistics, "rxcount")),
        sent=int(_number(statistics, "txcount")),
        lost_in=int(_number(statistics, "rxploss")),
        lost_out=int(_number(statistics, "txploss")),
        jitter_in_ms=round(_number(statistics, "txjitter") * 1000, 2),
        jitter_out_ms=round(_number(statistics, "rxjitter") * 1000, 2),
        round_trip_ms=round(trip * 1000, 1) if trip > 0 else None,
    )


def codec_of(variable: Mapping[str, Any]) -> str:
    """The first of `(alaw|ulaw)`, as the channel variable names the formats."""
    return str(variable.get("value") or "").strip("()").partition("|")[0]


def _number(statistics: Mapping[str, Any], name: str) -> float:
    value = statistics.get(name)
    return max(0.0, float(value)) if isinstance(value, int | float) else 0.0
