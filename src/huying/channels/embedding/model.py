"""Tables of embedding: the business's settings, and one-time codes that carry a sign-in from our own window into the frame."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class EmbeddingRow(OfBusiness, Base):
    """Where the softphone may be embedded, and what opens for a call. A business without a row is embedded nowhere."""

    __tablename__ = "embedding"
    __table_args__ = (UniqueConstraint("business_id"),)

    id: Mapped[NewId]
    origins: Mapped[list[str]] = mapped_column(default=list)
    """https://crm.example, one each: scheme, host, port; nothing else."""
    pops: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """{queue_id (empty: all others), url, opens: ring|answer, where: window|page}"""


class EmbedCodeRow(OfBusiness, Base):
    """A sign-in on its way: good once, for a minute, for one origin. Only the SHA-256 is kept."""

    __tablename__ = "embed_code"

    id: Mapped[NewId]
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(), unique=True)
    origin: Mapped[str]
    expires_at: Mapped[datetime]
