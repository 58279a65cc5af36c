"""Reading and changing codes and PINs. Never commits."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.passwords import Passwords
from huying.channels.keypad.actions import ACTIONS, USUAL, Codes
from huying.channels.keypad.model import FeatureCodeRow, PhonePinRow
from huying.foundation.errors import InvalidInput

MOST_WRONG = 5
"""After so many wrong PINs in a row it must be chosen anew at the desk."""
PIN = re.compile(r"^[0-9]{4,8}$")
EASY = frozenset({"0000", "1111", "1234", "4321", "123456", "000000", "111111", "888888", "12345678"})


async def load_codes(session: AsyncSession) -> dict[str, Codes]:
    """Business -> its codes, of those that have chosen any."""
    rows: dict[str, list[FeatureCodeRow]] = {}
    for row in await session.scalars(select(FeatureCodeRow)):
        rows.setdefault(row.business_id, []).append(row)
    return {business: Codes(_by_action(of_it)) for business, of_it in rows.items()}


def _by_action(rows: list[FeatureCodeRow]) -> dict[str, str]:
    chosen = {row.action: row for row in rows if row.action in ACTIONS}
    off = {name for name, row in chosen.items() if not row.active}
    return {name: chosen[name].code if name in chosen else code for name, code in USUAL.items() if name not in off}


async def chosen_codes(session: AsyncSession) -> dict[str, FeatureCodeRow]:
    """What the business has chosen itself, by action."""
    return {row.action: row for row in await session.scalars(select(FeatureCodeRow))}


async def set_pin(session: AsyncSession, passwords: Passwords, business_id: str, person_id: str, pin: str) -> None:
    """A new PIN. Raises InvalidInput."""
    if not PIN.fullmatch(pin) or pin in EASY:
        raise InvalidInput("A PIN has four to eight digits, and is not 1234 or the like.", field="pin")
    row = await session.get(PhonePinRow, person_id)
    if row is None:
        row = PhonePinRow(business_id=business_id, person_id=person_id)
        session.add(row)
    row.pin_hash, row.wrong = await passwords.hash(pin), 0
    await session.flush()


async def pin_fits(session: AsyncSession, passwords: Passwords, person_id: str, pin: str) -> bool:
    """Whether this is the PIN; after too many wrong ones it is none any longer."""
    row = await session.get(PhonePinRow, person_id, with_for_update=True)
    if row is None or row.wrong >= MOST_WRONG:
        return False
    fits = await passwords.matches(row.pin_hash, pin)
    row.wrong = 0 if fits else row.wrong + 1
    await session.flush()
    return fits


async def has_pin(session: AsyncSession, person_id: str) -> bool:
    """Whether this person has a PIN that counts."""
    row = await session.get(PhonePinRow, person_id)
    return row is not None and row.wrong < MOST_WRONG
