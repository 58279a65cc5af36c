"""Routes of work at the desk: taking it, refusing it, keeping it for later, giving it back. Finishing it is a screen's matter."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel

from huying.admin.guard import CallerOf, requires
from huying.channels.desk.reasons import check_refusal
from huying.channels.desk.views import Refusal
from huying.channels.desk_work.client import WorkOf
from huying.channels.desk_work.model import TASK
from huying.channels.desk_work.service import work_of
from huying.channels.messages.service import find_message, with_contact
from huying.channels.messages.views import MessageView, message_view
from huying.channels.tasks.model import TaskRow
from huying.channels.tasks.views import TaskView, task_views
from huying.foundation.errors import Conflict, NotFound
from huying.foundation.http import GroundOf, IdPath
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Given

router = APIRouter(prefix="/api/desk/work", tags=["desk"], dependencies=[requires("desk.use")])


class WorkView(BaseModel):
    """What a contact without a telephone is about: the task, or the message."""

    contact_id: str
    subject: Literal["task", "voicemail"]
    queue_id: str
    holder_id: str | None
    task: TaskView | None
    message: MessageView | None


class Later(Given):
    """Until when one keeps it."""

    until: AwareDatetime


@router.get("/{contact_id}")
async def read_work(caller: CallerOf, ground: GroundOf, contact_id: IdPath) -> WorkView:
    """What is offered to one, in one's hands, or waits in one of one's queues."""
    async with ground.database.business(caller.business_id) as session:
        row = await work_of(session, contact_id)
        agent = (await load_routing(session)).agents.get(caller.person_id)
        mine = caller.may("contacts.view") or (row and (row.holder_id == caller.person_id or (agent and row.queue_id in agent.queues)))
        if row is None or not mine:
            raise NotFound("There is no such work at your desk.")
        task = await session.get(TaskRow, row.subject_id) if row.subject == TASK else None
        message = None
        if row.subject != TASK:
            message = await with_contact(session, await find_message(session, row.subject_id, None, caller.person_id))
        return WorkView(
            contact_id=contact_id,
            subject="task" if row.subject == TASK else "voicemail",
            queue_id=row.queue_id,
            holder_id=row.holder_id,
            task=(await task_views(session, [task]))[0] if task else None,
            message=message_view(message) if message else None,
        )


@router.post("/{contact_id}/accept", status_code=204)
async def accept_work(caller: CallerOf, work: WorkOf, contact_id: IdPath) -> None:
    """Take what is offered."""
    await work.accept(caller.business_id, caller.person_id, contact_id)


@router.post("/{contact_id}/take", status_code=204)
async def take_work(caller: CallerOf, ground: GroundOf, work: WorkOf, contact_id: IdPath) -> None:
    """Take it out of the line of one of one's queues, or what one has kept for later."""
    async with ground.database.business(caller.business_id) as session:
        row = await work_of(session, contact_id)
        agent = (await load_routing(session)).agents.get(caller.person_id)
        if row is None or agent is None or not (row.queue_id in agent.queues or row.wanted_id == caller.person_id):
            raise NotFound("There is no such work in your queues.")
        if row.state == "waiting":
            raise Conflict("This has just come in, or is not to be done yet: try again in a moment.")
    await work.take(caller.business_id, caller.person_id, contact_id)


@router.post("/{contact_id}/refuse", status_code=204)
async def refuse_work(caller: CallerOf, ground: GroundOf, work: WorkOf, contact_id: IdPath, given: Refusal | None = None) -> None:
    """Do not take what is offered, if one likes with the reason."""
    reason = (given or Refusal()).reason
    await check_refusal(ground, caller, reason)
    await work.refuse(caller.business_id, caller.person_id, contact_id, reason)


@router.post("/{contact_id}/park", status_code=204)
async def park_work(caller: CallerOf, work: WorkOf, contact_id: IdPath, given: Later) -> None:
    """Keep it for later; then it is offered again, to oneself first."""
    await work.park(caller.business_id, caller.person_id, contact_id, given.until)


@router.post("/{contact_id}/return", status_code=204)
async def return_work(caller: CallerOf, work: WorkOf, contact_id: IdPath) -> None:
    """Let somebody else of the queue do it."""
    await work.give_back(caller.business_id, caller.person_id, contact_id)
