"""Keeps the changes of the business's settings, lists them, and undoes one. Undoing is a change itself, so nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from huying.admin.acts import journal_acts
from huying.admin.changes.difference import put_back, touched
from huying.admin.changes.model import ConfigurationChangeRow
from huying.admin.changes.thing import State, Thing, things
from huying.admin.events import SettingsChanged
from huying.foundation.errors import Conflict, NotFound


class ChangedSince(Conflict):
    """This was changed again since: undo the later changes first, or put it back all the same."""

    code = "changed-since"


class AlreadyBack(Conflict):
    """Everything is as it was before this change already."""

    code = "already-undone"


class KindUnknown(Conflict):
    """This version cannot undo changes of this kind."""

    code = "cannot-undo"


@dataclass(frozen=True, slots=True)
class Step:
    """One change that is to be kept."""

    what: str
    thing_id: str
    action: str
    before: State | None = None
    after: State | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A change as it is shown. `undone_by` is the number of the latest change that undid it."""

    row: ConfigurationChangeRow
    undone_by: int | None


async def lock_changes(session: AsyncSession, business_id: str) -> None:
    """Changes of one business come one after the other, until the end of the transaction: each knows what the last one left."""
    await session.execute(text("SELECT set_config('lock_timeout', '9000', true)"))  # somebody's import may take a moment
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('configuration_change'), hashtext(:key))"), {"key": business_id})


async def keep(
    session: AsyncSession, business_id: str, person_id: str, now: datetime, steps: Sequence[Step]
) -> list[ConfigurationChangeRow]:
    """Write changes down, in numbers and in the journal; gives those of known kinds. Things whose states are the same are not changed."""
    numbers = select(func.max(ConfigurationChangeRow.number)).where(ConfigurationChangeRow.business_id == business_id)
    last = await session.scalar(numbers) or 0
    made: list[ConfigurationChangeRow] = []
    acts: list[SettingsChanged] = []
    for step in steps:
        known = step.what in things()
        if known and step.before == step.after:
            continue
        if known:
            made.append(_row(business_id, person_id, now, step, last + len(made) + 1))
        number = made[-1].number if known else 0
        acts.append(SettingsChanged(person_id, step.what, step.thing_id, step.action, number, step.undoes or 0))
    await journal_acts(session, business_id, acts, now)
    session.add_all(made)
    await session.flush()
    return made


def _row(business_id: str, person_id: str, now: datetime, step: Step, number: int) -> ConfigurationChangeRow:
    return ConfigurationChangeRow(
        business_id=business_id,
        number=number,
        at=now,
        person_id=person_id or None,
        what=step.what,
        thing_id=step.thing_id,
        action=step.action,
        before=None if step.before is None else dict(step.before),
        after=None if step.after is None else dict(step.after),
        undoes=step.undoes,
    )


async def list_changes(session: AsyncSession, before: int | None, limit: int, what: str | None) -> list[Listed]:
    """The latest changes first, from below the number `before` on."""
    undoing = aliased(ConfigurationChangeRow)
    undone_by = select(func.max(undoing.number)).where(
        undoing.business_id == ConfigurationChangeRow.business_id, undoing.undoes == ConfigurationChangeRow.number
    )
    statement = select(ConfigurationChangeRow, undone_by.scalar_subquery()).order_by(ConfigurationChangeRow.number.desc()).limit(limit)
    if before is not None:
        statement = statement.where(ConfigurationChangeRow.number < before)
    if what:
        statement = statement.where(ConfigurationChangeRow.what == what)
    return [Listed(row, undone) for row, undone in await session.execute(statement)]


async def find_change(session: AsyncSession, number: int) -> ConfigurationChangeRow:
    """One change. Raises NotFound."""
    row = await session.scalar(select(ConfigurationChangeRow).where(ConfigurationChangeRow.number == number))
    if row is None:
        raise NotFound("There is no such change.")
    return row


def kind_of(row: ConfigurationChangeRow) -> Thing:
    """Who can put the thing back. Raises KindUnknown."""
    thing = things().get(row.what)
    if thing is None:
        raise KindUnknown(what=row.what)
    return thing


async def undo(
    session: AsyncSession, change: ConfigurationChangeRow, person_id: str, now: datetime, *, force: bool = False
) -> ConfigurationChangeRow:
    """Put back what a change changed, and keep that as a change. Raises ChangedSince, AlreadyBack, KindUnknown, what writing raises."""
    thing, business_id = kind_of(change), change.business_id
    current = await thing.read(session, change.thing_id)
    back = put_back(current, change.before, change.after)
    if not back.differs:
        raise AlreadyBack
    if back.clashes and not force:
        raise ChangedSince(numbers=await _later(session, change, back.clashes))
    await thing.write(session, business_id, change.thing_id, back.state)
    after = await thing.read(session, change.thing_id)
    action = "removed" if back.state is None else "made" if current is None else "changed"
    step = Step(change.what, change.thing_id, action, current, after, change.number)
    kept = await keep(session, business_id, person_id, now, [step])
    if not kept:
        raise AlreadyBack
    return kept[0]


async def _later(session: AsyncSession, change: ConfigurationChangeRow, clashes: frozenset[tuple[str, ...]]) -> Sequence[int]:
    """The later changes of the thing that touched the same of it."""
    same = (ConfigurationChangeRow.what == change.what, ConfigurationChangeRow.thing_id == change.thing_id)
    statement = select(ConfigurationChangeRow).where(*same, ConfigurationChangeRow.number > change.number)
    rows = await session.scalars(statement.order_by(ConfigurationChangeRow.number))
    return [row.number for row in rows if clashes & touched(row.before, row.after).keys()]
