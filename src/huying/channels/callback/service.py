"""Reading and changing how a business calls back. Never commits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.callback.model import CallbackSettingsRow
from huying.channels.callback.settings import USUAL, CallbackSettings
from huying.foundation.errors import InvalidInput


async def load_callback_settings(session: AsyncSession) -> dict[str, CallbackSettings]:
    """Business -> its rules, of all that the session may see."""
    return {row.business_id: _settings(row) for row in await session.scalars(select(CallbackSettingsRow))}


async def read_callback_settings(session: AsyncSession) -> CallbackSettings:
    """The rules of the session's business."""
    row = await session.scalar(select(CallbackSettingsRow))
    return _settings(row) if row else USUAL


async def change_callback_settings(
    session: AsyncSession, business_id: str, settings: CallbackSettings, queues: Collection[str]
) -> tuple[str, bool]:
    """Put the rules in force; the row's id, and whether it is new. Raises InvalidInput for a queue that is none of `queues`."""
    unknown = [queue for queue in settings.web_queues if queue not in queues]
    if unknown:
        raise InvalidInput("There is no such queue.", field="web_queues")
    row = await session.scalar(select(CallbackSettingsRow))
    made = row is None
    if row is None:
        row = CallbackSettingsRow(business_id=business_id)
        session.add(row)
    for name, value in asdict(settings).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    await session.flush()
    return row.id, made


def _settings(row: CallbackSettingsRow) -> CallbackSettings:
    values: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(CallbackSettings)}
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return CallbackSettings(**values)
