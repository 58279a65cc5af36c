"""The contact at an agent's desk: the screen pop, how it was closed, whose it is. Agents reach their own contacts alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from huying.admin.guard import CallerOf, requires
from huying.analytics.history import ContactLine
from huying.analytics.live_rows import Row
from huying.channels.desk.views import CustomerLink, FollowUpView, Given, InteractionView, WrapUp, interaction_view
from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.model import InteractionRow
from huying.channels.notes.service import put_wrap_up
from huying.channels.service import close_follow_up, follow_up, get_interaction, link_customer, wrap_up
from huying.channels.telling import tell
from huying.crm.assets.views import AssetView, asset_view
from huying.crm.companies.views import CompanyView, company_view
from huying.crm.customers.service import customer_row
from huying.crm.customers.views import CustomerView, DoNotCallView, HintView, customer_view
from huying.crm.hints.api import hint_view
from huying.flows.events import FlowChoiceMade
from huying.foundation.http import Ground, GroundOf, IdPath
from huying.foundation.journal.entry import STREAM_CONTACT
from huying.foundation.journal.postgres import PostgresJournal
from huying.web.live.endpoint import LiveOf
from huying.web.views.booked import booked_about
from huying.web.views.closing import close_contact, must_concern, must_write, queue_of
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
    follow_up: FollowUpView | None


class KeyPressed(BaseModel):
    """What the customer chose at a point of the menu."""

    node: str
    choice: str


class CallbackPop(BaseModel):
    """That the customer is called back: who wanted it (`by`: queue, flow, web) and when, how often it was tried, what he had pressed."""

    by: str
    asked_at: datetime
    waiting_since: datetime | None
    dials: int
    tries: int
    last_result: str
    keys: list[KeyPressed]
    previous_contact_id: str | None


class ScreenPop(BaseModel):
    """The contact, who it is, what they own, the last ten contacts.

    `matches`: all customers who have the number when there are several (one may be `customer` already); `companies` those with it;
    `hints` for whoever calls from it; `do_not_call`: nobody is to call it; `follow_ups`: contacts that somebody follows up still;
    `why`: the explanation of the offer to whoever asks, null when it was none."""

    contact: InteractionView
    why: dict[str, Any] | None
    callback: CallbackPop | None
    customer: CustomerView | None
    matches: list[CustomerView]
    companies: list[CompanyView]
    hints: list[HintView]
    do_not_call: DoNotCallView | None
    assets: list[AssetView]
    contacts: list[EarlierContact]
    follow_ups: list[EarlierContact]


@router.get("/api/desk/contacts/{contact_id}", dependencies=[requires("desk.use")])
async def read_contact(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath) -> ScreenPop:
    """Everything the agent's screen shows of a contact that is or was theirs."""
    async with ground.database.business(caller.business_id) as session:
        card = await contact_card(session, contact_id, ground.clock())
        await must_concern(session, caller, card.interaction, live)
    row = live.contacts(caller.business_id).get(contact_id, {})
    why = live.why(caller.business_id, contact_id, caller.person_id)
    return _view(card, await _callback(ground, caller.business_id, row), why)


@router.put("/api/desk/contacts/{contact_id}/wrap-up", dependencies=[requires("desk.use")])
async def write_wrap_up(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath, given: WrapUp) -> InteractionView:
    """Write how the contact was closed; may be written again, also while talking."""
    async with ground.database.business(caller.business_id) as session:
        before = await get_interaction(session, contact_id)
        await must_concern(session, caller, before, live)
        must_write(caller, before, live)
        booked, queue_id = booked_about(live.contacts(caller.business_id), contact_id), queue_of(live, caller, contact_id)
        row = await close_contact(session, caller, contact_id, given, queue_id, ground.clock(), booked=booked, finished=False)
    if given.disposition:
        await tell(ground.bus, caller.business_id, {caller.person_id}, WORK_TOPIC)
    return interaction_view(row)


