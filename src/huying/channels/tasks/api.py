"""Routes of tasks and reminders: one's own, those of one's queues, those one has given."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.channels.desk_work.client import WorkClient, WorkOf
from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.tasks import service
from huying.channels.tasks.model import OPEN, TaskRow
from huying.channels.tasks.service import TaskFilter
from huying.channels.tasks.views import Reference, Snooze, TaskIn, TaskPage, TaskResult, TaskState, TaskView, task_views
from huying.channels.telling import tell
from huying.foundation.errors import Forbidden, HuyingError
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.routing.service import load_routing

router = APIRouter(prefix="/api/tasks", tags=["tasks"], dependencies=[requires("desk.use")])

Scope = Literal["mine", "queues", "given", "all"]


@router.get("")
async def list_tasks(
    caller: CallerOf,
    ground: GroundOf,
    scope: Scope = "mine",
    state: Annotated[list[TaskState] | None, Query()] = None,
    customer_id: Reference | None = None,
    contact_id: Reference | None = None,
    search: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> TaskPage:
    """One's own tasks, those of one's queues, those one has given to others, or (for who may see every contact) all."""
    if scope == "all" and not caller.may("contacts.view"):
        raise Forbidden("Only who may see everybody's contacts sees everybody's tasks.", permission="contacts.view")
    async with ground.database.business(caller.business_id) as session:
        wanted = TaskFilter(
            people=[caller.person_id] if scope == "mine" else None,
            queues=await _queues(session, caller) if scope == "queues" else None,
            created_by=caller.person_id if scope == "given" else None,
            states=state or [OPEN],
            customer_id=customer_id,
            contact_id=contact_id,
            search=search.strip(),
        )
        rows, total = await service.list_tasks(session, wanted, limit, offset)
        return TaskPage(items=await task_views(session, rows), total=total)


@router.post("", status_code=201)
async def create_task(caller: CallerOf, ground: GroundOf, work: WorkOf, given: TaskIn) -> TaskView:
    """Give a task to somebody, to a queue, or to oneself."""
    async with ground.database.business(caller.business_id) as session:
        data = given.data(caller.person_id)
        row = await service.create_task(session, caller.business_id, data, caller.person_id, ground.clock())
        view = (await task_views(session, [row]))[0]
    await _told(ground, caller, work, row)
    return view


@router.get("/{task_id}")
async def read_task(caller: CallerOf, ground: GroundOf, task_id: IdPath) -> TaskView:
    """One task."""
    async with ground.database.business(caller.business_id) as session:
        return (await task_views(session, [await _row(session, caller, task_id)]))[0]


@router.put("/{task_id}")
async def change_task(caller: CallerOf, ground: GroundOf, work: WorkOf, task_id: IdPath, given: TaskIn) -> TaskView:
    """Change a task, or give it to somebody else."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, task_id)
        ended = await service.change_task(session, row, given.data(caller.person_id), ground.clock())
        view = (await task_views(session, [row]))[0]
        await _end(work, caller, ended)
    await _told(ground, caller, work, row)
    return view


@router.post("/{task_id}/done", status_code=204)
async def finish_task(caller: CallerOf, ground: GroundOf, work: WorkOf, task_id: IdPath, given: TaskResult) -> None:
    """It is done. Of a queue's that somebody has in hand the desk finishes the work instead."""
    await _close(caller, ground, work, task_id, given.result, cancelled=False)


@router.post("/{task_id}/cancel", status_code=204)
async def cancel_task(caller: CallerOf, ground: GroundOf, work: WorkOf, task_id: IdPath, given: TaskResult) -> None:
    """It is not to be done any more."""
    await _close(caller, ground, work, task_id, given.result, cancelled=True)


@router.post("/{task_id}/reopen", status_code=204)
async def reopen_task(caller: CallerOf, ground: GroundOf, work: WorkOf, task_id: IdPath) -> None:
    """It is to be done after all."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, task_id)
        await service.reopen_task(session, row, ground.clock())
    await _told(ground, caller, work, row)


@router.post("/{task_id}/snooze", status_code=204)
async def snooze_task(caller: CallerOf, ground: GroundOf, work: WorkOf, task_id: IdPath, given: Snooze) -> None:
    """Remind again at another time, or not any more."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, task_id)
        row.remind_at = given.until
    await _told(ground, caller, work, row)


async def _close(caller: Caller, ground: Ground, work: WorkClient, task_id: str, result: str, *, cancelled: bool) -> None:
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, task_id)
        ended = await service.finish_task(session, row, caller.person_id, result, ground.clock(), cancelled=cancelled)
        await _end(work, caller, ended)
    await _told(ground, caller, work, row)


async def _end(work: WorkClient, caller: Caller, contact_id: str) -> None:
    """Before the commit: without the voice process, which alone can end it, nothing changes."""
    if contact_id:
        await work.cancel(caller.business_id, contact_id)


async def _told(ground: Ground, caller: Caller, work: WorkClient, row: TaskRow) -> None:
    """After the commit. What is not told is found a little later."""
    try:
        await tell(ground.bus, caller.business_id, None if row.queue_id else {row.person_id or "", caller.person_id} - {""}, WORK_TOPIC)
        if row.queue_id:
            await work.look()
    except HuyingError:
        return


async def _queues(session: AsyncSession, caller: Caller) -> list[str]:
    agent = (await load_routing(session)).agents.get(caller.person_id)
    return list(agent.queues) if agent else []


async def _row(session: AsyncSession, caller: Caller, task_id: str) -> TaskRow:
    queues = None if caller.may("contacts.view") else await _queues(session, caller)
    return await service.find_task(session, task_id, caller.person_id, queues)
