"""Spoken figures: numbers, digits, queue places, dates, times, durations and money as keys of the prompt catalogue."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal, InvalidOperation

from huying.flows.speech.moments import duration, spoken_date, time_of_day, weekday
from huying.flows.speech.money import money
from huying.flows.speech.numbers import decimal, digits, number

WHOLE_PLACES = 10
"""Places up to here are one recorded sentence."""


def place_in_queue(place: int, language: str) -> tuple[str, ...]:
    """You are number N in the queue; `place` counts from 1."""
    if place <= WHOLE_PLACES:
        return (f"queue.place.{max(1, place)}",)
    return ("queue.place.before", *number(place, language), "queue.place.after")


def speak_value(value: str, style: str, language: str) -> tuple[str, ...]:
    """A variable's text in a style (digits, number, money, date, time); what does not fit the style is read digit by digit."""
    try:
        if style == "number":
            return decimal(_finite(value), language)
        if style == "money":
            return money(_finite(value), language)
        if style == "date":
            return spoken_date(date.fromisoformat(value), language)
        if style == "time":
            return time_of_day(time.fromisoformat(value), language)
    except (ValueError, InvalidOperation):
        pass
    return digits(value, language)


def _finite(value: str) -> Decimal:
    number_ = Decimal(value)
    if not number_.is_finite() or abs(number_) >= 10**12 or int(number_.as_tuple().exponent) < -6:
        raise ValueError(value)
    return number_


__all__ = [
    "decimal",
    "digits",
    "duration",
    "money",
    "number",
    "place_in_queue",
    "speak_value",
    "spoken_date",
    "time_of_day",
    "weekday",
]
