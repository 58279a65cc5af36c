"""How changes of embedding's settings are read and put back: also then the sessions in frames that lose their place end."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.rows import RowThing
from huying.admin.changes.thing import State
from huying.channels.embedding.model import EmbeddingRow
from huying.channels.embedding.service import end_foreign_sessions, read_embedding


class EmbeddingThing(RowThing):
    """The settings, whose change may end sessions."""

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        await super().write(session, business_id, thing_id, state)
        await end_foreign_sessions(session, business_id, (await read_embedding(session, business_id)).origins)


THINGS = (EmbeddingThing(EmbeddingRow, "settings.manage", name=""),)
