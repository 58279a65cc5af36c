"""The settings of embedding, and sign-ins that travel by a one-time code from our own window into a frame. Never commits."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import BusinessRow, PersonRow, SessionRow
from huying.channels.embedding.model import EmbedCodeRow, EmbeddingRow
from huying.channels.embedding.origins import checked_origins
from huying.channels.embedding.pops import checked_template
from huying.foundation.errors import Forbidden, InvalidInput, NotFound, NotSignedIn
from huying.routing.model import QueueRow

CODE_LIFE = timedelta(seconds=60)


class OriginNotAllowed(Forbidden):
    """This page may not embed the softphone: an administrator allows it under Administration, Embedding."""

    code = "origin-not-allowed"


class CodeNotValid(NotSignedIn):
    """This sign-in is used up or too old: sign in again."""

    code = "embed-code-not-valid"


@dataclass(frozen=True, slots=True)
class Pop:
    """An address that opens for calls of a queue; an empty one stands for every queue that has none of its own.

    `opens`: ring, answer. `where`: window, page (the embedding page is told and does it).
    """

    queue_id: str
    url: str
    opens: str = "ring"
    where: str = "window"


@dataclass(frozen=True, slots=True)
class Embedding:
    """One business's settings."""

    origins: Sequence[str] = ()
    pops: Sequence[Pop] = field(default=())


async def read_embedding(session: AsyncSession, business_id: str) -> Embedding:
    """The settings of a business; nowhere and nothing when none were made."""
    row = await session.scalar(select(EmbeddingRow).where(EmbeddingRow.business_id == business_id))
    return Embedding() if row is None else Embedding(tuple(row.origins), tuple(Pop(**pop) for pop in row.pops))


async def write_embedding(session: AsyncSession, business_id: str, origins: Sequence[str], pops: Sequence[Pop]) -> tuple[str, bool]:
    """Change them; the row's id and whether it is new. Sessions in frames that are not allowed any more end. Raises InvalidInput."""
    wanted = checked_origins(origins)
    if len({pop.queue_id for pop in pops}) < len(pops):
        raise InvalidInput("One address for each queue.", field="pops")
    for pop in pops:
        if pop.queue_id and await session.get(QueueRow, pop.queue_id) is None:
            raise InvalidInput("There is no such queue.", field="pops")
    row = await session.scalar(select(EmbeddingRow).where(EmbeddingRow.business_id == business_id))
    made = row is None
    if row is None:
        row = EmbeddingRow(business_id=business_id)
        session.add(row)
    row.origins, row.pops = wanted, [_stored(pop) for pop in pops]
    await session.flush()
    await end_foreign_sessions(session, business_id, wanted)
    return row.id, made


async def end_foreign_sessions(session: AsyncSession, business_id: str, origins: Sequence[str]) -> None:
    """End the sessions in frames of pages that are not allowed (any more)."""
    framed = delete(SessionRow).where(SessionRow.business_id == business_id, SessionRow.embedded_in.is_not(None))
    await session.execute(framed.where(SessionRow.embedded_in.not_in(origins)) if origins else framed)


async def business_by_code(session: AsyncSession, code: str) -> str:
    """A business's id (needs a system session). Raises NotFound."""
    found = await session.scalar(select(BusinessRow.id).where(BusinessRow.code == code))
    if found is None:
        raise NotFound("There is no such business: check the address in the page that embeds the softphone.")
    return found


async def make_code(session: AsyncSession, business_id: str, person_id: str, origin: str, now: datetime) -> str:
    """A code that signs this person in inside a frame of `origin`, once, within a minute. Raises OriginNotAllowed."""
    if origin not in (await read_embedding(session, business_id)).origins:
        raise OriginNotAllowed
    old = or_(EmbedCodeRow.expires_at < now, EmbedCodeRow.person_id == person_id)
    await session.execute(delete(EmbedCodeRow).where(old))
    code = secrets.token_urlsafe(32)
    row = EmbedCodeRow(business_id=business_id, person_id=person_id, code_hash=_hash(code), origin=origin, expires_at=now + CODE_LIFE)
    session.add(row)
    await session.flush()
    return code


async def spend_code(session: AsyncSession, code: str, origin: str, now: datetime) -> PersonRow:
    """Whom the code signs in; it is used up whatever comes of it (needs a system session). Raises CodeNotValid, OriginNotAllowed."""
    taken = delete(EmbedCodeRow).where(EmbedCodeRow.code_hash == _hash(code))
    row = (await session.execute(taken.returning(EmbedCodeRow.person_id, EmbedCodeRow.origin, EmbedCodeRow.expires_at))).one_or_none()
    person = await session.get(PersonRow, row.person_id) if row is not None else None
    if row is None or person is None or not person.active or row.expires_at < now or row.origin != origin:
        raise CodeNotValid
    if origin not in (await read_embedding(session, person.business_id)).origins:
        raise OriginNotAllowed
    return person


def _stored(pop: Pop) -> dict[str, Any]:
    return {"queue_id": pop.queue_id, "url": checked_template(pop.url), "opens": pop.opens, "where": pop.where}


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
