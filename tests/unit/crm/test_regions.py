"""Where numbers are at home."""

from __future__ import annotations

import pytest

from huying.crm.customers.regions import province_of, region_of


@pytest.mark.parametrize(
    ("number", "region", "province"),
    [
        ("+861065551234", "北京市", "北京"),
        ("+8675512345678", "广东省深圳市", "广东"),
        ("+8613800001111", "北京市", "北京"),
        ("+8677112345678", "广西南宁市", "广西"),
        ("+864008001234", "", ""),
        ("+14155550123", "US", ""),
        ("+86", "", ""),
        ("", "", ""),
        ("anonymous", "", ""),
    ],
)
def test_places(number: str, region: str, province: str) -> None:
    assert region_of(number) == region
    assert province_of(number) == province
