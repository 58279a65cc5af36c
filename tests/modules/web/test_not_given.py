"""A contact that was left without the disposition its queue insists on is journalled once; messages that nobody has heard are counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, text

from huying.admin.permissions import permissions_of
from huying.analytics.live import LiveCentre
from huying.analytics.model import ContactFactRow, SegmentFactRow
from huying.channels.desk.views import WrapUp
from huying.channels.dispositions.model import QueueDeskRow
from huying.channels.messages.service import Left, keep_message, note_hearing
from huying.channels.service import NewInteraction, open_interaction, wrap_up
from huying.channels.tasks.live_rows import queue_work
from huying.foundation.clock import utc_now
from huying.foundation.http import Caller, Ground
from huying.foundation.ids import new_id
from huying.routing.model import QueueRow
from huying.web.live.closing_keeper import ClosingKeeper
from huying.web.views.closing import close_contact

NOW = utc_now()


async def held(house: Any, queue_id: str, agent_id: str) -> str:
    """A call that was held by this agent and is over."""
    contact_id, business_id = new_id(), house.business_id
    new = NewInteraction(contact_id, business_id, "phone", "inbound", "+8613800138000", "", None, "4008001234", NOW - timedelta(minutes=5))
    contact = {
        **{"contact_id": contact_id, "business_id": business_id, "number": 9, "channel": "phone", "direction": "inbound"},
        **{"entry_point": "4008001234", "language": "zh-CN", "entered_at": NOW - timedelta(minutes=5), "ended_at": NOW, "state": "ended"},
        **{"cause": "customer_hung_up", "queue_id": queue_id, "agent_id": agent_id, "ending": "answered", "queue_entries": 1},
        **{"segments": 1, "wait_ms": 0, "talk_ms": 1000, "hold_ms": 0, "recordings": 0, "missing_seconds": 0.0, "ignored": 0},
    }
    segment = {
        **{"segment_id": new_id(), "business_id": business_id, "contact_id": contact_id, "queue_id": queue_id, "agent_id": agent_id},
        **{"started_at": NOW - timedelta(minutes=4), "ended_at": NOW, "by": "customer", "talk_ms": 1000, "hold_ms": 0, "hold_count": 0},
        **{"lost_count": 0, "derived": False},
    }
    async with house.database.business(business_id) as session:
        await open_interaction(session, new)
        session.add_all([ContactFactRow(**contact), SegmentFactRow(**segment)])
    return contact_id


async def journalled(house: Any) -> list[tuple[str, str]]:
    """Contact and agent of what was not given."""
    async with house.database.business(house.business_id) as session:
        found = await session.execute(text("SELECT stream_id, data FROM journal WHERE kind = 'DispositionNotGiven' ORDER BY position"))
        return [(stream_id, data["agent_id"]) for stream_id, data in found]


async def test_what_was_not_given_is_journalled_once(house: Any) -> None:
    agent_id, other = list(house.people.values())[:2]
    async with house.database.business(house.business_id) as session:
        repair, product = [
            (await session.scalars(select(QueueRow.id).where(QueueRow.code == code))).one() for code in ("repair", "product")
        ]
        desk = await session.get(QueueDeskRow, repair)
        if desk is None:
            session.add(QueueDeskRow(queue_id=repair, business_id=house.business_id, forced=True))
        else:
            desk.forced = True
    left, given = await held(house, repair, agent_id), await held(house, repair, other)
    await held(house, product, agent_id)
    async with house.database.business(house.business_id) as session:
        await wrap_up(session, given, "repair-booked", "", other, NOW)
    centre: LiveCentre = house.app.state.live.centre
    keeper = ClosingKeeper(Ground(house.database, house.bus), centre)
    await keeper.look()
    assert await journalled(house) == [], "history may lag: it must be seen twice"
    await keeper.look()
    assert await journalled(house) == [(left, agent_id)]
    for again in (keeper, ClosingKeeper(Ground(house.database, house.bus), centre)):
        await again.look()
        await again.look()
    assert len(await journalled(house)) == 1
    caller = Caller(house.business_id, agent_id, new_id(), ("agent",), permissions_of(["agent"]), "en")
    for disposition in ("repair-booked", "", "repair-advice"):
        async with house.database.business(house.business_id) as session:
            await close_contact(session, caller, left, WrapUp(disposition=disposition, note=""), repair, NOW, booked=False, finished=False)
        await keeper.look()
        await keeper.look()
    async with house.database.business(house.business_id) as session:
        found = await session.scalars(
            text("SELECT kind FROM journal WHERE stream_id = :id AND stream = 'act' ORDER BY number"), {"id": left}
        )
        assert list(found) == ["DispositionNotGiven", "DispositionGivenLate"] * 2


async def test_messages_that_nobody_has_heard_are_counted(house: Any) -> None:
    agent_id = house.people["李晓雯"]
    async with house.database.business(house.business_id) as session:
        repair = (await session.scalars(select(QueueRow.id).where(QueueRow.code == "repair"))).one()
        before = (await queue_work(session, house.business_id, agent_id))["waiting"]
        ids = [new_id() for _ in range(3)]
        for message_id, queue_id, person_id in zip(ids, (repair, repair, ""), ("", "", agent_id), strict=True):
            await keep_message(session, Left(house.business_id, message_id, new_id(), queue_id, NOW, 12.0, person_id))
        await note_hearing(session, ids[0])
        after = (await queue_work(session, house.business_id, agent_id))["waiting"]
    risen = {name: int(str(after[name])) - int(str(before[name])) for name in ("queue_messages", "new_messages", "new_queue_messages")}
    assert risen == {"queue_messages": 2, "new_messages": 1, "new_queue_messages": 1}
