"""Inserts many rows by one statement whose text does not grow with them, for jobs that write hundreds at once. Never commits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.ids import new_id
from huying.foundation.tables import Base

T = TypeVar("T", bound=Base)


async def insert_rows(session: AsyncSession, model: type[Base], rows: Sequence[Mapping[str, Any]], conflict: str = "") -> None:
    """Insert these rows, which all name the same columns; an `id` is made where the table has one and it is not given.

    `conflict`: an ON CONFLICT clause. What the session holds and has not written is written first. NUL letters are left out.
    """
    if not rows:
        return
    await session.flush()
    columns, made = list(rows[0]), "id" in model.__table__.columns and "id" not in rows[0]
    told = [{"id": new_id(), **row} for row in rows] if made else rows
    names = ", ".join(f'"{name}"' for name in (["id", *columns] if made else columns))
    table = model.__tablename__
    statement = text(
        f'INSERT INTO "{table}" ({names}) SELECT {names}'  # noqa: S608 (names of our own tables)
        f' FROM jsonb_populate_recordset(NULL::"{table}", CAST(:rows AS jsonb)) {conflict}'
    )
    await session.execute(statement, {"rows": json.dumps(told, ensure_ascii=False, default=_plain).replace("\\u0000", "")})


async def put_objects(session: AsyncSession, model: type[T], objects: Sequence[T]) -> None:
    """Write these objects as they are, new ones and changed ones alike, by one statement; the session does not know them afterwards.

    Who changes what is there locks it before he reads it, else a row that went meanwhile would come back.
    """
    columns = [(column.key, column.columns[0].name) for column in inspect(model).column_attrs]
    rows = [{name: getattr(one, key) for key, name in columns} for one in objects]
    for one in objects:
        if one in session:
            session.expunge(one)
    keys = ", ".join(f'"{column.name}"' for column in inspect(model).primary_key)
    changed = ", ".join(f'"{name}" = excluded."{name}"' for _, name in columns)
    await insert_rows(session, model, rows, f"ON CONFLICT ({keys}) DO UPDATE SET {changed}")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
