"""The table of hooks: one for a queue."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, OfBusiness


class RoutingHookRow(OfBusiness, Base):
    """A queue's hook. `kind`: expression (then `expression` counts) or service (then `address` and `secret`, sealed by the vault)."""

    __tablename__ = "routing_hook"

    queue_id: Mapped[Id] = mapped_column(ForeignKey("queue.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str]
    expression: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    secret: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    timeout_ms: Mapped[int] = mapped_column(default=500)
    active: Mapped[bool] = mapped_column(default=True)
