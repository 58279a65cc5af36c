"""Things that are one row of a table: how such a row becomes a state, and comes back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import KeyedColumnElement

from huying.admin.changes.thing import SEALED, State
from huying.foundation.tables import Base

NOT_STATE = frozenset({"id", "business_id"})
"""Columns that say which thing it is, not how it is."""


def state_of(row: Base) -> dict[str, Any]:
    """A row as a state: all its columns but those that say which thing it is."""
    return {_path(column): _out(getattr(row, column.key)) for column in row.__table__.columns if column.key not in NOT_STATE}


class RowThing:
    """A kind of thing whose state is its row. With a column `active` it is never deleted, unless `deleted` says that it is all the same.

    `key`: the column that the thing's id stands in. `name`: the column with its names (language -> name) or with one text for all
    languages; empty for what has none. `apart`: columns that are no part of the state. Bytes are kept sealed as they are, and not shown.
    """

    def __init__(
        self,
        row: type[Base],
        permission: str,
        *,
        key: str = "id",
        name: str = "name",
        apart: Collection[str] = frozenset(),
        deleted: bool = False,
    ) -> None:
        self.permission = permission
        self._row, self._key, self._name, self._deleted = row, key, name, deleted
        self._columns = [column for column in row.__table__.columns if column.key not in NOT_STATE | {key} | set(apart)]

    @property
    def what(self) -> str:
        """See Thing."""
        return str(self._row.__tablename__)

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(self._row, thing_id, populate_existing=True)
        return None if row is None else self.state(row)

    def state(self, row: Base) -> dict[str, Any]:
        """The state of a row that was read already."""
        return {_path(column): _out(getattr(row, column.key)) for column in self._columns}

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(self._row, thing_id)
        if state is None and row is not None:
            if any(column.key == "active" for column in self._columns) and not self._deleted:
                state = {"active": False}
            else:
                await session.delete(row)
        if state is not None:
            if row is None:
                row = self._row(business_id=business_id, **({self._key: thing_id} if self._key != "business_id" else {}))
                session.add(row)
            self._fill(row, state)
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        if not self._name:
            return {}
        key, name = getattr(self._row, self._key), getattr(self._row, self._name)
        rows = (await session.execute(select(key, name).where(key.in_(thing_ids)))).all()
        return {thing_id: called if isinstance(called, dict) else {"zh-CN": called, "en": called} for thing_id, called in rows}

    def _fill(self, row: Base, state: State) -> None:
        """A column that came later than the state keeps its value."""
        for column in self._columns:
            if _path(column) in state:
                setattr(row, column.key, _in(column, state[_path(column)]))


def _path(column: KeyedColumnElement[Any]) -> str:
    return f"{SEALED}{column.key}" if column.type.python_type is bytes else column.key


def _out(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _in(column: KeyedColumnElement[Any], value: Any) -> Any:
    kind = column.type.python_type
    if value is None or kind not in (bytes, datetime, date, time):
        return value
    return b64decode(value) if kind is bytes else kind.fromisoformat(value)
