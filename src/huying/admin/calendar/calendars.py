"""All schedules of all businesses as calendars, for whoever asks while calls run. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huying.admin.calendar.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Calendars:
    """`by_id`: schedule -> calendar. `by_code`: business -> schedule's code -> calendar. `unscheduled`: for what has no schedule."""

    by_id: Mapping[str, Calendar] = field(default_factory=dict)
    by_code: Mapping[str, Mapping[str, Calendar]] = field(default_factory=dict)
    unscheduled: Mapping[str, Calendar] = field(default_factory=dict)
    """Business -> always open but for closings of the whole business; businesses without any are not in it."""

    def opening(self, business_id: str, schedule_id: str | None) -> Calendar | None:
        """When something with this schedule is open; None: always."""
        found = self.by_id.get(schedule_id) if schedule_id else None
        return found or self.unscheduled.get(business_id)

    def of_business(self, business_id: str) -> Mapping[str, Calendar]:
        """The business's calendars by code."""
        return self.by_code.get(business_id, {})
