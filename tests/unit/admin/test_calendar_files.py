"""Hours and special days as text: what people write is read, what is written is read again, and faults name their line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from huying.admin.calendar.calendar import Span
from huying.admin.calendar.drafts import KINDS, Draft, difference
from huying.admin.calendar.files import FileUnreadable, read_file, write_csv, write_ics
from huying.admin.calendar.hours import Hours, HoursInvalid, hours_of, kept_week, read_hours, span_of, spans_of, week_of
from huying.admin.calendar.published import CHINA, YearUnknown, countries, published
from huying.foundation.errors import InvalidInput

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_hours_across_midnight_and_whole_days() -> None:
    assert span_of(Hours("22:00", "06:00")) == Span(1320, 1800)
    assert span_of(Hours("00:00", "24:00")) == Span(0, 1440)
    assert span_of(Hours("18:00", "00:00")) == Span(1080, 1440)
    for start, end in (("09:00", "09:00"), ("9:00", "10:00"), ("24:00", "01:00"), ("25:00", "26:00")):
        with pytest.raises(HoursInvalid):
            span_of(Hours(start, end))
    with pytest.raises(HoursInvalid, match="overlap"):
        spans_of([Hours("09:00", "12:00"), Hours("11:00", "13:00")])


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_hours_come_back(start: int, length: int) -> None:
    assume(length < 1440 or start == 0)  # a whole day is written from 00:00 on
    span = Span(start, start + length)
    assert span_of(hours_of(span)) == span


def test_a_week_comes_back() -> None:
    week = [[Hours("09:00", "12:00"), Hours("13:00", "18:00")], *[[]] * 5, [Hours("22:00", "06:00")]]
    assert week_of(kept_week(week))[6] == (Span(1320, 1800),)


@pytest.mark.parametrize("text", ["09:00-12:00 13:00-18:00", "9:00–12:00，13:00~18:00", "09：00至12：00、13:00-18:00"])
def test_hours_as_people_write_them(text: str) -> None:
    assert read_hours(text) == (Hours("09:00", "12:00"), Hours("13:00", "18:00"))


def test_a_table_with_chinese_heads_and_faults() -> None:
    head = "\ufeff日期;类型;名称;时间\n2026/10/1;休;国庆节;\n2026年10月10日;补班;国庆节;\n"
    reading = read_file(head + "20261231;特殊;盘点;9:00-12:00\n明天;休;;\n2026-1-1;odd;;\n")
    assert reading.drafts == (
        Draft(date(2026, 10, 1), "holiday", "国庆节"),
        Draft(date(2026, 10, 10), "working", "国庆节"),
        Draft(date(2026, 12, 31), "special", "盘点", (Hours("09:00", "12:00"),)),
    )
    assert [fault.line for fault in reading.faults] == [5, 6]


def test_a_table_without_heads() -> None:
    assert read_file("2026-12-25\n2026-12-26,holiday,Boxing Day").drafts[1].name == "Boxing Day"


ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261001
DTEND;VALUE=DATE:20261004
SUMMARY:国庆节 休
DESCRIPTION:any words
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261010
SUMMARY:国庆节（班）
END:VEVENT
BEGIN:VEVENT
DTSTART:20261225T000000Z
DTEND:20261225T235900Z
SUMMARY:Christmas
CATEGORIES:Holiday
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
SUMMARY:no date
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_of_others() -> None:
    reading = read_file(ICS)
    found = [(draft.day.isoformat(), draft.kind) for draft in reading.drafts]
    assert found == [
        ("2026-10-01", "holiday"),
        ("2026-10-02", "holiday"),
        ("2026-10-03", "holiday"),
        ("2026-10-10", "working"),
        ("2026-12-25", "holiday"),
    ]
    assert [fault.line for fault in reading.faults] == [3, 4]


@pytest.mark.parametrize("text", ["", "nothing at all", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:VCALENDAR\nbroken", "date,kind\n"])
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(FileUnreadable):
        read_file(text)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20).filter(lambda name: not name.startswith("'"))


@given(st.dictionaries(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.tuples(st.sampled_from(KINDS), NAMES), min_size=1, max_size=5))
def test_files_come_back(days: dict[date, tuple[str, str]]) -> None:
    hours = (Hours("09:00", "12:00"), Hours("22:00", "02:00"))
    drafts = tuple(Draft(day, kind, name, hours if kind == "special" else None) for day, (kind, name) in sorted(days.items()))  # type: ignore[arg-type]
    assert read_file(write_csv(drafts)).drafts == drafts
    read = read_file(write_ics(drafts, NOW)).drafts
    assert [(each.day, each.kind, each.hours) for each in read] == [(each.day, each.kind, each.hours) for each in drafts]


def test_no_spreadsheet_takes_a_name_for_a_formula() -> None:
    assert "'=1+1" in write_csv([Draft(date(2026, 1, 1), "holiday", "=1+1")])


def test_china_is_known_with_its_make_up_days_up_to_a_year() -> None:
    last = countries()[CHINA].last_year
    assert last >= 2026
    kinds = {draft.day: draft.kind for draft in published(CHINA, "", 2026, "zh-CN").drafts}
    assert (kinds[date(2026, 2, 16)], kinds[date(2026, 2, 14)]) == ("holiday", "working")
    with pytest.raises(YearUnknown, match=str(last)):
        published(CHINA, "", last + 1, "zh-CN")
    with pytest.raises(InvalidInput):
        published("XX", "", 2026, "en")


def test_other_countries_and_their_parts() -> None:
    bavaria = {draft.day: draft.name for draft in published("DE", "BY", 2027, "en").drafts}
    assert bavaria[date(2027, 1, 6)] == "Epiphany"
    assert date(2027, 1, 6) not in {draft.day for draft in published("DE", "", 2027, "en").drafts}


def test_against_what_is_kept() -> None:
    kept = {date(2026, 1, 1): Draft(date(2026, 1, 1), "holiday", "a")}
    assert difference(Draft(date(2026, 1, 1), "holiday", "a"), kept) == "same"
    assert difference(Draft(date(2026, 1, 1), "working", "a"), kept) == "changed"
    assert difference(Draft(date(2026, 1, 2), "holiday", "a"), kept) == "new"
