"""Flows in the database: versions are added, never changed; only a sound one is published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huying.admin.calendar.model import ScheduleRow
from huying.flows import service
from huying.flows.graph import FlowInvalid
from huying.flows.sample_flow import SAMPLE_QUEUES, SAMPLE_SCHEDULES, sample_flow
from huying.foundation.database import Database
from huying.foundation.errors import Conflict
from huying.foundation.ids import new_id
from huying.routing.model import QueueRow

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


async def make(database: Database, business: str, queues: tuple[str, ...] = SAMPLE_QUEUES) -> str:
    async with database.business(business) as session:
        session.add_all(ScheduleRow(business_id=business, code=code, name={}) for code in SAMPLE_SCHEDULES if queues)
        session.add_all(QueueRow(business_id=business, code=code, name={"zh-CN": code, "en": code}) for code in queues)
        return await service.create_flow(session, business, "service-line", {"zh-CN": "服务热线", "en": "Service line"})


async def test_a_published_flow_comes_back_as_it_was(database: Database) -> None:
    business = new_id()
    flow_id = await make(database, business)
    async with database.business(business) as session:
        version = await service.save_version(session, flow_id, sample_flow().to_json(), NOW)
        assert await service.load_published(session) == {}
        await service.publish(session, flow_id, version, NOW)
    async with database.business(business) as session:
        assert await service.load_published(session) == {flow_id: sample_flow(flow_id, 1)}
        [summary] = await service.list_flows(session)
        assert (summary.code, summary.newest, summary.published, summary.published_at) == ("service-line", 1, 1, NOW)
    async with database.business(new_id()) as session:
        assert await service.load_published(session) == {}
        assert await service.list_flows(session) == []


async def test_the_version_published_last_counts_and_old_ones_stay(database: Database) -> None:
    business = new_id()
    flow_id = await make(database, business)
    async with database.business(business) as session:
        for number in (1, 2):
            assert await service.save_version(session, flow_id, sample_flow().to_json(), NOW) == number
            await service.publish(session, flow_id, number, NOW + timedelta(minutes=number))
        assert (await service.load_published(session))[flow_id].version == 2
        await service.publish(session, flow_id, 1, NOW + timedelta(minutes=3))
        assert (await service.load_published(session))[flow_id].version == 1
        assert (await service.load_version(session, flow_id, 2)).version == 2
        with pytest.raises(service.FlowNotFound):
            await service.load_version(session, flow_id, 3)


async def test_a_faulty_flow_is_kept_but_not_published(database: Database) -> None:
    business = new_id()
    flow_id = await make(database, business, queues=("repair", "product"))
    async with database.business(business) as session:
        version = await service.save_version(session, flow_id, sample_flow().to_json(), NOW)
        with pytest.raises(FlowInvalid, match="there is no queue 'complaints'") as caught:
            await service.publish(session, flow_id, version, NOW)
        assert [problem["code"] for problem in caught.value.details["problems"]] == ["unknown-queue", "unknown-queue"]
        with pytest.raises(FlowInvalid, match="kind 'magic'"):
            await service.save_version(session, flow_id, {"start": "a", "nodes": [{"id": "a", "kind": "magic"}]}, NOW)


async def test_codes_are_unique_in_a_business(database: Database) -> None:
    business = new_id()
    await make(database, business, queues=())
    with pytest.raises(Conflict):
        await make(database, business, queues=())
    await make(database, new_id(), queues=())
