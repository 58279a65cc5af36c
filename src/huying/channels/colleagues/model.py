"""Tables of messages between colleagues. Texts live here alone, so that they can be erased; the journal knows nothing of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

DIRECT, GROUP, TEAM = "direct", "group", "team"


class RoomRow(OfBusiness, Base):
    """Where people talk: two of them (`pair`), chosen people, or the members of a work group (`group_id`)."""

    __tablename__ = "colleague_room"
    __table_args__ = (UniqueConstraint("business_id", "pair"), UniqueConstraint("business_id", "group_id"))

    id: Mapped[NewId]
    kind: Mapped[str]
    pair: Mapped[str | None]
    """The two persons of a direct room, in the order of their ids."""
    group_id: Mapped[Id | None] = mapped_column(ForeignKey("work_group.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(default="")
    """Of a room of chosen people."""
    made_by: Mapped[Id | None]
    made_at: Mapped[datetime]
    last_number: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    """Grows when a message that was there already is erased."""


class RoomPersonRow(OfBusiness, Base):
    """A person in a room: up to which number he has the messages, and has read them. In a work group's room the group says who is in it."""

    __tablename__ = "colleague_room_person"

    room_id: Mapped[Id] = mapped_column(ForeignKey("colleague_room.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    delivered: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    left_at: Mapped[datetime | None]


class ColleagueMessageRow(OfBusiness, Base):
    """What somebody wrote. The id is the sender's, so that sending it again makes no second one; numbers count from 1 in each room."""

    __tablename__ = "colleague_message"
    __table_args__ = (UniqueConstraint("room_id", "number"), Index(None, "business_id", "person_id"))

    id: Mapped[NewId]
    room_id: Mapped[Id] = mapped_column(ForeignKey("colleague_room.id", ondelete="CASCADE"))
    number: Mapped[int]
    person_id: Mapped[Id]
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(default="")
    mentions: Mapped[list[str]] = mapped_column(default=list)
    contact_id: Mapped[Id | None]
    """The call it is about."""
    customer_id: Mapped[Id | None]
    erased_at: Mapped[datetime | None]
