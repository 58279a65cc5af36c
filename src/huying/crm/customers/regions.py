"""Where a telephone number is at home: the place of a Chinese number, the country of another. By number ranges, so a guess for mobiles."""

from __future__ import annotations

import gzip
import json
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import phonenumbers

TABLE = Path(__file__).with_name("regions.json.gz")
"""Made by deploy/make-regions."""
PROVINCES = (
    *("北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东"),
    *("河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏", "新疆"),
)
DIGITS = 9
"""So many digits of a number, with the 86, tell its place."""


@dataclass(frozen=True, slots=True)
class _Table:
    places: Sequence[tuple[str, str]]
    starts: Sequence[int]
    found: Sequence[int]


def region_of(number: str) -> str:
    """The place of a number in E.164: 北京市, 广东省深圳市; of a foreign one its country (US); empty when nobody knows."""
    if number.startswith("+86"):
        place = _place(number[1:])
        return place[0] if place else ""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""


def province_of(number: str) -> str:
    """The province of a number of China's mainland in E.164, by its short name: 广东, 北京; empty for others."""
    region = region_of(number) if number.startswith("+86") else ""
    return next((province for province in PROVINCES if region.startswith(province)), "")


def _place(digits: str) -> tuple[str, str] | None:
    if len(digits) < DIGITS or not digits.isdecimal():
        return None
    table = _table()
    index = bisect_right(table.starts, int(digits[:DIGITS])) - 1
    return table.places[table.found[index]] if index >= 0 and table.found[index] >= 0 else None


@cache
def _table() -> _Table:
    data = json.loads(gzip.decompress(TABLE.read_bytes()))
    places = [(str(chinese), str(english)) for chinese, english in data["places"]]
    return _Table(places, array("q", accumulate(data["steps"])), array("h", data["found"]))
