"""The record of a contact, wrap-up, entries and what came before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huying.channels.model import EntryPointRow
from huying.channels.service import (
    NewInteraction,
    get_interaction,
    last_interactions,
    link_customer,
    load_entry_points,
    open_interaction,
    opening,
    service_number,
    web_entry,
    wrap_up,
)
from huying.foundation.database import Database
from huying.foundation.errors import NotFound
from huying.foundation.ids import new_id

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
BUSINESS = new_id()
NUMBER = "+8613800138000"


def incoming(number: str = NUMBER, customer_id: str | None = None, minutes: int = 0) -> NewInteraction:
    return NewInteraction(new_id(), BUSINESS, "phone", "inbound", number, "", customer_id, "4008005678", NOW + timedelta(minutes=minutes))


async def test_opened_once_and_wrapped_up_more_than_once(database: Database) -> None:
    new, person = incoming(), new_id()
    async with database.business(BUSINESS) as session:
        await open_interaction(session, new)
        await wrap_up(session, new.contact_id, "solved", " note ", person, NOW)
        await open_interaction(session, new)
    async with database.business(BUSINESS) as session:
        row = await get_interaction(session, new.contact_id)
        assert (row.disposition, row.note, row.wrapped_by, row.wrapped_at) == ("solved", "note", person, NOW)
        await wrap_up(session, new.contact_id, "", "better", person, NOW)
        with pytest.raises(NotFound):
            await wrap_up(session, new_id(), "", "", person, NOW)


async def test_opened_by_one_statement_and_seen_by_its_business_alone(database: Database) -> None:
    new = incoming()
    for _ in range(2):
        await database.system_statement(opening(new))
    async with database.business(BUSINESS) as session:
        assert (await get_interaction(session, new.contact_id)).remote_number == NUMBER
    async with database.business(new_id()) as session:
        with pytest.raises(NotFound):
            await get_interaction(session, new.contact_id)


async def test_last_contacts_of_customer_and_number(database: Database) -> None:
    customer = new_id()
    rows = [incoming(minutes=minutes) for minutes in range(12)]
    by_other_phone = incoming("+8613900139000", customer, minutes=20)
    async with database.business(BUSINESS) as session:
        for new in (*rows, by_other_phone):
            await open_interaction(session, new)
        await link_customer(session, rows[0].contact_id, customer)
        now = rows[-1].contact_id
        found = await last_interactions(session, customer, NUMBER, now)
        assert [row.contact_id for row in found] == [by_other_phone.contact_id, *(new.contact_id for new in rows[10:1:-1])]
        assert len(await last_interactions(session, customer, "", now)) == 2
        assert await last_interactions(session, None, "", now) == []


async def test_entries(database: Database) -> None:
    flow = new_id()
    async with database.business(BUSINESS) as session:
        session.add(EntryPointRow(business_id=BUSINESS, kind="web", address="service", name={"en": "Service"}, flow_id=flow))
        session.add(EntryPointRow(business_id=BUSINESS, kind="number", address="4008005678", name={"en": "Service"}, flow_id=flow))
        session.add(EntryPointRow(business_id=BUSINESS, kind="web", address="closed", name={"en": "Old"}, flow_id=flow, active=False))
    async with database.system() as session:
        assert [entry.address for entry in await load_entry_points(session)] == ["4008005678", "service"]
        assert (await web_entry(session, "service")).business_id == BUSINESS
        assert await service_number(session) == "4008005678"
        for name in ("closed", "4008005678", "x"):
            with pytest.raises(NotFound):
                await web_entry(session, name)
