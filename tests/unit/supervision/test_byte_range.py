"""Range headers: what is asked for, what is not there, and what is passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.supervision.recordings.byte_range import ByteRange, byte_range


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", ByteRange(0, 100, whole=True)),
        ("bytes=0-", ByteRange(0, 100, whole=False)),
        ("bytes=0-0", ByteRange(0, 1, whole=False)),
        ("bytes=90-500", ByteRange(90, 100, whole=False)),
        ("bytes=-30", ByteRange(70, 100, whole=False)),
        ("bytes=-500", ByteRange(0, 100, whole=False)),
        ("bytes=-0", None),
        ("bytes=100-", None),
        ("bytes=5-3", ByteRange(0, 100, whole=True)),
        ("bytes=1-2,4-5", ByteRange(0, 100, whole=True)),
        ("bytes=-", ByteRange(0, 100, whole=True)),
        ("lines=1-2", ByteRange(0, 100, whole=True)),
    ],
)
def test_ranges(header: str, wanted: ByteRange | None) -> None:
    assert byte_range(header, 100) == wanted


@given(st.text(max_size=30), st.integers(0, 10**9))
def test_no_header_leads_out_of_the_file(header: str, length: int) -> None:
    for text in (header, "bytes=" + header):
        found = byte_range(text, length)
        assert found is None or 0 <= found.start <= found.end <= length
