"""What an entry of the journal says of work that was presented to a queue. Pure."""

from __future__ import annotations

from datetime import datetime

from huying.routing.events import QueueEntered
from huying.routing.router.work import Wanted, WorkItem


def work_of(contact_id: str, entered: QueueEntered, at: datetime) -> WorkItem:
    """The work as the router had it, whoever asks, before a restart or after."""
    return WorkItem(
        item_id=entered.entry_id,
        contact_id=contact_id,
        queue_id=entered.queue_id,
        waiting_since=datetime.fromisoformat(entered.waiting_since) if entered.waiting_since else at,
        channel=entered.channel,
        needs=dict(entered.needs),
        attributes=dict(entered.attributes),
        rank=entered.rank,
        head_start_seconds=entered.head_start_seconds,
        wanted=tuple(Wanted(str(one["agent_id"]), int(one["seconds"]), str(one["why"])) for one in entered.wanted),
    )
