"""The numbers of those outside who took part in a contact. They stand here alone, so that they can be erased. Never commits."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.model import ContactPartyRow


async def keep_party(session: AsyncSession, business_id: str, contact_id: str, party_id: str, number: str) -> None:
    """Keep a number; done again it changes nothing."""
    values = {"id": party_id, "business_id": business_id, "contact_id": contact_id, "number": number}
    await session.execute(insert(ContactPartyRow).values(**values).on_conflict_do_nothing(index_elements=[ContactPartyRow.id]))
