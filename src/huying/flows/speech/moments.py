"""Dates, times of day and durations as words of the prompt catalogue, in Chinese and English."""

from __future__ import annotations

from datetime import date, time

from huying.flows.speech.numbers import digits, number

UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def spoken_date(day: date, language: str, *, with_year: bool = True) -> tuple[str, ...]:
    """2026-11-21: 二零二六年十一月二十一号; November twenty-first, twenty twenty-six."""
    month_and_day = (f"month.{day.month}", f"day.{day.day}")
    if not with_year:
        return month_and_day
    if language.startswith("zh"):
        return (*digits(str(day.year), language), "date.year", *month_and_day)
    return (*month_and_day, *_english_year(day.year))


def weekday(day: date) -> tuple[str, ...]:
    """Monday to Sunday; the same word in both catalogues."""
    return (f"weekday.{day.isoweekday()}",)


def time_of_day(moment: time, language: str) -> tuple[str, ...]:
    """14:05: 下午两点零五分; two oh five p.m."""
    return _chinese_time(moment) if language.startswith("zh") else _english_time(moment)


def duration(seconds: int, language: str) -> tuple[str, ...]:
    """The length by its two largest units, the rest cut off: 3 700 s is 一小时一分钟; one hour one minute."""
    parts: list[str] = []
    rest, spoken = max(0, seconds), 0
    for size, unit in UNITS:
        count, rest = divmod(rest, size)
        if count and spoken < 2:
            plural = language.startswith("zh") or count != 1
            parts += [*number(count, language, counted=True), f"duration.{unit}s" if plural else f"duration.{unit}"]
        spoken += 1 if count or spoken else 0
    return tuple(parts) or (*number(0, language), "duration.seconds")


def _english_year(year: int) -> tuple[str, ...]:
    century, rest = divmod(year, 100)
    if year < 1000 or year % 1000 < 10:
        return number(year, "en")
    if rest == 0:
        return (f"num.{century}", "num.hundred")
    return (f"num.{century}", "num.oh", f"num.{rest}") if rest < 10 else (f"num.{century}", f"num.{rest}")


def _english_time(moment: time) -> tuple[str, ...]:
    minutes: tuple[str, ...] = (f"num.{moment.minute}",) if moment.minute else ()
    if 0 < moment.minute < 10:
        minutes = ("num.oh", *minutes)
    return (f"num.{moment.hour % 12 or 12}", *minutes, "time.pm" if moment.hour >= 12 else "time.am")


def _chinese_time(moment: time) -> tuple[str, ...]:
    hour, minute = moment.hour, moment.minute
    bounds = ((5, "dawn"), (8, "early"), (11, "morning"), (12, "noon"), (17, "afternoon"), (23, "evening"))
    part = next(name for last, name in bounds if hour <= last)
    words = [f"time.{part}", f"hour.{hour if hour <= 12 else hour - 12}"]
    if minute == 30:
        words.append("time.half")
    elif minute:
        words += [*(["num.0"] if minute < 10 else []), f"num.{minute}", "time.minute"]
    return tuple(words)
