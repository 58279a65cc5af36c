"""Follows the journal into the history's tables: each batch's rows and the cursor in one transaction, so exactly once.

Folds are kept in memory between batches and can always be had again: a contact's from its stream, an agent's from its
kept place. The cursor is moved by compare-and-set: of two writers one loses and drops what it made.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import AgentInterval, Verdict
from huying.analytics.model import (
    AgentIntervalRow,
    AgentPlaceRow,
    ContactFactRow,
    OfferFactRow,
    PersonCallFactRow,
    QueueEntryFactRow,
    SegmentFactRow,
)
from huying.analytics.projection_rows import (
    Values,
    contact_values,
    entry_values,
    interval_values,
    offer_values,
    person_call_values,
    segment_values,
)
from huying.analytics.projection_store import move_cursor, read_after_calls, read_cursor, read_places, try_lead, upsert
from huying.channels.dispositions.events import DispositionGivenLate, DispositionNotGiven
from huying.channels.voice.client import live_subject
from huying.foundation.bus.port import Bus, Message
from huying.foundation.database import Database
from huying.foundation.errors import Conflict, HuyingError
from huying.foundation.journal.entry import STREAM_ACT, STREAM_AGENT, STREAM_CONTACT, Entry
from huying.foundation.journal.port import Cursor, Journal
from huying.foundation.tables import Base

log = structlog.get_logger(__name__)

LOCK = 0x4859_4849
POLL_SECONDS = 1.0
PAUSE_SECONDS = 0.4
"""After a wake-up, so that what is said in quick succession is written once."""
BATCH = 1000
FOLDS_IN_MEMORY = 5000
ABOUT_CONTACTS = (DispositionNotGiven, DispositionGivenLate)
"""Acts that say something of a contact; their streams have its id."""

RowsById = dict[str, Values]


class MovedElsewhere(Conflict):
    """Another process has followed the journal meanwhile."""

    code = "projection-moved"


@dataclass(slots=True)
class _Batch:
    """What a batch of entries changed."""

    contacts: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    closed: dict[str, list[AgentInterval]] = field(default_factory=dict)
    """Closed intervals by agent."""

    def after_calls(self) -> dict[str, str]:
        """Contacts whose after-call work grew, with the agent."""
        intervals = [interval for closed in self.closed.values() for interval in closed]
        return {interval.contact_id: interval.agent_id for interval in intervals if interval.state == "after_call" and interval.contact_id}


class Projection:
    """The follower. `run` is one task; `advance` is one step, for tests and tools."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        bus: Bus | None = None,
        *,
        seen: Callable[[Sequence[Entry]], None] | None = None,
        poll_seconds: float = POLL_SECONDS,
        batch: int = BATCH,
    ) -> None:
        """`seen` is told the entries of each batch after it is stored."""
        self._database, self._journal, self._bus, self._seen = database, journal, bus, seen
        self._poll_seconds, self._batch_size = poll_seconds, batch
        self._cursor: Cursor | None = None
        self._contacts: OrderedDict[str, ContactFold] = OrderedDict()
        self._written: dict[str, dict[type[Base], RowsById]] = {}
        self._agents: dict[str, AgentFold] = {}
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled: at once when something was published, and every second."""
        subscription = await self._bus.subscribe(live_subject(">"), self._wake) if self._bus is not None else None
        try:
            while True:
                if not await self._step():
                    await self._rest()
        finally:
            if subscription is not None:
                await subscription.stop()

    async def catch_up(self) -> None:
        """Follow until there is nothing new."""
        while await self.advance():
            pass

    async def advance(self) -> int:
        """One batch; the number of entries it held. Raises Unavailable, MovedElsewhere; the next call begins from what is stored."""
        try:
            return await self._advance()
        except BaseException:
            self._cursor = None
            self._contacts.clear()
            self._written.clear()
            self._agents.clear()
            raise

    async def _step(self) -> bool:
        try:
            return await self.advance() > 0
        except MovedElsewhere:
            return False
        except HuyingError as error:
            log.warning("projection.waits", code=error.code)
        except Exception:
            log.exception("projection.failed")
        await asyncio.sleep(self._poll_seconds)
        return False

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(self._poll_seconds):
                await self._woken.wait()
            await asyncio.sleep(min(PAUSE_SECONDS, self._poll_seconds))
        except TimeoutError:
            pass
        self._woken.clear()

    async def _wake(self, _subject: str, _message: Message) -> None:
        self._woken.set()

    # --- one batch -------------------------------------------------------------------------------------------------------

    async def _advance(self) -> int:
        if self._cursor is None:
            async with self._database.system() as session:
                self._cursor = await read_cursor(session)
        entries, after = await self._journal.follow(self._cursor, self._batch_size)
        if after == self._cursor:
            return 0
        batch = await self._fold(entries)
        await self._store(batch, self._cursor, after)
        self._cursor = after
        self._trim()
        if self._seen is not None:
            self._seen(entries)
        return len(entries)

    async def _fold(self, entries: Sequence[Entry]) -> _Batch:
        batch = _Batch()
        await self._load_agents(entry.stream_id for entry in entries if entry.stream == STREAM_AGENT)
        for entry in entries:
            if entry.stream == STREAM_CONTACT:
                await self._contact(entry)
                batch.contacts.add(entry.stream_id)
            elif entry.stream == STREAM_AGENT:
                await self._agent(entry, batch)
            elif isinstance(entry.event, ABOUT_CONTACTS):
                await self._act(entry, batch)
        for contact_id, agent_id in batch.after_calls().items():
            if contact_id not in batch.contacts:
                await self._known_contact(self._agents[agent_id].business_id, contact_id, batch)
        return batch

    async def _contact(self, entry: Entry) -> None:
        fold = self._contacts.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id))
        self._contacts.move_to_end(entry.stream_id)
        if fold.apply(entry) is Verdict.GAP:
            await self._read_again(fold, entry)

    async def _act(self, entry: Entry, batch: _Batch) -> None:
        await self._known_contact(entry.business_id, entry.stream_id, batch)
        if entry.stream_id in batch.contacts:
            self._contacts[entry.stream_id].apply_act(entry)

    async def _agent(self, entry: Entry, batch: _Batch) -> None:
        fold = self._agents.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id))
        if fold.apply(entry) is Verdict.GAP:
            await self._read_again(fold, entry)
        batch.agents.add(entry.stream_id)
        closed = fold.take_closed()
        if closed:
            batch.closed.setdefault(entry.stream_id, []).extend(closed)

    async def _read_again(self, fold: ContactFold | AgentFold, entry: Entry) -> None:
        """Read what this fold has not seen of its stream; what is missing even there is passed over."""
        for one in await self._journal.read_stream(entry.business_id, entry.stream, entry.stream_id, fold.number):
            if one.number <= entry.number and fold.apply(one) is Verdict.GAP:
                log.error("projection.gap", stream=one.stream, stream_id=one.stream_id, number=one.number, after=fold.number)
                fold.apply(one, over_gap=True)
        if fold.number < entry.number:
            fold.apply(entry, over_gap=True)
        if isinstance(fold, ContactFold):
            await self._read_acts(fold)

    async def _read_acts(self, fold: ContactFold) -> None:
        for act in await self._journal.read_stream(fold.business_id, STREAM_ACT, fold.contact_id, fold.act):
            fold.apply_act(act)

    async def _load_agents(self, agent_ids: Iterable[str]) -> None:
        missing = set(agent_ids) - self._agents.keys()
        if missing:
            async with self._database.system() as session:
                self._agents.update(await read_places(session, missing))

    async def _known_contact(self, business_id: str, contact_id: str, batch: _Batch) -> None:
        """Have the fold of a contact although nothing was written in its own stream: its after-call work grew, or an act speaks of it."""
        if contact_id not in self._contacts:
            fold = ContactFold(business_id, contact_id)
            for entry in await self._journal.read_stream(business_id, STREAM_CONTACT, contact_id):
                fold.apply(entry, over_gap=True)
            if fold.number == 0:
                return
            await self._read_acts(fold)
            self._contacts[contact_id] = fold
        batch.contacts.add(contact_id)

    async def _store(self, batch: _Batch, before: Cursor, after: Cursor) -> None:
        folds = [self._contacts[contact_id] for contact_id in sorted(batch.contacts)]
        agents = [self._agents[agent_id] for agent_id in sorted(batch.agents)]
        async with self._database.system() as session:
            if not await try_lead(session, LOCK) or not await move_cursor(session, before, after):
                raise MovedElsewhere
            for agent in agents:
                batch.closed.setdefault(agent.agent_id, []).extend([agent.present] if agent.present is not None else [])
            intervals = [row for agent in agents for row in interval_values(agent.business_id, batch.closed[agent.agent_id])]
            await upsert(session, AgentIntervalRow, intervals)
            places = [{"business_id": a.business_id, "agent_id": a.agent_id, "fold": a.to_json()} for a in agents]
            await upsert(session, AgentPlaceRow, places)
            work = await read_after_calls(session, batch.contacts) if batch.contacts else {}
            await upsert(session, ContactFactRow, [contact_values(fold) for fold in folds])
            changed = self._changed(folds, work)
            for table, rows in changed.items():
                await upsert(session, table, [row for own in rows.values() for row in own.values()])
        for table, rows in changed.items():
            for contact_id, own in rows.items():
                self._written.setdefault(contact_id, {}).setdefault(table, {}).update(own)

    def _changed(self, folds: Sequence[ContactFold], work: Mapping[str, list[AgentInterval]]) -> dict[type[Base], dict[str, RowsById]]:
        """The rows of queue entries, offers and segments that are not stored as they are, by table and contact."""
        found: dict[type[Base], dict[str, RowsById]] = {QueueEntryFactRow: {}, OfferFactRow: {}, SegmentFactRow: {}, PersonCallFactRow: {}}
        for fold in folds:
            told: dict[type[Base], RowsById] = {
                QueueEntryFactRow: {row["entry_id"]: row for row in entry_values(fold, work.get(fold.contact_id, []))},
                OfferFactRow: {row["offer_id"]: row for row in offer_values(fold)},
                SegmentFactRow: {row["segment_id"]: row for row in segment_values(fold)},
                PersonCallFactRow: {row["call_id"]: row for row in person_call_values(fold)},
            }
            written = self._written.get(fold.contact_id, {})
            for table, rows in told.items():
                known = written.get(table, {})
                found[table][fold.contact_id] = {key: row for key, row in rows.items() if not _same(row, known.get(key))}
        return found

    def _trim(self) -> None:
        while len(self._contacts) > FOLDS_IN_MEMORY:
            contact_id, _ = self._contacts.popitem(last=False)
            self._written.pop(contact_id, None)


def _same(row: Values, written: Values | None) -> bool:
    """Whether the row is stored as it is; the number of the stream's last entry alone is no reason to write it again."""
    return written is not None and all(written[name] == value for name, value in row.items() if name != "number")
