"""The contact at an agent's desk: the screen pop, how it was closed, whose it is. Agents reach their own contacts alone."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from huying.admin.guard import CallerOf, requires
from huying.analytics.history import ContactLine
from huying.analytics.live import LiveCentre
from huying.channels.desk.views import CustomerLink, InteractionView, WrapUp, interaction_view
from huying.channels.model import InteractionRow
from huying.channels.service import get_interaction, link_customer, wrap_up
from huying.crm.assets.views import AssetView, asset_view
from huying.crm.customers.service import get_customer
from huying.crm.customers.views import CustomerView, customer_view
from huying.foundation.errors import NotFound
from huying.foundation.http import Caller, GroundOf, IdPath
from huying.web.live.endpoint import LiveOf
from huying.web.live.hub import agents_of
from huying.web.views.contact_card import ContactCard, contact_card

router = APIRouter(tags=["desk"])


class EarlierContact(BaseModel):
    """A contact of before, in one line."""

    contact_id: str
    channel: str
    direction: str
    started_at: datetime
    remote_number: str
    remote_name: str
    customer_id: str | None
    queue_id: str | None
    agent_id: str | None
    agent_name: str
    ending: str | None
    wait_seconds: float | None
    talk_seconds: float | None
    disposition: str
    note: str


class ScreenPop(BaseModel):
    """The contact, who it is, what they own, the last ten contacts."""

    contact: InteractionView
    customer: CustomerView | None
    assets: list[AssetView]
    contacts: list[EarlierContact]


@router.get("/api/desk/contacts/{contact_id}", dependencies=[requires("desk.use")])
async def read_contact(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath) -> ScreenPop:
    """Everything the agent's screen shows of a contact that is or was theirs."""
    async with ground.database.business(caller.business_id) as session:
        card = await contact_card(session, contact_id)
        _must_concern(caller, card.interaction, live)
        return _view(card)


@router.put("/api/desk/contacts/{contact_id}/wrap-up", dependencies=[requires("desk.use")])
async def write_wrap_up(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath, given: WrapUp) -> InteractionView:
    """Write how the contact was closed; may be written again, also while talking."""
    async with ground.database.business(caller.business_id) as session:
        _must_concern(caller, await get_interaction(session, contact_id), live)
        row = await wrap_up(session, contact_id, given.disposition, given.note, caller.person_id, ground.clock())
        return interaction_view(row)


@router.put("/api/desk/contacts/{contact_id}/customer", dependencies=[requires("desk.use")])
async def choose_customer(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath, given: CustomerLink) -> InteractionView:
    """Say whose contact this is; null for nobody's."""
    async with ground.database.business(caller.business_id) as session:
        row = await get_interaction(session, contact_id)
        _must_concern(caller, row, live)
        if given.customer_id is not None:
            await get_customer(session, given.customer_id)
        await link_customer(session, contact_id, given.customer_id)
        return interaction_view(row)


def _must_concern(caller: Caller, row: InteractionRow, live: LiveCentre) -> None:
    """Raise NotFound unless the contact rings at, is held by, or was closed by the caller, or the caller may see all."""
    if caller.may("contacts.view") or row.wrapped_by == caller.person_id:
        return
    if caller.person_id not in agents_of(live.contacts(caller.business_id).get(row.contact_id, {})):
        raise NotFound("There is no such contact at your desk.")


def _view(card: ContactCard) -> ScreenPop:
    return ScreenPop(
        contact=interaction_view(card.interaction),
        customer=customer_view(card.customer) if card.customer else None,
        assets=[asset_view(asset) for asset in card.assets],
        contacts=[_earlier(row, card.lines.get(row.contact_id)) for row in card.before],
    )


def _earlier(row: InteractionRow, line: ContactLine | None) -> EarlierContact:
    return EarlierContact(
        **interaction_view(row).model_dump(include={*EarlierContact.model_fields}),
        queue_id=line.queue_id if line else None,
        agent_id=line.agent_id if line else row.wrapped_by,
        agent_name=(line.agent_name or "") if line else "",
        ending=line.ending if line else None,
        wait_seconds=line.wait_seconds if line else None,
        talk_seconds=line.talk_seconds if line else None,
    )
