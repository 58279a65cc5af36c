"""SIP accounts of people, and trunks: made, read and handed to the engine. Secrets leave the vault only here.

Every person has one account for the browser and one for a desk phone, made when first asked for. Never commits.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.telephony.model import KIND_BROWSER, KIND_NUMBER, KIND_PHONE, KIND_REMOTE, KIND_SIMULATED, PhoneAccountRow, TrunkRow
from huying.telephony.port import PhoneAccount, Trunk


class Vault(Protocol):
    """What is needed of the vault."""

    def encrypt(self, clear: bytes, purpose: str) -> bytes:
        """Encrypt a small value."""

    def decrypt(self, sealed: bytes, purpose: str) -> bytes:
        """The clear value, with the same purpose."""


class TrunkTaken(Conflict):
    """There is a trunk of this name already: choose another."""

    code = "trunk-taken"


@dataclass(frozen=True, slots=True)
class PersonAccount:
    """A person's account, as the engine wants it, with whose it is."""

    business_id: str
    person_id: str
    account: PhoneAccount


async def account_of(
    session: AsyncSession, vault: Vault, business_id: str, person_id: str, kind: str, now: datetime
) -> tuple[PersonAccount, bool]:
    """The person's account of this kind (browser, phone, simulated), and whether it was made just now: then the engine must be told."""
    if kind not in (KIND_BROWSER, KIND_PHONE, KIND_REMOTE, KIND_SIMULATED):
        raise InvalidInput("The device is browser, phone or remote.", field="device")
    row = await session.scalar(select(PhoneAccountRow).where(PhoneAccountRow.person_id == person_id, PhoneAccountRow.kind == kind))
    if row is not None:
        return _account(vault, row), False
    row = _new_row(vault, business_id, person_id, kind, now)
    session.add(row)
    await session.flush()
    return _account(vault, row), True


async def number_of(session: AsyncSession, vault: Vault, person_id: str) -> PersonAccount | None:
    """The telephone number that is the person's device, as an account whose secret is the number in E.164; None without one."""
    row = await session.scalar(select(PhoneAccountRow).where(PhoneAccountRow.person_id == person_id, PhoneAccountRow.kind == KIND_NUMBER))
    return _account(vault, row) if row is not None else None


async def keep_number(
    session: AsyncSession, vault: Vault, business_id: str, person_id: str, number: str, now: datetime
) -> PersonAccount | None:
    """Make this number (E.164) the person's device; empty: none any longer. The telephone process must be told."""
    row = await session.scalar(select(PhoneAccountRow).where(PhoneAccountRow.person_id == person_id, PhoneAccountRow.kind == KIND_NUMBER))
    if not number:
        if row is not None:
            await session.delete(row)
            await session.flush()
        return None
    if row is None:
        row = _new_row(vault, business_id, person_id, KIND_NUMBER, now)
        session.add(row)
    row.secret = _seal(vault, row.name, number)
    await session.flush()
    return _account(vault, row)


async def load_accounts(session: AsyncSession, vault: Vault) -> list[PersonAccount]:
    """All accounts that the session may see, of people who are active."""
    statement = select(PhoneAccountRow).join(PersonRow, PersonRow.id == PhoneAccountRow.person_id).where(PersonRow.active)
    return [_account(vault, row) for row in await session.scalars(statement.order_by(PhoneAccountRow.name))]


async def load_trunks(session: AsyncSession, vault: Vault) -> list[Trunk]:
    """All active trunks that the session may see."""
    rows = await session.scalars(select(TrunkRow).where(TrunkRow.active).order_by(TrunkRow.name))
    return [
        Trunk(
            name=row.name,
            addresses=tuple(row.addresses),
            port=row.port,
            transport=row.transport,
            codecs=tuple(row.codecs),
            username=row.username,
            secret=_open(vault, row.name, row.secret),
            channel_limit=row.channel_limit,
        )
        for row in rows
    ]


async def trunk_businesses(session: AsyncSession) -> dict[str, str]:
    """The business of each active trunk by the trunk's name."""
    rows = await session.execute(select(TrunkRow.name, TrunkRow.business_id).where(TrunkRow.active))
    return dict(rows.all())


async def list_trunks(session: AsyncSession) -> list[TrunkRow]:
    """All trunks' rows, also inactive ones."""
    return list(await session.scalars(select(TrunkRow).order_by(TrunkRow.name)))


async def remove_trunk(session: AsyncSession, name: str) -> str:
    """Forget a trunk and return its id. Raises NotFound. The engine must be told."""
    row = await session.scalar(select(TrunkRow).where(TrunkRow.name == name))
    if row is None:
        raise NotFound("There is no such trunk.")
    await session.delete(row)
    await session.flush()
    return row.id


async def put_trunk(session: AsyncSession, vault: Vault, business_id: str, trunk: Trunk) -> TrunkRow:
    """Store a trunk; replaces the one of that name, but for a secret that is not given. Raises TrunkTaken. The engine must be told."""
    row = await session.scalar(select(TrunkRow).where(TrunkRow.name == trunk.name))
    if row is None:
        row = TrunkRow(business_id=business_id, name=trunk.name, active=True)
        session.add(row)
    row.addresses, row.codecs = _texts(trunk.addresses), _texts(trunk.codecs)
    row.port, row.transport, row.channel_limit = trunk.port, trunk.transport, trunk.channel_limit
    row.username, row.active = trunk.username, True
    if trunk.secret or row.secret is None:
        row.secret = _seal(vault, trunk.name, trunk.secret)
    try:
        await session.flush()
    except IntegrityError as error:
        raise TrunkTaken(name=trunk.name) from error
    return row


def _new_row(vault: Vault, business_id: str, person_id: str, kind: str, now: datetime) -> PhoneAccountRow:
    name = f"{kind[0]}{secrets.token_hex(9)}"
    sealed = _seal(vault, name, secrets.token_urlsafe(24))
    return PhoneAccountRow(name=name, business_id=business_id, person_id=person_id, kind=kind, secret=sealed, created_at=now)


def _account(vault: Vault, row: PhoneAccountRow) -> PersonAccount:
    account = PhoneAccount(name=row.name, secret=_open(vault, row.name, row.secret), kind=row.kind)
    return PersonAccount(row.business_id, row.person_id, account)


def _seal(vault: Vault, name: str, secret: str) -> bytes:
    return vault.encrypt(secret.encode(), f"telephone {name}") if secret else b""


def _open(vault: Vault, name: str, sealed: bytes) -> str:
    return vault.decrypt(sealed, f"telephone {name}").decode() if sealed else ""


def _texts(values: Sequence[str]) -> list[str]:
    return [str(value) for value in values]
