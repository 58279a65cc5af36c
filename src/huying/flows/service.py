"""What one can do with flows: make one, save a version, publish it, load what is published. The caller's transaction commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.model import ScheduleRow
from huying.flows.graph import Flow, FlowInvalid
from huying.flows.model import FlowRow, FlowVersionRow
from huying.flows.prompts.catalogue import prompt_keys
from huying.flows.validation import Problem, problems_of
from huying.foundation.errors import Conflict, NotFound
from huying.routing.model import QueueRow, SkillRow


class FlowNotFound(NotFound):
    """There is no such flow or version."""

    code = "flow-not-found"


@dataclass(frozen=True, slots=True)
class FlowSummary:
    """A flow in a list. `published` is the version new contacts take (0: none), `newest` the last one saved."""

    flow_id: str
    code: str
    name: Mapping[str, str]
    newest: int
    published: int
    published_at: datetime | None


async def create_flow(session: AsyncSession, business_id: str, code: str, name: Mapping[str, str], internal_number: str = "") -> str:
    """Make an empty flow and return its id. Raises Conflict when the business has the code already."""
    if await session.scalar(select(FlowRow.id).where(FlowRow.business_id == business_id, FlowRow.code == code)):
        raise Conflict(f"there is a flow {code!r} already: choose another code", code=code)
    row = FlowRow(business_id=business_id, code=code, name=dict(name), internal_number=internal_number or None)
    session.add(row)
    await session.flush()
    return row.id


async def save_version(session: AsyncSession, flow_id: str, graph: Mapping[str, Any], now: datetime, by: str | None = None) -> int:
    """Keep the graph as a new version and return its number; faults are allowed until it is published.

    Raises FlowInvalid when the graph cannot even be read, FlowNotFound.
    """
    flow = await session.get(FlowRow, flow_id, with_for_update=True)
    if flow is None:
        raise FlowNotFound(f"there is no flow {flow_id}")
    newest = await session.scalar(select(func.max(FlowVersionRow.version)).where(FlowVersionRow.flow_id == flow_id))
    version = (newest or 0) + 1
    stored = Flow.of(flow_id, version, graph).to_json()
    row = FlowVersionRow(flow_id=flow_id, business_id=flow.business_id, version=version, graph=stored, saved_at=now, saved_by=by)
    session.add(row)
    await session.flush()
    return version


async def problems_in(session: AsyncSession, flow: Flow) -> list[Problem]:
    """The flow's faults, seen with the queues, schedules, skills and prompts that are there."""
    queues = await session.scalars(
        select(QueueRow.code).join(FlowRow, FlowRow.business_id == QueueRow.business_id).where(FlowRow.id == flow.id, QueueRow.active)
    )
    schedules = await session.scalars(
        select(ScheduleRow.code).join(FlowRow, FlowRow.business_id == ScheduleRow.business_id).where(FlowRow.id == flow.id)
    )
    skills = await session.scalars(
        select(SkillRow.code).join(FlowRow, FlowRow.business_id == SkillRow.business_id).where(FlowRow.id == flow.id, SkillRow.active)
    )
    return problems_of(flow, queues=set(queues), prompts=prompt_keys(), schedules=set(schedules), skills=set(skills))


async def publish(session: AsyncSession, flow_id: str, version: int, now: datetime) -> None:
    """New contacts take this version from now on; an older one may be published again. Raises FlowInvalid with its problems."""
    row = await _version(session, flow_id, version)
    problems = await problems_in(session, Flow.of(flow_id, version, row.graph))
    if problems:
        raise FlowInvalid(
            f"the flow has {len(problems)} fault(s), the first: {problems[0].message}", problems=[asdict(problem) for problem in problems]
        )
    row.published_at = now
    await session.flush()


async def load_version(session: AsyncSession, flow_id: str, version: int) -> Flow:
    """One version, published or not: a contact goes on in the version it began with. Raises FlowNotFound."""
    return Flow.of(flow_id, version, (await _version(session, flow_id, version)).graph)


async def load_current(session: AsyncSession, flow_id: str) -> Flow:
    """The version published last. Raises FlowNotFound, also when none was published yet."""
    statement = (
        select(FlowVersionRow.version)
        .where(FlowVersionRow.flow_id == flow_id, FlowVersionRow.published_at.is_not(None))
        .order_by(FlowVersionRow.published_at.desc(), FlowVersionRow.version.desc())
        .limit(1)
    )
    version = await session.scalar(statement)
    if version is None:
        raise FlowNotFound("this flow does not exist, or no version of it has been published")
    return await load_version(session, flow_id, version)


async def load_published(session: AsyncSession) -> dict[str, Flow]:
    """The published flows that the session may see, by flow id: one business's, or every one's in a system session."""
    statement = (
        select(FlowVersionRow)
        .where(FlowVersionRow.published_at.is_not(None))
        .ext(distinct_on(FlowVersionRow.flow_id))
        .order_by(FlowVersionRow.flow_id, FlowVersionRow.published_at.desc(), FlowVersionRow.version.desc())
    )
    return {row.flow_id: Flow.of(row.flow_id, row.version, row.graph) for row in await session.scalars(statement)}


async def flow_owners(session: AsyncSession) -> dict[str, str]:
    """The business of each flow that the session may see, by flow id."""
    return dict((await session.execute(select(FlowRow.id, FlowRow.business_id))).all())


async def flow_numbers(session: AsyncSession) -> list[tuple[str, str, str]]:
    """Business, flow and internal number of the flows that have one and that the session may see."""
    rows = await session.execute(select(FlowRow.business_id, FlowRow.id, FlowRow.internal_number))
    return [(business_id, flow_id, number) for business_id, flow_id, number in rows if number]


async def list_flows(session: AsyncSession) -> list[FlowSummary]:
    """The flows that the session may see, by code."""
    versions: dict[str, list[FlowVersionRow]] = {}
    for version in await session.scalars(select(FlowVersionRow).order_by(FlowVersionRow.version)):
        versions.setdefault(version.flow_id, []).append(version)
    rows = await session.scalars(select(FlowRow).order_by(FlowRow.code))
    return [_summary(row, versions.get(row.id, [])) for row in rows]


async def _version(session: AsyncSession, flow_id: str, version: int) -> FlowVersionRow:
    row = await session.get(FlowVersionRow, (flow_id, version))
    if row is None:
        raise FlowNotFound(f"flow {flow_id} has no version {version}")
    return row


def _summary(row: FlowRow, versions: list[FlowVersionRow]) -> FlowSummary:
    moments = [(version.published_at, version.version) for version in versions if version.published_at]
    published_at, published = max(moments, default=(None, 0))
    return FlowSummary(row.id, row.code, row.name, versions[-1].version if versions else 0, published, published_at)
