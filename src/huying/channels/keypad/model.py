"""Tables of the keypad: codes that a business has chosen, and the PINs by which people hear messages by telephone."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class FeatureCodeRow(OfBusiness, Base):
    """Another code than the usual one, or none."""

    __tablename__ = "feature_code"
    __table_args__ = (UniqueConstraint("business_id", "action"),)

    id: Mapped[NewId]
    action: Mapped[str]
    code: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class PhonePinRow(OfBusiness, Base):
    """A person's PIN, hashed; wrong tries in a row since the last right one."""

    __tablename__ = "phone_pin"

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    pin_hash: Mapped[str]
    wrong: Mapped[int] = mapped_column(default=0)
