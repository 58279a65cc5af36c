"""The peer: the same question in plain SQL, ILIKE over the columns and their tables, without a text of our own and without its index."""

from __future__ import annotations

from sqlalchemy import text

from huying.crm.customers.search import like_pattern
from huying.foundation.database import Database

_PLAIN = """
    SELECT c.id::text FROM customer c LEFT JOIN company f ON f.id = c.company_id WHERE c.merged_into IS NULL AND {words}
    ORDER BY c.name LIMIT 20
"""
_WORD = """(c.name ILIKE :{0} OR f.name ILIKE :{0} OR c.code ILIKE :{0}
    OR EXISTS (SELECT FROM customer_number n WHERE n.customer_id = c.id AND n.number LIKE :{0})
    OR EXISTS (SELECT FROM asset a WHERE a.customer_id = c.id AND (a.serial ILIKE :{0} OR a.plate ILIKE :{0})))"""


async def search_plainly(database: Database, business_id: str, typed: str) -> list[str]:
    """The ids of the first twenty by name. It knows no pinyin."""
    words = typed.split()
    told = {f"w{place}": like_pattern(word) for place, word in enumerate(words)}
    statement = _PLAIN.format(words=" AND ".join(_WORD.format(name) for name in told))
    async with database.business(business_id, timeout_seconds=120) as session:
        return list(await session.scalars(text(statement), told))
