"""Reading and changing dispositions, and what queues ask of the desk. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.dispositions.model import DispositionRow, QueueDeskRow
from huying.channels.dispositions.tree import MOST_LEVELS, USUAL, Closing, Disposition, QueueDesk, Tree, missing
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.routing.model import QueueRow


class DispositionMissing(Conflict):
    """This contact cannot be closed so: give what its disposition or its queue asks for."""

    code = "disposition-needed"


ASKS = {
    "disposition": "Choose how the contact is closed: its queue asks for it.",
    "note": "This way to close a contact asks for a note.",
    "follow_up": "This way to close a contact asks for somebody who follows it up.",
    "date": "This way to close a contact asks for a callback: book it.",
}
WRONG = {
    "unknown": "There is no such disposition.",
    "branch": "Choose one of those below it.",
    "elsewhere": "The contact's queue does not use this disposition.",
}


@dataclass(frozen=True, slots=True)
class DispositionData:
    """What a disposition is to be. Without a position it becomes the last."""

    name: Mapping[str, str]
    parent_id: str | None = None
    position: int | None = None
    active: bool = True
    note_required: bool = False
    follow_up_required: bool = False
    date_required: bool = False


async def load_tree(session: AsyncSession) -> Tree:
    """All dispositions that the session may see."""
    rows = await session.scalars(select(DispositionRow).order_by(DispositionRow.position, DispositionRow.code))
    return Tree.of(_disposition(row) for row in rows)


async def load_desks(session: AsyncSession) -> dict[str, QueueDesk]:
    """What each queue asks, by queue; those that ask for nothing special may be left out."""
    return {row.queue_id: queue_desk(row) for row in await session.scalars(select(QueueDeskRow))}


async def desk_of(session: AsyncSession, queue_id: str | None) -> QueueDesk:
    """What this queue asks."""
    row = await session.get(QueueDeskRow, queue_id) if queue_id else None
    return queue_desk(row) if row else USUAL


async def check_closing(session: AsyncSession, queue_id: str | None, closing: Closing, *, finished: bool) -> None:
    """Raise InvalidInput for a disposition that cannot be; with `finished` DispositionMissing for whatever is still asked for."""
    lack = missing(await load_tree(session), await desk_of(session, queue_id), closing)
    if lack in WRONG:
        raise InvalidInput(WRONG[lack], field="disposition")
    if finished and lack:
        raise DispositionMissing(ASKS[lack], missing=lack)


async def put_disposition(session: AsyncSession, business_id: str, code: str, data: DispositionData) -> tuple[str, bool]:
    """Make or change one; its id, and whether it was made. Raises NotFound, InvalidInput for a place that cannot be."""
    if data.parent_id is not None and await session.get(DispositionRow, data.parent_id) is None:
        raise NotFound("There is no such disposition to put it below.")
    row = await session.scalar(select(DispositionRow).where(DispositionRow.code == code))
    last = await session.scalar(select(func.max(DispositionRow.position)))
    made = row is None
    moved = row is None or row.parent_id != data.parent_id
    if row is None:
        row = DispositionRow(business_id=business_id, code=code)
        session.add(row)
    if data.position is not None:
        row.position = data.position
    elif moved:
        row.position = (last if last is not None else -1) + 1
    row.parent_id, row.name, row.active = data.parent_id, dict(data.name), data.active
    row.note_required, row.follow_up_required, row.date_required = data.note_required, data.follow_up_required, data.date_required
    await session.flush()
    await check_tree(session)
    return row.id, made


async def check_tree(session: AsyncSession) -> None:
    """Raise InvalidInput when something stands below itself, or too deep."""
    wrong = (await load_tree(session)).misplaced()
    if wrong == "loop":
        raise InvalidInput("A disposition cannot stand below itself.", field="parent_id")
    if wrong:
        raise InvalidInput(f"The tree may have {MOST_LEVELS} levels.", field="parent_id")


async def put_queue_desk(session: AsyncSession, business_id: str, queue_id: str, desk: QueueDesk) -> bool:
    """Say what a queue asks; whether that was never said before. Raises NotFound for a queue or branch that is not there."""
    if await session.get(QueueRow, queue_id) is None:
        raise NotFound("There is no such queue.")
    known = set(await session.scalars(select(DispositionRow.id)))
    if not set(desk.branches) <= known:
        raise NotFound("There is no such disposition.")
    row = await session.get(QueueDeskRow, queue_id)
    made = row is None
    if row is None:
        row = QueueDeskRow(queue_id=queue_id, business_id=business_id)
        session.add(row)
    row.forced, row.branches, row.offer_messages = desk.forced, list(desk.branches), desk.offer_messages
    row.message_head_start_seconds, row.task_head_start_seconds = desk.message_head_start_seconds, desk.task_head_start_seconds
    await session.flush()
    return made


def queues_that_show(tree: Tree, desks: Mapping[str, QueueDesk], queue_ids: Sequence[str]) -> dict[str, list[str]]:
    """Disposition (id) -> the queues that show it, none named where all do; those that no queue shows are left out."""
    shown = {queue_id: {one.id for one in tree.shown(desks.get(queue_id, USUAL).branches)} for queue_id in queue_ids}
    found = {}
    for one in tree.all:
        queues = [queue_id for queue_id in queue_ids if one in shown[queue_id]]
        if queues or not queue_ids:
            found[one] = [] if len(queues) == len(queue_ids) else queues
    return found


def queue_desk(row: QueueDeskRow) -> QueueDesk:
    """What the row says."""
    return QueueDesk(
        forced=row.forced,
        branches=tuple(row.branches),
        offer_messages=row.offer_messages,
        message_head_start_seconds=row.message_head_start_seconds,
        task_head_start_seconds=row.task_head_start_seconds,
    )


def _disposition(row: DispositionRow) -> Disposition:
    return Disposition(
        id=row.id,
        code=row.code,
        name=dict(row.name),
        parent_id=row.parent_id,
        position=row.position,
        active=row.active,
        note_required=row.note_required,
        follow_up_required=row.follow_up_required,
        date_required=row.date_required,
    )
