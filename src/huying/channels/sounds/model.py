"""Tables of standard recordings and of the sound files that the business has put in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class StandardSoundRow(OfBusiness, Base):
    """A standard recording. Without queues it is for all."""

    __tablename__ = "standard_sound"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    queue_ids: Mapped[list[str]] = mapped_column(default=list)
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Language -> {"file": sha256} of the business's own, or {"prompt": key} of the prompt catalogue."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class SoundFileRow(OfBusiness, Base):
    """A sound as the engine plays it: WAV, 8 kHz, mono, 16 bits. Named by what it is, so that a change can be undone."""

    __tablename__ = "sound_file"

    business_id: Mapped[Id] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[float]
    wav: Mapped[bytes] = mapped_column(LargeBinary(), deferred=True)
