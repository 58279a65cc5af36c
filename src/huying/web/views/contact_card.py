"""What the agent's screen shows when a contact rings: who it is, what they own, what was before. One read, no writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from huying.analytics.history import ContactLine, lines_of
from huying.channels.model import InteractionRow
from huying.channels.service import get_interaction, last_interactions, open_follow_ups
from huying.crm.assets.service import Asset, assets_of
from huying.crm.customers.service import Customer, get_customer
from huying.crm.recognition.service import Recognised, recognise
from huying.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The contact, its customer if known, what they own, the last ten contacts, and all who have the number."""

    interaction: InteractionRow
    customer: Customer | None
    recognised: Recognised
    assets: list[Asset]
    before: list[InteractionRow]
    open: list[InteractionRow]
    """Those that somebody follows up still, also older ones."""
    lines: Mapping[str, ContactLine]
    """What the history knows of the contacts."""


async def contact_card(session: AsyncSession, contact_id: str, now: datetime) -> ContactCard:
    """Everything of the screen pop. Raises NotFound."""
    interaction = await get_interaction(session, contact_id)
    recognised = await recognise(session, interaction.remote_number, now)
    customer = await _customer(session, interaction, recognised, now)
    customer_id = customer.id if customer is not None else None
    assets = await assets_of(session, customer_id) if customer_id is not None else []
    before = await last_interactions(session, customer_id, interaction.remote_number, contact_id)
    followed_up = await open_follow_ups(session, customer_id, interaction.remote_number)
    lines = await lines_of(session, list({row.contact_id for row in (*before, *followed_up)}))
    return ContactCard(interaction, customer, recognised, assets, before, followed_up, lines)


async def _customer(session: AsyncSession, interaction: InteractionRow, recognised: Recognised, now: datetime) -> Customer | None:
    """Whose contact it is: as was said, else the only one who has the number."""
    chosen = interaction.customer_id
    if chosen is None:
        return recognised.customers[0] if len(recognised.customers) == 1 else None
    known = next((one for one in recognised.customers if one.id == chosen), None)
    if known is not None:
        return known
    try:
        return await get_customer(session, chosen, now)
    except NotFound:
        return None
