"""Tables of administration: businesses, people, sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class BusinessRow(Base):
    """A business: the border of row-level security. `sample` marks the demo's, whose log-ins work in the demo alone."""

    __tablename__ = "business"

    id: Mapped[NewId]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["zh-CN", "en"])
    sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class PersonRow(OfBusiness, Base):
    """A person with a log-in, unique in the installation whatever its case. Without a password nobody signs in."""

    __tablename__ = "person"

    id: Mapped[NewId]
    login: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(default="zh-CN")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))

    __table_args__ = (Index("uq_person_login", text("lower(login)"), unique=True),)


class SessionRow(OfBusiness, Base):
    """A signed-in browser. Of its token only the SHA-256 is kept."""

    __tablename__ = "session"

    id: Mapped[NewId]
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    embedded_in: Mapped[str | None]
    """The origin of the foreign page whose frame this session is for; None for our own pages."""
