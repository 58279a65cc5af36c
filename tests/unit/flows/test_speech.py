"""Spoken figures, read back from the catalogue's own texts by an independent reader."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.flows.announcements import key_items, waiting_items
from huying.flows.effects import Pause, Say
from huying.flows.prompts.catalogue import text_of
from huying.flows.speech import decimal, digits, duration, money, number, place_in_queue, speak_value, spoken_date, time_of_day, weekday
from huying.routing.router.requirements import Action

ZH, EN = "zh-CN", "en"
LANGUAGES = st.sampled_from([ZH, EN])


def text(words: tuple[str, ...], language: str) -> str:
    """What is heard, as text."""
    return ("" if language == ZH else " ").join(text_of(word, language) for word in words)


def read_chinese(heard: str) -> int:
    """The number of Chinese numerals."""
    total, group, digit = 0, 0, 0
    for sign in heard:
        if sign in "零一二两三四五六七八九":
            digit = 2 if sign == "两" else "零一二三四五六七八九".index(sign)
        elif sign in "十百千":
            group += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            total += (group + digit) * {"万": 10**4, "亿": 10**8}[sign]
            group = digit = 0
    return total + group + digit


def read_english(heard: str) -> int:
    """The number of English words."""
    small = {text_of(f"num.{value}", EN): value for value in range(100)}
    total, group = 0, 0
    for word in heard.split():
        if word in small:
            group += small[word]
        elif word == "hundred":
            group *= 100
        else:
            total += group * {"thousand": 10**3, "million": 10**6, "billion": 10**9}[word]
            group = 0
    return total + group


@given(st.integers(0, 10**12 - 1) | st.integers(0, 200_000) | st.builds(lambda a, b: a * 10**b, st.integers(1, 999), st.integers(0, 9)))
def test_numbers_are_understood_as_what_they_are(value: int) -> None:
    assert read_chinese(text(number(value, ZH), ZH)) == value
    assert read_english(text(number(value, EN), EN)) == value


@given(st.integers(0, 10**12 - 1))
def test_chinese_numbers_keep_the_rules_of_zero_and_ten(value: int) -> None:
    heard = text(number(value, ZH), ZH)
    assert "零零" not in heard
    assert value == 0 or (not heard.endswith("零") and "零万" not in heard and "零亿" not in heard)
    assert not any(wrong in heard for wrong in ("百十", "千十", "零十", "万十", "亿十", "两百", "两十"))
    assert not any(wrong in heard for wrong in ("二千",))
    assert not heard.startswith("二万") and not heard.startswith("二亿")


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (0, "零", "zero"),
        (2, "二", "two"),
        (10, "十", "ten"),
        (12, "十二", "twelve"),
        (110, "一百一十", "one hundred ten"),
        (105, "一百零五", "one hundred five"),
        (222, "二百二十二", "two hundred twenty-two"),
        (1010, "一千零一十", "one thousand ten"),
        (2002, "两千零二", "two thousand two"),
        (10_000, "一万", "ten thousand"),
        (10_005, "一万零五", "ten thousand five"),
        (20_200, "两万零二百", "twenty thousand two hundred"),
        (110_000, "十一万", "one hundred ten thousand"),
        (205_000, "二十万五千", "two hundred five thousand"),
        (200_000_000, "两亿", "two hundred million"),
        (100_000_005, "一亿零五", "one hundred million five"),
        (1_020_000, "一百零二万", "one million twenty thousand"),
        (-7, "负七", "minus seven"),
    ],
)
def test_known_numbers(value: int, chinese: str, english: str) -> None:
    assert text(number(value, ZH), ZH) == chinese
    assert text(number(value, EN), EN) == english


def test_two_before_a_measure_word() -> None:
    assert text(number(2, ZH, counted=True), ZH) == "两"
    assert text(number(12, ZH, counted=True), ZH) == "十二"


def test_digits_one_by_one() -> None:
    assert text(digits("101 0#", ZH, telephone=True), ZH) == "幺零幺零井号"
    assert text(digits("2*", ZH), ZH) == "二星号"
    assert text(digits("10", EN), EN) == "one zero"


def test_decimals() -> None:
    assert text(decimal(Decimal("10.50"), ZH), ZH) == "十点五"
    assert text(decimal(Decimal("-0.05"), EN), EN) == "minus zero point zero five"


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        ("0", "零元", "zero yuan"),
        ("2", "两元", "two yuan"),
        ("12.05", "十二元零五分", "twelve point zero five yuan"),
        ("10.20", "十元两角", "ten point two yuan"),
        ("0.02", "两分", "zero point zero two yuan"),
        ("1234.56", "一千二百三十四元五角六分", "one thousand two hundred thirty-four point five six yuan"),
        ("-3", "负三元", "minus three yuan"),
    ],
)
def test_money(amount: str, chinese: str, english: str) -> None:
    assert text(money(Decimal(amount), ZH), ZH) == chinese
    assert text(money(Decimal(amount), EN), EN) == english


def test_dates() -> None:
    day = date(2026, 11, 21)
    assert text(spoken_date(day, ZH), ZH) == "二零二六年十一月二十一号"
    assert text(spoken_date(day, EN), EN) == "November twenty-first twenty twenty-six"
    assert text(spoken_date(day, EN, with_year=False), EN) == "November twenty-first"
    assert text(spoken_date(date(2005, 1, 2), EN), EN) == "January second two thousand five"
    assert text(spoken_date(date(1905, 1, 2), EN), EN) == "January second nineteen oh five"
    assert text(weekday(day), ZH) == "星期六"


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (time(14, 5), "下午两点零五分", "two oh five P M"),
        (time(0, 0), "凌晨零点", "twelve A M"),
        (time(12, 30), "中午十二点半", "twelve thirty P M"),
        (time(8, 15), "早上八点十五分", "eight fifteen A M"),
        (time(22, 0), "晚上十点", "ten P M"),
    ],
)
def test_times(moment: time, chinese: str, english: str) -> None:
    assert text(time_of_day(moment, ZH), ZH) == chinese
    assert text(time_of_day(moment, EN), EN) == english


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (0, "零秒", "zero seconds"),
        (1, "一秒", "one second"),
        (120, "两分钟", "two minutes"),
        (3700, "一小时一分钟", "one hour one minute"),
        (7200 + 5, "两小时", "two hours"),
        (2 * 86_400 + 59, "两天", "two days"),
    ],
)
def test_durations(seconds: int, chinese: str, english: str) -> None:
    assert text(duration(seconds, ZH), ZH) == chinese
    assert text(duration(seconds, EN), EN) == english


@given(st.integers(1, 3000), LANGUAGES)
def test_places(place: int, language: str) -> None:
    heard = text(place_in_queue(place, language), language)
    core = (
        heard.replace("您目前排在第", "").replace("位。", "")
        if language == ZH
        else heard[len("You are number ") : heard.index(" in the queue")]
    )
    assert (read_chinese(core) if language == ZH else read_english(core)) == place


@given(st.text(max_size=20), st.sampled_from(["digits", "number", "money", "date", "time", "?"]), LANGUAGES)
def test_any_value_can_be_spoken(value: str, style: str, language: str) -> None:
    text(speak_value(value, style, language), language)


@given(st.dates(), st.times(), st.integers(0, 10**8), st.decimals(-(10**9), 10**9, places=2), LANGUAGES)
def test_every_word_is_in_the_catalogue(day: date, moment: time, seconds: int, amount: Decimal, language: str) -> None:
    for words in (spoken_date(day, language), time_of_day(moment, language), duration(seconds, language), money(amount, language)):
        text((*words, *weekday(day)), language)


def test_estimates_are_said_as_they_can_be_promised() -> None:
    assert waiting_items(EN, 0, estimate_seconds=20) == (Say("queue.estimate.soon", EN),)
    assert [item.key for item in waiting_items(ZH, 0, estimate_seconds=130) if isinstance(item, Say)] == [
        *("queue.estimate.before", "num.liang", "duration.minutes"),
    ]
    assert [item.key for item in waiting_items(EN, 0, estimate_seconds=820) if isinstance(item, Say)] == [
        *("queue.estimate.before", "num.15", "duration.minutes"),
    ]
    assert waiting_items(ZH, 0, estimate_seconds=7200) == (Say("queue.estimate.long", ZH),)


def test_people_and_keys_are_said() -> None:
    assert waiting_items(EN, 0, people=1) == (Say("queue.people.one", EN),)
    assert [item.key for item in waiting_items(ZH, 0, people=2) if isinstance(item, Say)] == [
        *("queue.people.before", "num.liang", "queue.people.after"),
    ]
    said = key_items(EN, {"2": Action("callback"), "1": Action("voicemail"), "*": Action("menu", "0")})
    assert [item.key for item in said if isinstance(item, Say)] == [
        *("queue.key.menu", "key.star", "queue.key.voicemail", "num.1", "queue.key.callback", "num.2"),
    ]


def test_announcements() -> None:
    assert waiting_items(EN, 0) == ()
    assert waiting_items(EN, 3, 59) == (Say("queue.place.3", EN),)
    assert waiting_items(ZH, 1, 125)[1:] == (
        Pause(200),
        *(Say(key, ZH) for key in ("queue.waited.before", "num.liang", "duration.minutes", "queue.waited.after")),
    )
