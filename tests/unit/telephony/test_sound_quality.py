"""The estimate of how good a call sounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.telephony.sound_quality import SoundFigures, opinion_score, share

percents = st.floats(0, 100, allow_nan=False)
times = st.floats(0, 5000, allow_nan=False)


@pytest.mark.parametrize(
    ("loss", "jitter", "trip", "codec", "wanted"),
    [
        (0, 0, 0, "alaw", 4.4),  # G.107's own best narrow-band value, less the 20 ms of a packet
        (0, 0, 0, "g729", 4.1),
        (1, 5, 40, "ulaw", 4.31),
        (5, 10, 100, "ulaw", 3.83),
        (20, 40, 300, "alaw", 1.92),
        (100, 0, 0, "alaw", 1.16),
    ],
)
def test_known_figures(loss: float, jitter: float, trip: float, codec: str, wanted: float) -> None:
    assert opinion_score(loss, jitter, trip, codec) == pytest.approx(wanted, abs=0.05)


@given(percents, times, times, percents)
def test_stays_in_its_range_and_more_loss_is_never_better(loss: float, jitter: float, trip: float, more: float) -> None:
    score = opinion_score(loss, jitter, trip)
    assert 1.0 <= score <= 4.5
    assert opinion_score(min(100, loss + more), jitter, trip) <= score + 0.01


@given(percents, times, times, times)
def test_more_delay_is_never_better(loss: float, jitter: float, trip: float, more: float) -> None:
    assert opinion_score(loss, jitter, trip + more) <= opinion_score(loss, jitter, trip) + 0.01


def test_impossible_figures_count_as_the_nearest_possible() -> None:
    assert opinion_score(-5, -1, -1) == opinion_score(0, 0, 0)
    assert (share(-3, 10), share(20, 10), share(1, 0)) == (0.0, 100.0, 0.0)


def test_the_worse_direction_counts() -> None:
    figures = SoundFigures("alaw", received=950, sent=1000, lost_in=50, lost_out=10, jitter_in_ms=3, jitter_out_ms=9, round_trip_ms=None)
    assert figures.loss_percent == pytest.approx(5.0)
    assert figures.jitter_ms == 9
    assert figures.mos() == opinion_score(5.0, 9, 0, "alaw")
