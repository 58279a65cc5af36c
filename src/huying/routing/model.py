"""Tables of routing: queues, agents, who serves what, and the reasons for a break. An agent is a person with an extension."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class QueueRow(OfBusiness, Base):
    """A queue. Seconds are whole; `offer_seconds` is how long one agent is rung."""

    __tablename__ = "queue"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    strategy: Mapped[str] = mapped_column(default="longest_idle")
    offer_seconds: Mapped[int] = mapped_column(default=20)
    after_call_seconds: Mapped[int] = mapped_column(default=30)
    short_abandon_seconds: Mapped[int] = mapped_column(default=5)
    service_level_seconds: Mapped[int] = mapped_column(default=20)
    announce_seconds: Mapped[int] = mapped_column(default=30)
    record: Mapped[bool] = mapped_column(default=True)


class AgentRow(OfBusiness, Base):
    """A person who takes contacts. `simulated` agents are answered for by the demo's traffic."""

    __tablename__ = "agent"
    __table_args__ = (UniqueConstraint("business_id", "extension"),)

    person_id: Mapped[Id] = mapped_column(primary_key=True)
    extension: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(default=list)
    auto_answer: Mapped[bool] = mapped_column(default=False)
    simulated: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class AgentQueueRow(OfBusiness, Base):
    """An agent serves a queue."""

    __tablename__ = "agent_queue"

    person_id: Mapped[Id] = mapped_column(ForeignKey("agent.person_id", ondelete="CASCADE"), primary_key=True)
    queue_id: Mapped[Id] = mapped_column(ForeignKey("queue.id", ondelete="CASCADE"), primary_key=True)


class BreakReasonRow(OfBusiness, Base):
    """A reason an agent may give for a break."""

    __tablename__ = "break_reason"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
