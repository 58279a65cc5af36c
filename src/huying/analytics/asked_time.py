"""Times as people and pages give them in an address: a moment, or a day of the business's calendar. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from huying.analytics.spans import Span, day_of
from huying.foundation.errors import InvalidInput


def moment_of(text: str, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """The moment in UTC. A day means its beginning, or with `end` its end; a time without offset is the business's. Raises InvalidInput."""
    try:
        if len(text) == 10:
            day = date.fromisoformat(text) + timedelta(days=int(end))
            return datetime.combine(day, time(), zone).astimezone(UTC)
        # A plus sign in an address arrives as a space where it was not escaped.
        moment = datetime.fromisoformat(text.replace(" ", "+") if text[10:11] == "T" else text)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            f"{text[:40]!r} is no time: write 2026-05-31 or 2026-05-31T08:00:00Z.", field="end" if end else "from"
        ) from error
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)


def range_of(since: str, until: str, zone: ZoneInfo, now: datetime) -> Span:
    """From `since` up to `until`; today where neither is given. Raises InvalidInput."""
    today = day_of(now, zone)
    start = moment_of(since, zone) if since else today.start
    return Span(start, moment_of(until, zone, end=True) if until else max(today.end, start))
