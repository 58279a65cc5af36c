"""What is known of a caller from the contacts of the past: who spoke with him last, who follows him up. Reads only; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from huying.foundation.database import Database

NEWEST = 20
"""Contacts that are looked at; most of them were answered."""
_SAME = """ARRAY(SELECT CAST(NULLIF(:customer, '') AS uuid) UNION ALL
    SELECT id FROM customer WHERE merged_into = CAST(NULLIF(:customer, '') AS uuid))"""
"""The customer, and everybody who was merged into him."""
_LAST_AGENT = text(f"""
    WITH mine AS (
        (SELECT contact_id, started_at FROM interaction
            WHERE business_id = CAST(:business AS uuid) AND customer_id = ANY ({_SAME}) AND started_at >= :since
            ORDER BY started_at DESC LIMIT {NEWEST})
        UNION
        (SELECT contact_id, started_at FROM interaction
            WHERE business_id = CAST(:business AS uuid) AND remote_number = NULLIF(:number, '') AND started_at >= :since
            ORDER BY started_at DESC LIMIT {NEWEST})
    )
    SELECT j.data ->> 'agent_id' AS agent_id, j.at FROM mine JOIN journal AS j
        ON j.stream_id = mine.contact_id::text AND j.stream = 'contact' AND j.business_id = CAST(:business AS uuid)
        AND j.kind = 'SegmentStarted' AND j.at >= :since
    ORDER BY j.at DESC LIMIT 1
""")  # noqa: S608


_FOLLOWED_UP = """
    SELECT follow_up_by AS agent_id, follow_up_since FROM interaction
        WHERE business_id = CAST(:business AS uuid) AND {whose} AND started_at >= :since
        AND follow_up_by IS NOT NULL AND follow_up_done_at IS NULL
"""
_OWNER = text(f"""
    {_FOLLOWED_UP.format(whose=f"customer_id = ANY ({_SAME})")}
    UNION ALL {_FOLLOWED_UP.format(whose="remote_number = NULLIF(:number, '')")}
    ORDER BY follow_up_since DESC LIMIT 1
""")


@dataclass(frozen=True, slots=True)
class LastAgent:
    """Who spoke with a customer last, and since when he did."""

    agent_id: str
    at: datetime


async def last_agent(database: Database, business_id: str, customer_id: str, number: str, since: datetime) -> LastAgent | None:
    """Who spoke last with the customer, or with whoever calls from this number (E.164), since then. One round trip. Raises Unavailable."""
    if not customer_id and not number:
        return None
    values = {"business": business_id, "customer": customer_id, "number": number, "since": since}
    rows = await database.system_statement(_LAST_AGENT, values)
    return LastAgent(rows[0].agent_id, rows[0].at) if rows else None


class OpenFollowUps:
    """Implements OpenRequests: a customer's open request is the contact that an agent follows up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def owner_of(self, business_id: str, customer_id: str, number: str, since: datetime) -> str:
        """Who follows up the customer's contacts, or those from this number (E.164), that began since then; the newest. One round trip."""
        if not customer_id and not number:
            return ""
        values = {"business": business_id, "customer": customer_id, "number": number, "since": since}
        rows = await self._database.system_statement(_OWNER, values)
        return str(rows[0].agent_id) if rows else ""
