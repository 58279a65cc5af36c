"""One contact from beginning to end: its entries in order, and the facts folded from them at this moment. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.people import MONITOR
from huying.channels.model import InteractionRow, RecordingRow
from huying.channels.service import get_interaction
from huying.channels.voice.party_events import MonitorChanged, MonitorEnded, MonitorStarted, PartyInvited
from huying.crm.customers.service import names_of
from huying.foundation.errors import NotFound
from huying.foundation.journal.entry import STREAM_CONTACT, Entry, Event
from huying.foundation.journal.port import Journal
from huying.routing.model import QueueRow


@dataclass(frozen=True, slots=True)
class ContactStory:
    """What the page of a contact shows. `kept` are the recordings that can be heard, by id; `names` of people by id."""

    fold: ContactFold
    entries: Sequence[Entry]
    interaction: InteractionRow | None
    customer_name: str | None
    kept: dict[str, RecordingRow]
    names: dict[str, str]
    queues: dict[str, dict[str, str]]


async def read_story(session: AsyncSession, journal: Journal, business_id: str, contact_id: str) -> ContactStory:
    """The contact's story. Raises NotFound."""
    entries = await journal.read_stream(business_id, STREAM_CONTACT, contact_id)
    if not entries:
        raise NotFound("There is no such contact.")
    fold = folded(business_id, contact_id, entries)
    interaction = await _interaction(session, contact_id)
    customer_id = interaction.customer_id if interaction is not None else None
    customers = await names_of(session, [customer_id]) if customer_id else {}
    kept = await session.scalars(select(RecordingRow).where(RecordingRow.contact_id == contact_id, RecordingRow.path != ""))
    people = {offer.agent_id for offer in fold.offers.values()} | {segment.agent_id for segment in fold.segments.values()}
    names = (await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people)))).all()
    queue_ids = {entry.queue_id for entry in fold.entries.values()}
    queues = (await session.execute(select(QueueRow.id, QueueRow.name).where(QueueRow.id.in_(queue_ids)))).all()
    return ContactStory(
        fold,
        entries,
        interaction,
        customers.get(customer_id or ""),
        {row.id: row for row in kept},
        dict(names),
        {queue_id: dict(name) for queue_id, name in queues},
    )


def folded(business_id: str, contact_id: str, entries: Sequence[Entry]) -> ContactFold:
    """The contact as these entries tell it."""
    fold = ContactFold(business_id, contact_id)
    for entry in entries:
        fold.apply(entry, over_gap=True)
    return fold


def concerns(fold: ContactFold, person_id: str) -> bool:
    """Whether the person held the contact or was rung for it."""
    held = any(segment.agent_id == person_id for segment in fold.segments.values())
    return held or any(offer.agent_id == person_id for offer in fold.offers.values())


def told(entries: Sequence[Entry], *, may_listen: bool) -> list[Entry]:
    """What of a contact's entries a reader sees: that a lead heard the call is for those who may hear calls themselves."""
    return [entry for entry in entries if may_listen or not _is_hearing(entry.event)]


def _is_hearing(event: Event) -> bool:
    if isinstance(event, PartyInvited):
        return event.purpose.startswith(MONITOR)
    return isinstance(event, MonitorStarted | MonitorChanged | MonitorEnded)


async def _interaction(session: AsyncSession, contact_id: str) -> InteractionRow | None:
    try:
        return await get_interaction(session, contact_id)
    except NotFound:
        return None
