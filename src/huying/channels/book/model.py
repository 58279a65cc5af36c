"""Tables of the address book, of each person's own targets, and of who may see whose presence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

COMPANY, TEAM, OWN = "company", "team", "own"
ALL, GROUPS = "all", "groups"


class AddressEntryRow(OfBusiness, Base):
    """Somebody outside who is called now and then. A team's entry has its group, one's own its person; `search` is what typing finds."""

    __tablename__ = "address_entry"
    __table_args__ = (
        Index(None, "business_id", "scope"),
        Index("ix_address_entry_person", "person_id"),
        CheckConstraint("(scope = 'team') = (group_id IS NOT NULL)", name="group"),
        CheckConstraint("(scope = 'own') = (person_id IS NOT NULL)", name="person"),
    )

    id: Mapped[NewId]
    scope: Mapped[str]
    group_id: Mapped[Id | None] = mapped_column(ForeignKey("work_group.id", ondelete="CASCADE"))
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    number: Mapped[str]
    """E.164 where it can be, else digits as they are dialled; so is the other one, which may be empty."""
    other_number: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    search: Mapped[str]


class DialTargetRow(OfBusiness, Base):
    """Somebody or something a person has dialled, keeps as a favourite, or has on a speed dial key. `target`: an id, or a number."""

    __tablename__ = "dial_target"
    __table_args__ = (Index("uq_dial_target_key", "person_id", "key", unique=True),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(default="")
    favourite: Mapped[bool] = mapped_column(default=False)
    key: Mapped[int | None]
    """1 to 9."""
    used_at: Mapped[datetime | None]


class BookSettingsRow(OfBusiness, Base):
    """`presence`: agents see what `all` colleagues do, or those of their own `groups` alone. A business without a row: all."""

    __tablename__ = "book_settings"

    business_id: Mapped[Id] = mapped_column(primary_key=True)
    presence: Mapped[str] = mapped_column(default=ALL)