class Summary(Given):
    """One's own summary of a contact."""

    note: Annotated[str, StringConstraints(max_length=4000)]


@router.put("/api/desk/contacts/{contact_id}/summary", status_code=204, dependencies=[requires("desk.use")])
async def write_summary(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath, given: Summary) -> None:
    """Write one's own summary of a contact that one held or missed, also much later; what others wrote stays theirs."""
    async with ground.database.business(caller.business_id) as session:
        row, now = await get_interaction(session, contact_id), ground.clock()
        await must_concern(session, caller, row, live)
        await put_wrap_up(session, caller.business_id, contact_id, caller.person_id, given.note, now)
        if row.wrapped_by in (None, caller.person_id):
            await wrap_up(session, contact_id, row.disposition, given.note, caller.person_id, now)


@router.post("/api/desk/contacts/{contact_id}/follow-up", dependencies=[requires("desk.use")])
async def mark_follow_up(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath) -> InteractionView:
    """The caller follows the contact up, unless somebody does already. Its summary stays as it is."""
    async with ground.database.business(caller.business_id) as session:
        row = await get_interaction(session, contact_id)
        await must_concern(session, caller, row, live)
        await follow_up(session, contact_id, caller.person_id, ground.clock())
        return interaction_view(row)


@router.post("/api/desk/contacts/{contact_id}/close-follow-up", dependencies=[requires("desk.use")])
async def finish_follow_up(caller: CallerOf, ground: GroundOf, contact_id: IdPath) -> InteractionView:
    """The follow-up of this contact is done. Its owner may say so, or who may see everybody's contacts."""
    async with ground.database.business(caller.business_id) as session:
        row = await close_follow_up(session, contact_id, caller.person_id, ground.clock(), may_all=caller.may("contacts.view"))
        return interaction_view(row)


@router.put("/api/desk/contacts/{contact_id}/customer", dependencies=[requires("desk.use")])
async def choose_customer(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath, given: CustomerLink) -> InteractionView:
    """Say whose contact this is; null for nobody's."""
    async with ground.database.business(caller.business_id) as session:
        row = await get_interaction(session, contact_id)
        await must_concern(session, caller, row, live)
        if given.customer_id is not None:
            await customer_row(session, given.customer_id)
        await link_customer(session, contact_id, given.customer_id)
        return interaction_view(row)


async def _callback(ground: Ground, business_id: str, row: Row) -> CallbackPop | None:
    told = row.get("callback")
    if not isinstance(told, Mapping):
        return None
    first = told["previous_contact_id"] or row["contact_id"]
    entries = await PostgresJournal(ground.database).read_stream(business_id, STREAM_CONTACT, str(first))
    return CallbackPop(
        **{name: told[name] for name in ("by", "dials", "tries", "last_result", "previous_contact_id")},
        asked_at=row["entered_at"],  # type: ignore[arg-type]
        waiting_since=row["waiting_since"],  # type: ignore[arg-type]
        keys=[KeyPressed(node=e.event.node, choice=e.event.choice) for e in entries if isinstance(e.event, FlowChoiceMade)],
    )


def _view(card: ContactCard, callback: CallbackPop | None, why: Mapping[str, object]) -> ScreenPop:
    known = card.recognised
    return ScreenPop(
        contact=interaction_view(card.interaction),
        why=dict(why) or None,
        callback=callback,
        customer=customer_view(card.customer) if card.customer else None,
        matches=[customer_view(one) for one in known.customers] if len(known.customers) > 1 else [],
        companies=[company_view(one) for one in known.companies],
        hints=[hint_view(one) for one in known.hints],
        do_not_call=DoNotCallView.model_validate(known.do_not_call, from_attributes=True) if known.do_not_call else None,
        assets=[asset_view(asset) for asset in card.assets],
        contacts=[_earlier(row, card.lines.get(row.contact_id)) for row in card.before],
        follow_ups=[_earlier(row, card.lines.get(row.contact_id)) for row in card.open],
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
