"""What Asterisk has counted of a channel's sound, in our words."""

from __future__ import annotations

from huying.telephony.asterisk.sound_figures import codec_of, figures_of

COUNTED = {"txcount": 438, "rxcount": 452, "txploss": 3, "rxploss": 1, "txjitter": 0.002, "rxjitter": 0.0015}
MEANS = {"local_normdevjitter": 0.00196, "remote_normdevjitter": 0.004, "rtt": 0.031, "normdevrtt": 0.03}


def test_counts_are_packets_and_means_are_milliseconds() -> None:
    figures = figures_of({**COUNTED, **MEANS}, "ulaw")
    assert (figures.received, figures.sent, figures.lost_in, figures.lost_out) == (452, 438, 1, 3)
    assert (figures.jitter_in_ms, figures.jitter_out_ms, figures.round_trip_ms) == (1.96, 4.0, 30.0)


def test_one_bad_sample_is_not_the_call() -> None:
    """Neither a jump of the sender's clock nor a round trip that Asterisk itself found impossible."""
    figures = figures_of({**COUNTED, **MEANS, "txjitter": 2.5, "rxjitter": 8191.0, "rtt": 65535.9}, "alaw")
    assert figures.mos() > 4
    assert figures_of({**COUNTED, "rtt": 65535.9, "normdevrtt": 0.0}, "alaw").round_trip_ms is None


def test_more_received_than_sent_is_no_loss() -> None:
    figures = figures_of({**COUNTED, **MEANS, "txploss": 2**24 - 2}, "alaw")
    assert figures.lost_out == 0
    assert figures.mos() > 4


def test_nothing_counted_yet() -> None:
    figures = figures_of({}, "")
    assert (figures.received, figures.loss_percent, figures.jitter_ms, figures.round_trip_ms) == (0, 0.0, 0.0, None)


def test_the_first_format_is_the_codec() -> None:
    assert (codec_of({"value": "(alaw|ulaw)"}), codec_of({"value": "opus"}), codec_of({})) == ("alaw", "opus", "")
