"""The customers whom some rows may mean, read at once. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.model import CustomerNumberRow, CustomerRow
from huying.crm.importing.drafting import Draft
from huying.crm.importing.matching import Book, Known


async def book_of(session: AsyncSession, drafts: Sequence[Draft], match: str) -> Book:
    """Everybody who has one of these rows' codes or numbers; those that were merged are nobody."""
    row, number = CustomerRow, CustomerNumberRow
    by_code: dict[str, list[Known]] = defaultdict(list)
    by_number: dict[str, list[Known]] = defaultdict(list)
    codes = {draft.code for draft in drafts if draft.code} if match in ("code", "code_or_number") else set()
    numbers = {one for draft in drafts for one, _ in draft.numbers} if match in ("number", "code_or_number") else set()
    here = row.merged_into.is_(None)
    if codes:
        for id_, name, code in await session.execute(select(row.id, row.name, row.code).where(row.code.in_(codes), here)):
            by_code[code].append(Known(id_, name, code))
    if numbers:
        wanted = select(row.id, row.name, row.code, number.number).join(number, number.customer_id == row.id)
        for id_, name, code, one in await session.execute(wanted.where(number.number.in_(numbers), here)):
            by_number[one].append(Known(id_, name, code))
    return Book(by_code, by_number)
