"""Queues and agents as the wings above read them. Writes nothing; changes come with the administration of queues."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.routing.configuration import AgentSettings, QueueSettings, RoutingSettings
from huying.routing.model import AgentQueueRow, AgentRow, BreakReasonRow, QueueRow


async def load_routing(session: AsyncSession) -> RoutingSettings:
    """All active queues and agents that the session may see: one business's, or every one's in a system session."""
    queue_rows = await session.scalars(select(QueueRow).where(QueueRow.active).order_by(QueueRow.position, QueueRow.code))
    queues = {row.id: queue_settings(row) for row in queue_rows}
    served: dict[str, set[str]] = {}
    for link in await session.scalars(select(AgentQueueRow)):
        served.setdefault(link.person_id, set()).add(link.queue_id)
    statement = (
        select(AgentRow, PersonRow.name).join(PersonRow, PersonRow.id == AgentRow.person_id).where(AgentRow.active, PersonRow.active)
    )
    agents = {
        row.person_id: AgentSettings(
            agent_id=row.person_id,
            business_id=row.business_id,
            name=name,
            extension=row.extension,
            languages=tuple(row.languages),
            queues=tuple(queue_id for queue_id in queues if queue_id in served.get(row.person_id, ())),
            auto_answer=row.auto_answer,
            simulated=row.simulated,
        )
        for row, name in (await session.execute(statement.order_by(AgentRow.extension)))
    }
    return RoutingSettings(queues, agents)


def queue_settings(row: QueueRow) -> QueueSettings:
    """A queue's row as plain values."""
    return QueueSettings(
        queue_id=row.id,
        business_id=row.business_id,
        code=row.code,
        name=dict(row.name),
        strategy=row.strategy,
        offer_seconds=row.offer_seconds,
        after_call_seconds=row.after_call_seconds,
        short_abandon_seconds=row.short_abandon_seconds,
        service_level_seconds=row.service_level_seconds,
        announce_seconds=row.announce_seconds,
        record=row.record,
        position=row.position,
    )


async def is_agent(session: AsyncSession, person_id: str) -> bool:
    """Whether the person takes contacts."""
    return await session.scalar(select(AgentRow.active).where(AgentRow.person_id == person_id)) is True


async def break_reasons(session: AsyncSession) -> list[BreakReasonRow]:
    """The active reasons for a break, in their order."""
    statement = select(BreakReasonRow).where(BreakReasonRow.active).order_by(BreakReasonRow.position, BreakReasonRow.code)
    return list(await session.scalars(statement))
