"""Tasks as the browser reads and sends them, over HTTP and on the live feed alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.desk_work.model import TASK
from huying.channels.desk_work.service import open_work
from huying.channels.tasks.model import TaskRow
from huying.channels.tasks.service import TaskData, names_of
from huying.crm.customers.model import CustomerRow
from huying.routing.settings.queue_views import Given

TaskState = Literal["open", "done", "cancelled"]
TaskKind = Literal["task", "reminder"]
Reference = Annotated[str, StringConstraints(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class TaskWork(BaseModel):
    """How a queue's task stands: the contact that it is as work, and who has it in hand."""

    contact_id: str
    state: Literal["waiting", "begun"]
    holder_id: str | None
    offer_from: datetime


class TaskView(BaseModel):
    """A task or reminder. `priority`: 0 low, 1 normal, 2 high, 3 urgent. `work` of a queue's that is open."""

    id: str
    kind: str
    title: str
    text: str
    customer_id: str | None
    customer_name: str
    contact_id: str | None
    due_at: datetime | None
    remind_at: datetime | None
    priority: int
    person_id: str | None
    person_name: str
    queue_id: str | None
    state: TaskState
    result: str
    created_by: str | None
    created_by_name: str
    created_at: datetime
    done_by: str | None
    done_at: datetime | None
    work: TaskWork | None


class TaskPage(BaseModel):
    """Tasks and how many there are."""

    items: list[TaskView]
    total: int


class TaskIn(Given):
    """What a task is to be: for one person (nobody named: oneself) or for one queue."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    text: Annotated[str, StringConstraints(max_length=4000)] = ""
    kind: TaskKind = "task"
    customer_id: Reference | None = None
    contact_id: Reference | None = None
    due_at: AwareDatetime | None = None
    remind_at: AwareDatetime | None = None
    priority: Annotated[int, Field(ge=0, le=3)] = 1
    person_id: Reference | None = None
    queue_id: Reference | None = None
    offer_from: AwareDatetime | None = None

    def data(self, person_id: str) -> TaskData:
        """For the service; without an assignee it is this person's."""
        mine = person_id if self.queue_id is None else None
        return TaskData(**{**self.model_dump(), "person_id": self.person_id or mine})


class Snooze(Given):
    """When to remind again; null: not any more."""

    until: AwareDatetime | None


class TaskResult(Given):
    """What came of it."""

    result: Annotated[str, StringConstraints(max_length=4000)] = ""


async def task_views(session: AsyncSession, rows: Sequence[TaskRow]) -> list[TaskView]:
    """For the browser, with the names that are needed."""
    people = await names_of(session, [one for row in rows for one in (row.person_id, row.created_by)])
    wanted = {row.customer_id for row in rows if row.customer_id}
    found = await session.execute(select(CustomerRow.id, CustomerRow.name).where(CustomerRow.id.in_(wanted))) if wanted else ()
    customers = {row.id: row.name for row in found}
    works = await open_work(session, TASK, [row.id for row in rows if row.queue_id])
    names = {"customer_name": customers, "person_name": people, "created_by_name": people}
    plain = [name for name in TaskView.model_fields if name not in names and name != "work"]
    return [
        TaskView(
            **{name: getattr(row, name) for name in plain},
            customer_name=customers.get(row.customer_id or "", ""),
            person_name=people.get(row.person_id or "", ""),
            created_by_name=people.get(row.created_by or "", ""),
            work=TaskWork.model_validate(works[row.id], from_attributes=True) if row.id in works else None,
        )
        for row in rows
    ]
