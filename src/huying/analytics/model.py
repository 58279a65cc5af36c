"""Tables of the history: what the folds make of the journal. They can be thrown away and made again from it at any time.

Columns follow the facts of `folds` and the measures of `terms`; `number` is that of the stream's entry that last changed the row.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, false, func
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, OfBusiness


class ContactFactRow(OfBusiness, Base):
    """A contact: one line of the history. `queue_id`, `agent_id` and `ending` are those of its last queue entry."""

    __tablename__ = "fact_contact"
    __table_args__ = (Index("ix_fact_contact_entered", "business_id", "entered_at"),)

    contact_id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int]
    channel: Mapped[str]
    direction: Mapped[str]
    entry_point: Mapped[str]
    language: Mapped[str]
    entered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    state: Mapped[str]
    cause: Mapped[str]
    queue_id: Mapped[Id | None]
    agent_id: Mapped[Id | None]
    ending: Mapped[str]
    """`waiting` while it waits in a queue. Without a queue: what came of an agent's call that reached nobody; else empty."""
    queue_entries: Mapped[int]
    segments: Mapped[int]
    wait_ms: Mapped[int] = mapped_column(BigInteger)
    talk_ms: Mapped[int] = mapped_column(BigInteger)
    hold_ms: Mapped[int] = mapped_column(BigInteger)
    recordings: Mapped[int]
    missing_seconds: Mapped[float]
    mos: Mapped[float | None]
    """How good the worst of its legs sounded (1 to 4.5); none when nothing was measured."""
    ignored: Mapped[int]


class QueueEntryFactRow(OfBusiness, Base):
    """A queue entry with what came of it: the row every figure of queues is computed from."""

    __tablename__ = "fact_queue_entry"
    __table_args__ = (
        Index("ix_fact_queue_entry_started", "business_id", "started_at"),
        Index("ix_fact_queue_entry_queue", "business_id", "queue_id", "started_at"),
        Index("ix_fact_queue_entry_projected", "business_id", "projected_at"),
    )

    entry_id: Mapped[Id] = mapped_column(primary_key=True)
    contact_id: Mapped[Id] = mapped_column(index=True)
    number: Mapped[int]
    queue_id: Mapped[Id]
    origin: Mapped[str]
    previous_entry_id: Mapped[Id | None]
    started_at: Mapped[datetime]
    waiting_since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None]
    derived: Mapped[bool]
    agent_id: Mapped[Id | None]
    wait_ms: Mapped[int] = mapped_column(BigInteger)
    rang: Mapped[bool]
    ring_ms: Mapped[int] = mapped_column(BigInteger)
    talk_ms: Mapped[int] = mapped_column(BigInteger)
    hold_ms: Mapped[int] = mapped_column(BigInteger)
    held: Mapped[bool]
    after_call_ms: Mapped[int] = mapped_column(BigInteger)
    transferred: Mapped[bool]
    unfinished: Mapped[bool]
    no_disposition: Mapped[bool] = mapped_column(default=False, server_default=false())
    projected_at: Mapped[datetime] = mapped_column(server_default=func.now())


class OfferFactRow(OfBusiness, Base):
    """An offer with its result and why this agent was chosen."""

    __tablename__ = "fact_offer"
    __table_args__ = (Index("ix_fact_offer_agent", "business_id", "agent_id", "made_at"),)

    offer_id: Mapped[Id] = mapped_column(primary_key=True)
    contact_id: Mapped[Id] = mapped_column(index=True)
    entry_id: Mapped[Id]
    queue_id: Mapped[Id]
    agent_id: Mapped[Id]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None]
    derived: Mapped[bool]
    explanation: Mapped[dict[str, Any]]


class SegmentFactRow(OfBusiness, Base):
    """An agent's part of a conversation."""

    __tablename__ = "fact_segment"
    __table_args__ = (Index("ix_fact_segment_agent", "business_id", "agent_id", "started_at"),)

    segment_id: Mapped[Id] = mapped_column(primary_key=True)
    contact_id: Mapped[Id] = mapped_column(index=True)
    entry_id: Mapped[Id | None]
    queue_id: Mapped[Id | None]
    agent_id: Mapped[Id]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by: Mapped[str | None]
    talk_ms: Mapped[int | None] = mapped_column(BigInteger)
    hold_ms: Mapped[int | None] = mapped_column(BigInteger)
    hold_count: Mapped[int]
    lost_count: Mapped[int]
    derived: Mapped[bool]
    no_disposition: Mapped[bool] = mapped_column(default=False, server_default=false())


class PersonCallFactRow(OfBusiness, Base):
    """An agent dialled, or was rung by a caller whom no queue offered him. `call_id`: of what was dialled the contact, else the ring."""

    __tablename__ = "fact_person_call"
    __table_args__ = (Index("ix_fact_person_call_agent", "business_id", "agent_id", "at"),)

    call_id: Mapped[Id] = mapped_column(primary_key=True)
    contact_id: Mapped[Id] = mapped_column(index=True)
    agent_id: Mapped[Id]
    role: Mapped[str]
    """dialled, called"""
    other_id: Mapped[Id | None]
    """The colleague on the other side, of internal calls."""
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[str]


class AgentIntervalRow(OfBusiness, Base):
    """A stretch of an agent's session in which neither status nor state changed; `number` of the entry that began it names it."""

    __tablename__ = "fact_agent_interval"
    __table_args__ = (
        Index("ix_fact_agent_interval_started", "business_id", "started_at"),
        Index("ix_fact_agent_interval_contact", "contact_id"),
    )

    agent_id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    status: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    contact_id: Mapped[Id | None]
    queue_id: Mapped[Id | None]


class AgentPlaceRow(OfBusiness, Base):
    """Where the projection stands in an agent's stream, which never ends: the fold as JSON."""

    __tablename__ = "fact_agent_place"

    agent_id: Mapped[Id] = mapped_column(primary_key=True)
    fold: Mapped[dict[str, Any]]


class ProjectionRow(Base):
    """How far a projection has followed the journal. Belongs to no business."""

    __tablename__ = "projection"

    name: Mapped[str] = mapped_column(primary_key=True)
    transaction: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int]
