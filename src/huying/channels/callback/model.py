"""The table of how businesses call back."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, NewId, OfBusiness


class CallbackSettingsRow(OfBusiness, Base):
    """One business's rules; a business without a row goes by the usual ones."""

    __tablename__ = "callback_settings"
    __table_args__ = (UniqueConstraint("business_id"),)

    id: Mapped[NewId]
    most_tries: Mapped[int]
    pause_seconds: Mapped[int]
    expire_seconds: Mapped[int]
    ring_seconds: Mapped[int]
    after_call_when_not_reached: Mapped[bool]
    own_seconds: Mapped[int] = mapped_column(server_default="300")
    most_days: Mapped[int] = mapped_column(server_default="90")
    allowed_prefixes: Mapped[list[str]]
    denied_prefixes: Mapped[list[str]]
    web_queues: Mapped[list[str]]
    """Ids of the queues that visitors of the web page may ask to be called back from."""
