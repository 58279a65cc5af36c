"""Messages over HTTP: a team's list, one who takes a message and hears it, and its end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text

from huying.channels.messages.model import MessageRow
from huying.channels.messages.service import Left, count_mailboxes, finish, keep_message, note_hearing
from huying.channels.model import RecordingRow
from huying.foundation.clock import utc_now
from huying.foundation.ids import new_id
from huying.routing.model import QueueRow


async def left(house: Any, seconds: float = 12.0) -> str:
    """A message for the repair queue; its id."""
    message, contact, now = new_id(), new_id(), utc_now()
    async with house.database.business(house.business_id) as session:
        queue = await session.scalar(select(QueueRow.id).where(QueueRow.code == "repair"))
        row = RecordingRow(id=message, business_id=house.business_id, contact_id=contact, segment_id=message, started_at=now)
        row.path, row.seconds, row.peaks = "x.sealed", seconds, {}
        session.add(row)
        for _ in range(2):
            await keep_message(session, Left(house.business_id, message, contact, queue, now, seconds))
    return message


async def test_what_waits_in_peoples_mailboxes_is_counted(house: Any) -> None:
    await left(house)  # for a queue: in nobody's mailbox
    owner, other = house.people["李晓雯"], next(person for name, person in house.people.items() if name != "李晓雯")
    messages = []
    for person in (owner, owner, owner, other):
        messages.append(new_id())
        async with house.database.business(house.business_id) as session:
            assert await keep_message(session, Left(house.business_id, messages[-1], new_id(), "", utc_now(), 9.0, person))
    async with house.database.business(house.business_id) as session:
        await note_hearing(session, messages[0])
        await note_hearing(session, messages[3])
        finished = await session.get(MessageRow, messages[1])
        assert finished
        finish(finished, owner, "", utc_now())
    async with house.database.system() as session:
        found = await count_mailboxes(session)
    assert found == {owner: (1, 1), other: (0, 1)}


async def test_a_message_is_taken_heard_and_done(house: Any) -> None:
    message = await left(house)
    await left(house, seconds=0.4)
    async with house.signed_in("agent1") as agent, house.signed_in("agent2") as other:
        page = (await agent.get("/api/messages")).json()
        assert [(one["id"], one["state"], one["taken_by"]) for one in page["items"]] == [(message, "new", None)]
        assert (await agent.get(f"/api/recordings/{message}")).status_code == 404, "first it is taken"
        assert (await agent.post(f"/api/messages/{message}/take")).status_code == 204
        assert (await agent.get(f"/api/recordings/{message}")).status_code == 200
        assert (await other.get(f"/api/recordings/{message}")).status_code == 404
        assert (await other.post(f"/api/messages/{message}/take")).status_code == 409
        assert (await other.post(f"/api/messages/{message}/give-back")).status_code == 409
        assert (await agent.post(f"/api/messages/{message}/done", json={"note": " called "})).status_code == 204
        assert (await agent.get("/api/messages")).json()["total"] == 0
        done = (await agent.get("/api/messages", params={"state": "done"})).json()["items"][0]
        assert (done["state"], done["note"]) == ("done", "called")
        assert (await agent.post(f"/api/messages/{message}/reopen")).status_code == 204
        assert (await agent.post(f"/api/messages/{message}/give-back")).status_code == 204
        assert (await other.post(f"/api/messages/{message}/take")).status_code == 204
    async with house.database.business(house.business_id) as session:
        told = await session.execute(text("SELECT data->>'what' FROM journal WHERE kind = 'MessageHandled' ORDER BY position"))
        assert [row[0] for row in told] == ["took", "done", "reopened", "gave_back", "took"]


async def test_who_serves_another_queue_does_not_see_it(house: Any) -> None:
    message = await left(house)
    async with house.database.business(house.business_id) as session:
        await session.execute(text("UPDATE message SET queue_id = NULL"))
    async with house.signed_in("agent1") as agent:
        assert (await agent.get("/api/messages")).json()["total"] == 0
        assert (await agent.post(f"/api/messages/{message}/take")).status_code == 404
    async with house.signed_in("lead") as lead:
        assert (await lead.get("/api/messages")).json()["total"] == 1
