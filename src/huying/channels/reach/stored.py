"""What persons have set and who has the duty telephone, as it stands in the database, and as it decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huying.admin.calendar.calendar import Calendar
from huying.admin.calendar.calendars import Calendars
from huying.admin.calendar.hours import week_of
from huying.channels.reach.duty import OnDuty, Roster, Shift, Substitution
from huying.channels.reach.model import DutyRosterRow, PersonReachRow
from huying.channels.reach.reach import OCCASIONS, ReachSettings, Target


def reach_of(row: PersonReachRow, calendars: Calendars) -> ReachSettings:
    """A person's settings."""
    targets = {name: _target(row.diversions.get(name)) for name in OCCASIONS}
    return ReachSettings(
        **targets,
        no_answer_seconds=row.no_answer_seconds,
        hours=calendars.by_id.get(row.schedule_id) if row.schedule_id else None,
        do_not_disturb=row.do_not_disturb,
        call_waiting=row.call_waiting,
        all_devices=row.all_devices,
    )


def _target(stored: Mapping[str, Any] | None) -> Target | None:
    return Target(str(stored["kind"]), str(stored.get("id") or ""), str(stored.get("number") or "")) if stored else None


def roster_of(row: DutyRosterRow, zone: ZoneInfo) -> Roster:
    """A duty telephone. Raises HoursInvalid."""
    shifts = tuple(Shift(Calendar(zone, week_of(_days(one))), _people(one["people"])) for one in row.shifts)
    substitutions = tuple(
        Substitution(datetime.fromisoformat(one["begins"]), datetime.fromisoformat(one["ends"]), _people(one["people"]))
        for one in row.substitutions
    )
    return Roster(row.id, row.code, shifts, substitutions, _people(row.otherwise), row.ring_seconds, row.mailbox_queue_id or "")


def _days(shift: Mapping[str, Any]) -> list[dict[str, object]]:
    return [{"day": day, "start": shift["start"], "end": shift["end"]} for day in sorted(set(shift["days"]))]


def _people(stored: Iterable[Mapping[str, Any]]) -> tuple[OnDuty, ...]:
    return tuple(OnDuty(str(one["kind"]), str(one.get("id") or ""), str(one.get("number") or "")) for one in stored)
