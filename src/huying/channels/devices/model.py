"""Tables of the devices agents have chosen, of what a business allows, and of what goes on by itself by agent or group."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class AgentDeviceRow(OfBusiness, Base):
    """What rings when an agent is rung; an agent without a row is rung where he signs in. The number stands, sealed, in `phone_account`."""

    __tablename__ = "agent_device"

    person_id: Mapped[Id] = mapped_column(ForeignKey("agent.person_id", ondelete="CASCADE"), primary_key=True)
    kinds: Mapped[list[str]]
    """browser, phone, remote, number: all of them ring at the same time."""
    permanent: Mapped[bool] = mapped_column(default=False)
    """The line of the first of them stays up between calls."""
    changed_at: Mapped[datetime]


class DeviceRulesRow(OfBusiness, Base):
    """What devices agents of a business may choose; a business without a row goes by the usual rules."""

    __tablename__ = "device_rules"
    __table_args__ = (UniqueConstraint("business_id"),)

    id: Mapped[NewId]
    kinds: Mapped[list[str]]
    permanent: Mapped[bool]
    allowed_prefixes: Mapped[list[str]]
    """Of numbers in E.164; none allows all."""
    denied_prefixes: Mapped[list[str]]
    browser_sound: Mapped[str] = mapped_column(default="g711", server_default="g711")
    """g711, opus: what agents' browsers speak."""


class WorkSettingRow(OfBusiness, Base):
    """What goes on by itself for one agent, for a group, or (with neither) for all. A field without a value leaves it to the wider one."""

    __tablename__ = "work_setting"
    __table_args__ = (UniqueConstraint("business_id", "agent_id", "group_id", postgresql_nulls_not_distinct=True),)

    id: Mapped[NewId]
    agent_id: Mapped[Id | None] = mapped_column(ForeignKey("agent.person_id", ondelete="CASCADE"))
    group_id: Mapped[Id | None] = mapped_column(ForeignKey("work_group.id", ondelete="CASCADE"))
    answer_seconds: Mapped[int | None]
    """Answered by itself after so many seconds of ringing, with a beep; -1: by hand."""
    after_call_seconds: Mapped[int | None]
    """-1: as the queue says; 0: no after-call work."""
    accept_seconds: Mapped[int | None]
    """A task or message that is offered is in his hands after so many seconds; -1: by hand."""
    dial_seconds: Mapped[int | None]
    """A task with a number that was accepted is dialled after so many seconds; -1: by hand."""
    most_talk_seconds: Mapped[int | None]
    """0: as long as one likes."""
    warn_seconds: Mapped[int | None]
    """How long before the end of the longest conversation the tone comes."""
