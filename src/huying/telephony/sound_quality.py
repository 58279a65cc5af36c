"""How good a call sounds, estimated from packets. Pure; the softphone has the same formula (`quality.ts`).

The E-model of ITU-T G.107 with its defaults, reduced as by Cole and Rosenbluth ("Voice over IP performance monitoring", 2001):
R = 93.2 - Id - Ie_eff. Id = 0.024 d + 0.11 (d - 177.3) beyond 177.3 ms of one-way delay d; Ie_eff = Ie + (95 - Ie) P / (P + Bpl) with
P the loss in percent (random) and Ie, Bpl of ITU-T G.113 appendix I. Annex B of G.107 turns R into the mean opinion score.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

BEST_R = 93.2
PACKET_MS = 20.0
BUFFER_PER_JITTER = 2.0
"""A jitter buffer holds about twice the jitter back."""
KNEE_MS = 177.3
IMPAIRMENT = {"g729": (11.0, 19.0), "gsm": (26.0, 10.0), "ilbc": (10.0, 18.4)}
CONCEALED = (0.0, 25.1)
"""Ie and Bpl of G.711 with concealment of losses; used for G.722 and Opus too, for which the appendix has no narrow-band values."""


@dataclass(frozen=True, slots=True)
class SoundFigures:
    """What the engine has counted of a leg so far. `in`: from the party to us; `out`: to the party, as its phone reports (RTCP)."""

    codec: str
    received: int
    sent: int
    lost_in: int
    lost_out: int
    jitter_in_ms: float
    jitter_out_ms: float
    round_trip_ms: float | None
    """None while the party's phone has reported none."""

    @property
    def loss_percent(self) -> float:
        """The worse of the two directions."""
        return max(share(self.lost_in, self.received + self.lost_in), share(self.lost_out, self.sent))

    @property
    def jitter_ms(self) -> float:
        """The worse of the two directions."""
        return max(self.jitter_in_ms, self.jitter_out_ms)

    def mos(self) -> float:
        """The estimated mean opinion score, 1 to 4.5."""
        return opinion_score(self.loss_percent, self.jitter_ms, self.round_trip_ms or 0.0, self.codec)


def share(part: int, whole: int) -> float:
    """Percent, 0 to 100; 0 of nothing."""
    return 100.0 * min(max(part, 0), whole) / whole if whole > 0 else 0.0


def opinion_score(loss_percent: float, jitter_ms: float, round_trip_ms: float, codec: str = "") -> float:
    """Mean opinion score, 1 to 4.5, rounded to two places. Impossible figures count as the nearest possible."""
    loss, jitter, trip = min(max(loss_percent, 0.0), 100.0), max(jitter_ms, 0.0), max(round_trip_ms, 0.0)
    equipment, robustness = IMPAIRMENT.get(codec.lower(), CONCEALED)
    delay = trip / 2 + BUFFER_PER_JITTER * jitter + PACKET_MS
    delayed = 0.024 * delay + (0.11 * (delay - KNEE_MS) if delay > KNEE_MS else 0.0)
    lossy = equipment + (95.0 - equipment) * loss / (loss + robustness)
    return round(_score(BEST_R - delayed - lossy), 2)


def _score(r: float) -> float:
    if r <= 0:
        return 1.0
    if r >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)


def made_up(name: str, packets: int) -> SoundFigures:
    """Believable figures for a party without a network; the same name gives the same network."""
    dice = zlib.crc32(name.encode())
    lost = packets * (dice % 9) // 1000
    jitter, trip = 1.0 + dice % 13, 12.0 + dice % 71
    return SoundFigures("alaw", packets - lost, packets, lost, lost // 2, jitter, jitter / 2, trip)
