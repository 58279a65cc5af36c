"""Tables of channels: where customers enter, what is kept of each contact, and its recordings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.channels.follow_up import FollowUp
from huying.foundation.tables import Base, Id, NewId, OfBusiness

ENTRY_NUMBER = "number"
ENTRY_WEB = "web"


class EntryPointRow(OfBusiness, Base):
    """A service number (`kind` number, `address` as the trunk delivers it) or a web entry (`address` is the name in the page)."""

    __tablename__ = "entry_point"
    __table_args__ = (UniqueConstraint("kind", "address"),)

    id: Mapped[NewId]
    kind: Mapped[str]
    address: Mapped[str]
    name: Mapped[dict[str, str]]
    flow_id: Mapped[Id]
    language: Mapped[str] = mapped_column(default="zh-CN")
    active: Mapped[bool] = mapped_column(default=True)
    person_id: Mapped[Id | None]
    """Of a direct number: the person whose it is. His own settings decide where calls go, and the flow is not asked."""


class InteractionRow(OfBusiness, Base):
    """What the journal may not hold of a contact, because a person may ask to have it erased, and what the agent wrote."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index("ix_interaction_customer", "business_id", "customer_id", "started_at"),
        Index("ix_interaction_number", "business_id", "remote_number", "started_at"),
    )

    contact_id: Mapped[Id] = mapped_column(primary_key=True)
    channel: Mapped[str]
    direction: Mapped[str]
    remote_number: Mapped[str] = mapped_column(default="")
    """E.164 where it can be, else as delivered; empty for a web visitor."""
    remote_name: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[Id | None]
    number_called: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    disposition: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    wrapped_by: Mapped[Id | None]
    wrapped_at: Mapped[datetime | None]
    follow_up_by: Mapped[Id | None]
    follow_up_since: Mapped[datetime | None]
    follow_up_done_at: Mapped[datetime | None]
    follow_up_why: Mapped[str] = mapped_column(default="", server_default="")
    """Why the callback that the customer wants could not be booked."""

    @property
    def follow_up(self) -> FollowUp | None:
        """Who follows the contact up, or did."""
        if self.follow_up_by is None or self.follow_up_since is None:
            return None
        return FollowUp(self.follow_up_by, self.follow_up_since, self.follow_up_done_at, self.follow_up_why)

    @follow_up.setter
    def follow_up(self, given: FollowUp) -> None:
        self.follow_up_by, self.follow_up_since = given.by, given.since
        self.follow_up_done_at, self.follow_up_why = given.done_at, given.why


class ContactPartyRow(OfBusiness, Base):
    """A telephone outside the centre that took part in a contact besides the customer's: who was consulted, or got the call."""

    __tablename__ = "contact_party"

    id: Mapped[Id] = mapped_column(primary_key=True)
    contact_id: Mapped[Id] = mapped_column(index=True)
    number: Mapped[str]
    """As it was dialled."""


class RecordingRow(OfBusiness, Base):
    """One part of a conversation's sound: one encrypted stereo file, left the customer, right the agent."""

    __tablename__ = "recording"
    __table_args__ = (Index("ix_recording_agent", "business_id", "agent_id", "started_at"),)

    id: Mapped[NewId]
    contact_id: Mapped[Id] = mapped_column(index=True)
    segment_id: Mapped[Id]
    agent_id: Mapped[Id | None]
    part: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    path: Mapped[str] = mapped_column(default="")
    """Below the recordings folder; empty until the file is complete."""
    seconds: Mapped[float] = mapped_column(default=0.0)
    sample_rate: Mapped[int] = mapped_column(default=8000)
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    """Of the plain WAV."""
    sha256: Mapped[str] = mapped_column(default="")
    """Of the plain WAV, in hexadecimal."""
    peaks: Mapped[dict[str, Any] | None]
    """{"customer": [0..1, ...], "agent": [0..1, ...]}, equally many, equally spaced over the length."""
