"""Public holidays as they are published: China's with its make-up working days, and other countries'. Looks up tables of two libraries.

China's list is decided each year and published in November for the next one; years beyond `years_of("CN")` are not known here, and are
imported from a file, or known after an update. Other countries' lists follow their laws and reach far ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import holidays
from chinese_calendar import constants as china  # type: ignore[import-untyped]

from huying.admin.calendar.drafts import Draft, Reading
from huying.foundation.errors import InvalidInput

CHINA = "CN"
FARTHEST_YEARS = (1990, 2100)


class YearUnknown(InvalidInput):
    """The holidays of this year are not known here."""

    code = "year-unknown"


@dataclass(frozen=True, slots=True)
class Country:
    """A country (ISO 3166) whose holidays are known from `first_year` to `last_year`; `parts` have holidays of their own."""

    code: str
    first_year: int
    last_year: int
    parts: tuple[str, ...] = ()
    make_up_days: bool = False


@cache
def countries() -> Mapping[str, Country]:
    """All countries by code: China first."""
    years = [day.year for day in china.holidays]
    found = {CHINA: Country(CHINA, min(years), max(years), make_up_days=True)}
    for code, parts in sorted(holidays.list_supported_countries().items()):
        if len(code) == 2 and code != CHINA:
            found[code] = Country(code, *FARTHEST_YEARS, tuple(parts))
    return found


def published(code: str, part: str, year: int, language: str) -> Reading:
    """The special days of a year. Raises InvalidInput for an unknown country, YearUnknown."""
    country = countries().get(code)
    if country is None or (part and part not in country.parts):
        raise InvalidInput("The holidays of this country are not known here: import them from a file.", field="country")
    if not country.first_year <= year <= country.last_year:
        raise YearUnknown(
            f"Known are the years {country.first_year} to {country.last_year}: import {year} from a file, or update Huying.",
            first_year=country.first_year,
            last_year=country.last_year,
        )
    return Reading(_china(year, language) if code == CHINA else _elsewhere(code, part, year, language))


def _china(year: int, language: str) -> tuple[Draft, ...]:
    chinese = {each.value: each.chinese for each in china.Holiday}
    rest = {day: ("holiday", name) for day, name in china.holidays.items() if day.year == year}
    work = {day: ("working", name) for day, name in china.workdays.items() if day.year == year}
    both = sorted((rest | work).items())
    return tuple(Draft(day, kind, chinese[name] if language.startswith("zh") else name) for day, (kind, name) in both)  # type: ignore[arg-type]


def _elsewhere(code: str, part: str, year: int, language: str) -> tuple[Draft, ...]:
    kind = holidays.country_holidays(code)
    offered = getattr(kind, "supported_languages", ())
    wanted = next((each for each in (language.replace("-", "_"), "en_US") if each in offered), None)
    found = holidays.country_holidays(code, subdiv=part or None, years=year, language=wanted)
    return tuple(Draft(day, "holiday", name[:100]) for day, name in sorted(found.items()))
