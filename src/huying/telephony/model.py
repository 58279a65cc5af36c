"""Tables of telephony: SIP accounts of people and visitors, and trunks. Secrets are stored sealed by the vault."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

KIND_BROWSER = "browser"
KIND_PHONE = "phone"
KIND_REMOTE = "remote"
"""A telephone that registers from outside the house."""
KIND_NUMBER = "number"
"""No SIP account, but a telephone number that is a person's device: in place of a secret the number is kept, sealed as one."""
KIND_SIMULATED = "simulated"


class PhoneAccountRow(OfBusiness, Base):
    """A SIP account. The name is random, so that knowing a person tells nothing about the account."""

    __tablename__ = "phone_account"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[Id]
    kind: Mapped[str]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class TrunkRow(OfBusiness, Base):
    """A carrier or gateway, known by its addresses."""

    __tablename__ = "trunk"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[NewId]
    name: Mapped[str]
    addresses: Mapped[list[str]]
    port: Mapped[int] = mapped_column(default=5060)
    transport: Mapped[str] = mapped_column(default="udp")
    codecs: Mapped[list[str]]
    username: Mapped[str] = mapped_column(default="")
    secret: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    channel_limit: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
