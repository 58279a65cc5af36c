"""Tables of routing: queues, groups, skills, agents and their levels, reasons for a break and for refusing.

An agent is a person with an extension.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class QueueRow(OfBusiness, Base):
    """A queue. Seconds are whole; the fields mean what `routing.work.QueueRules` and `routing.configuration.QueueSettings` say."""

    __tablename__ = "queue"
    __table_args__ = (UniqueConstraint("business_id", "code"), UniqueConstraint("business_id", "internal_number"))

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    internal_number: Mapped[str | None]
    """By which people of the house reach it; of one number space with extensions and the numbers of flows."""
    strategy: Mapped[str] = mapped_column(default="longest_idle")
    idle_from: Mapped[str] = mapped_column(default="handled")
    requirements: Mapped[str] = mapped_column(default="")
    """As people write them; `routing.rules.text` reads them."""
    priority: Mapped[int] = mapped_column(default=0)
    offer_seconds: Mapped[int] = mapped_column(default=20)
    after_call_seconds: Mapped[int] = mapped_column(default=30)
    after_call_most_seconds: Mapped[int] = mapped_column(default=600)
    short_abandon_seconds: Mapped[int] = mapped_column(default=5)
    service_level_seconds: Mapped[int] = mapped_column(default=20)
    target_percent: Mapped[int] = mapped_column(default=80)
    service_level_kind: Mapped[str] = mapped_column(default="SL1")
    announcements: Mapped[dict[str, Any]] = mapped_column(default=dict)
    consequence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    door: Mapped[dict[str, Any]] = mapped_column(default=dict)
    keys: Mapped[dict[str, Any]] = mapped_column(default=dict)
    schedule_id: Mapped[Id | None]
    """The business hours it is open at; none: always open."""
    overflow_keeps_wait: Mapped[bool] = mapped_column(default=True)
    last_agent_days: Mapped[int] = mapped_column(default=0)
    last_agent_wait_seconds: Mapped[int] = mapped_column(default=0)
    language_level: Mapped[int] = mapped_column(default=0)
    record: Mapped[bool] = mapped_column(default=True)


class WorkGroupRow(OfBusiness, Base):
    """A group of agents. Queues are served by groups; one agent may be in many."""

    __tablename__ = "work_group"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class QueueGroupRow(OfBusiness, Base):
    """A group serves a queue from the first second on."""

    __tablename__ = "queue_group"

    queue_id: Mapped[Id] = mapped_column(ForeignKey("queue.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[Id] = mapped_column(ForeignKey("work_group.id", ondelete="CASCADE"), primary_key=True)


class AgentRow(OfBusiness, Base):
    """A person who takes contacts. `simulated` agents are answered for by the demo's traffic."""

    __tablename__ = "agent"
    __table_args__ = (UniqueConstraint("business_id", "extension"),)

    person_id: Mapped[Id] = mapped_column(primary_key=True)
    extension: Mapped[str]
    auto_answer: Mapped[bool] = mapped_column(default=False)
    simulated: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    capacity: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Channel -> pieces of work at a time, where it differs from the business's usual capacity."""


class GroupMemberRow(OfBusiness, Base):
    """An agent is in a group. `level` 1-10."""

    __tablename__ = "group_member"

    group_id: Mapped[Id] = mapped_column(ForeignKey("work_group.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("agent.person_id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(default=5)


class SkillRow(OfBusiness, Base):
    """Something agents can do at a level. `kind`: skill, product, or language (then the code is its primary subtag: zh, en)."""

    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    kind: Mapped[str] = mapped_column(default="skill")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class AgentSkillRow(OfBusiness, Base):
    """An agent has a skill. `level` 1-10."""

    __tablename__ = "agent_skill"

    person_id: Mapped[Id] = mapped_column(ForeignKey("agent.person_id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[Id] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(default=5)


class BreakReasonRow(OfBusiness, Base):
    """A reason an agent may give for a break. `most_seconds`: how long it may usually last, 0 for as long as one likes."""

    __tablename__ = "break_reason"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    colour: Mapped[str] = mapped_column(default="")
    """As #rrggbb; empty: the page chooses."""
    most_seconds: Mapped[int] = mapped_column(default=0)


class RefusalReasonRow(OfBusiness, Base):
    """A reason an agent may give for not taking what rings; the usual ones need no row (`routing.refusals`)."""

    __tablename__ = "refusal_reason"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class RoutingSettingsRow(OfBusiness, Base):
    """The business's usual interruptions and capacity; a business without a row has those of `routing.work`."""

    __tablename__ = "routing_settings"

    business_id: Mapped[Id] = mapped_column(primary_key=True)
    joins: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Channel -> channels of the work an agent may have in hand when such work is offered to him."""
    capacity: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Channel -> pieces of work at a time."""
