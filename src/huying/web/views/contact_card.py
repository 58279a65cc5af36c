"""What the agent's screen shows when a contact rings: who it is, what they own, what was before. One read, no writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from huying.analytics.history import ContactLine, lines_of
from huying.channels.model import InteractionRow
from huying.channels.service import get_interaction, last_interactions
from huying.crm.assets.service import Asset, assets_of
from huying.crm.customers.service import Customer, find_by_number, get_customer
from huying.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The contact, its customer if known, the customer's appliances, and the last ten contacts."""

    interaction: InteractionRow
    customer: Customer | None
    assets: list[Asset]
    before: list[InteractionRow]
    lines: Mapping[str, ContactLine]
    """What the history knows of the contacts before."""


async def contact_card(session: AsyncSession, contact_id: str) -> ContactCard:
    """Everything of the screen pop. Raises NotFound."""
    interaction = await get_interaction(session, contact_id)
    customer = await _customer(session, interaction)
    assets = await assets_of(session, customer.id) if customer is not None else []
    customer_id = customer.id if customer is not None else None
    before = await last_interactions(session, customer_id, interaction.remote_number, contact_id)
    lines = await lines_of(session, [row.contact_id for row in before])
    return ContactCard(interaction, customer, assets, before, lines)


async def _customer(session: AsyncSession, interaction: InteractionRow) -> Customer | None:
    if interaction.customer_id is None:
        return await find_by_number(session, interaction.remote_number)
    try:
        return await get_customer(session, interaction.customer_id)
    except NotFound:
        return None
