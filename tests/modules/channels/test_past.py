"""Who spoke with a customer last, from the record of contacts and the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from huying.channels.past import LastAgent, OpenFollowUps, last_agent
from huying.channels.service import NewInteraction, close_follow_up, follow_up, open_interaction, opening
from huying.channels.voice.events import SegmentStarted
from huying.foundation.database import Database
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.postgres import PostgresJournal

NUMBER = "+8613800138000"


class Past:
    """Contacts that were."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.journal = PostgresJournal(database)
        self.business = new_id()
        self.now = datetime.now(UTC)

    async def contact(self, days_ago: float, *agents: str, number: str = "", customer_id: str = "", business: str = "") -> None:
        at, contact = self.now - timedelta(days=days_ago), new_id()
        business = business or self.business
        new = NewInteraction(contact, business, "phone", "inbound", number, "", customer_id or None, "400", at)
        await self.database.system_statement(opening(new))
        events = [SegmentStarted(new_id(), agent, new_id(), "queue", "leg", "bridge") for agent in agents]
        entries = [Entry(business, STREAM_CONTACT, contact, n, at + timedelta(seconds=n), event) for n, event in enumerate(events, 1)]
        if entries:
            await self.journal.append(entries)

    async def last(self, customer_id: str = "", number: str = "", days: float = 7) -> LastAgent | None:
        return await last_agent(self.database, self.business, customer_id, number, self.now - timedelta(days=days))


async def test_the_last_who_spoke_with_the_customer_or_from_his_number(database: Database) -> None:
    past, customer, other = Past(database), new_id(), new_id()
    assert await past.last() is None
    assert await past.last(customer, NUMBER) is None
    await past.contact(0.01, "stranger", customer_id=other)
    await past.contact(0.02, "foreigner", number=NUMBER, business=new_id())
    await past.contact(0.05, customer_id=customer)  # nobody answered
    await past.contact(0.1, "first", "second", customer_id=customer)
    await past.contact(0.2, "third", number=NUMBER)
    found = await past.last(customer, NUMBER)
    assert found
    assert found.agent_id == "second"
    assert abs((past.now - timedelta(days=0.1) + timedelta(seconds=2) - found.at).total_seconds()) < 1
    by_number = await past.last("", NUMBER)
    assert by_number
    assert by_number.agent_id == "third"


async def test_what_lies_too_far_back_is_forgotten(database: Database) -> None:
    past, customer = Past(database), new_id()
    await past.contact(0.3, "somebody", customer_id=customer)
    assert await past.last(customer, days=0.2) is None
    assert await past.last(customer, days=1)


async def test_the_newest_open_follow_up_of_customer_and_number_has_the_owner(database: Database) -> None:
    past, customer, first, second = Past(database), new_id(), new_id(), new_id()
    contacts = [
        NewInteraction(
            new_id(), past.business, "phone", "inbound", NUMBER if by_number else "", "", None if by_number else customer, "400", past.now
        )
        for by_number in (False, True)
    ]
    async with database.business(past.business) as session:
        for minutes, (new, person) in enumerate(zip(contacts, (first, second), strict=True)):
            await open_interaction(session, new)
            await follow_up(session, new.contact_id, person, past.now + timedelta(minutes=minutes))
    requests, since = OpenFollowUps(database), past.now - timedelta(days=30)
    assert await requests.owner_of(past.business, customer, NUMBER, since) == second
    assert await requests.owner_of(past.business, customer, "", since) == first
    assert await requests.owner_of(past.business, "", "", since) == ""
    assert await requests.owner_of(new_id(), customer, NUMBER, since) == ""
    async with database.business(past.business) as session:
        await close_follow_up(session, contacts[1].contact_id, second, past.now + timedelta(hours=1), may_all=False)
    assert await requests.owner_of(past.business, customer, NUMBER, since) == first
