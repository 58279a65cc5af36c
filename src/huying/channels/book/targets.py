"""A person's own targets: favourites, the keys of speed dial, and whom or what they called last. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Delete, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.book.model import DialTargetRow
from huying.channels.book.numbers import dialable
from huying.foundation.errors import InvalidInput

KINDS = ("agent", "queue", "flow", "number", "mailbox")
REMEMBERED = 50
KEYS = range(1, 10)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call can go: an id for all kinds but a number. `label` is what people call it."""

    kind: str
    id: str = ""
    number: str = ""
    label: str = ""

    @property
    def key(self) -> str:
        """What tells it from others of its kind. Raises InvalidInput where it is missing."""
        if self.kind == "number":
            return dialable(self.number)
        if not self.id:
            raise InvalidInput(f"A target of the kind {self.kind} needs an id.", field="id")
        return self.id


def target_of(row: DialTargetRow) -> Target:
    """What the row means."""
    if row.kind == "number":
        return Target(row.kind, "", row.target, row.label)
    return Target(row.kind, row.target, "", row.label)


async def own_targets(session: AsyncSession, person_id: str) -> Sequence[DialTargetRow]:
    """All of a person's targets, the last used first."""
    statement = select(DialTargetRow).where(DialTargetRow.person_id == person_id)
    return list(await session.scalars(statement.order_by(DialTargetRow.used_at.desc().nulls_last(), DialTargetRow.label)))


async def note_used(session: AsyncSession, business_id: str, person_id: str, target: Target, now: datetime) -> None:
    """The person called it now; the oldest beyond the last fifty are forgotten. Raises InvalidInput."""
    row = await _row(session, business_id, person_id, target)
    row.used_at = now
    await session.flush()
    old = select(DialTargetRow.kind, DialTargetRow.target).where(DialTargetRow.person_id == person_id, DialTargetRow.used_at.is_not(None))
    for kind, key in (await session.execute(old.order_by(DialTargetRow.used_at.desc()).offset(REMEMBERED))).all():
        await _forget(session, person_id, kind, key)


async def keep(session: AsyncSession, business_id: str, person_id: str, target: Target, *, favourite: bool, key: int | None) -> None:
    """Make it a favourite, or put it on a key (1 to 9), or neither. A key that had another target has this one. Raises InvalidInput."""
    if key is not None and key not in KEYS:
        raise InvalidInput("The keys of speed dial are 1 to 9.", field="key")
    row = await _row(session, business_id, person_id, target)
    if key is not None:
        others = (DialTargetRow.person_id == person_id, DialTargetRow.key == key)
        await session.execute(update(DialTargetRow).where(*others).values(key=None))
    row.favourite, row.key = favourite, key
    await session.flush()
    await session.execute(_empty(person_id))


async def forget_used(session: AsyncSession, person_id: str) -> None:
    """Forget what was called."""
    await session.execute(update(DialTargetRow).where(DialTargetRow.person_id == person_id).values(used_at=None))
    await session.execute(_empty(person_id))


async def _row(session: AsyncSession, business_id: str, person_id: str, target: Target) -> DialTargetRow:
    if target.kind not in KINDS:
        raise InvalidInput(f"The kind is one of {', '.join(KINDS)}.", field="kind")
    row = await session.get(DialTargetRow, (person_id, target.kind, target.key), with_for_update=True)
    if row is None:
        row = DialTargetRow(business_id=business_id, person_id=person_id, kind=target.kind, target=target.key, favourite=False)
        session.add(row)
    row.label = target.label.strip() or row.label or ""
    return row


async def _forget(session: AsyncSession, person_id: str, kind: str, key: str) -> None:
    row = await session.get(DialTargetRow, (person_id, kind, key))
    if row is not None:
        row.used_at = None
        if not row.favourite and row.key is None:
            await session.delete(row)


def _empty(person_id: str) -> Delete:
    nothing = (DialTargetRow.used_at.is_(None), DialTargetRow.key.is_(None), DialTargetRow.favourite.is_(False))
    return delete(DialTargetRow).where(DialTargetRow.person_id == person_id, *nothing)
