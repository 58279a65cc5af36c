"""One's own work on the live feed: tasks, messages, and how much waits in one's queues. Read when it changes and every minute."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.desk_work.model import OVER, DeskWorkRow
from huying.channels.messages.model import DONE, HEARD, NEW, MessageRow
from huying.channels.messages.service import list_messages
from huying.channels.messages.views import message_view
from huying.channels.tasks.service import TaskFilter, list_tasks
from huying.channels.tasks.views import task_views
from huying.routing.service import load_routing

SHOWN = 100
Rows = Mapping[str, Mapping[str, object]]


async def own_tasks(session: AsyncSession, _business_id: str, person_id: str) -> Rows:
    """`task:<id>` -> a task of this person that is open."""
    rows, _ = await list_tasks(session, TaskFilter(people=[person_id]), SHOWN, 0)
    return {f"task:{view.id}": view.model_dump(mode="json") for view in await task_views(session, rows)}


async def own_messages(session: AsyncSession, _business_id: str, person_id: str) -> Rows:
    """`message:<id>` -> a message in this person's mailbox, or taken by him, that is not done."""
    found, _ = await list_messages(session, queues=(), mine=person_id, states=(NEW, HEARD), limit=SHOWN, offset=0)
    return {f"message:{one.row.id}": message_view(one).model_dump(mode="json") for one in found}


async def queue_work(session: AsyncSession, _business_id: str, person_id: str) -> Rows:
    """`waiting` -> how many tasks and messages of this person's queues nobody has in hand, and messages nobody has heard.

    `new_messages` are in his own mailbox, `new_queue_messages` in those of his queues.
    """
    agent = (await load_routing(session)).agents.get(person_id)
    queues = list(agent.queues) if agent else []
    waiting = (DeskWorkRow.queue_id.in_(queues), DeskWorkRow.state != OVER, DeskWorkRow.holder_id.is_(None))
    of_queues = (MessageRow.queue_id.in_(queues), MessageRow.state != DONE, MessageRow.taken_by.is_(None))
    in_box = (MessageRow.person_id == person_id, MessageRow.state == NEW)
    work = await session.scalar(select(func.count()).select_from(DeskWorkRow).where(*waiting)) or 0
    messages = await session.scalar(select(func.count()).select_from(MessageRow).where(*of_queues)) or 0
    new = await session.scalar(select(func.count()).select_from(MessageRow).where(*in_box)) or 0
    unheard = (*of_queues, MessageRow.state == NEW)
    of_team = await session.scalar(select(func.count()).select_from(MessageRow).where(*unheard)) or 0
    return {"waiting": {"work": work, "queue_messages": messages, "new_messages": new, "new_queue_messages": of_team}}
