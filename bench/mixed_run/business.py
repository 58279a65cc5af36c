"""The business of `bench mixed`: two queues with an overflow between them, VIPs, last agents, and callbacks."""

from __future__ import annotations

from dataclasses import dataclass

from bench.queue_run.scenarios import SERVICE_NUMBER
from bench.queue_run.side import TRUNK_ADDRESS, Ground
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import BusinessRow, PersonRow
from huying.channels.model import ENTRY_NUMBER, ENTRY_WEB, EntryPointRow
from huying.crm.callers.model import CallerRuleRow
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, QueueNode
from huying.flows.service import create_flow, publish, save_version
from huying.flows.spoken import lines_of
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.ids import new_id
from huying.foundation.settings import Settings
from huying.foundation.vault import Vault
from huying.routing.model import AgentRow, GroupMemberRow, QueueGroupRow, QueueRow, WorkGroupRow
from huying.telephony.accounts import account_of, put_trunk
from huying.telephony.model import KIND_PHONE
from huying.telephony.port import Trunk

SMALL_NUMBER = "4006000001"
FEW = 8
"""Agents of the small group: too few for its calls, so that they overflow."""
OVERFLOW_SECONDS = 5
VIP_PREFIX = "+8613902"


@dataclass(frozen=True, slots=True)
class Mixed:
    """The ids that the run needs afterwards."""

    business_id: str
    main_queue: str
    small_queue: str


class MixedBusiness:
    """Fills the database; `found` holds the ids afterwards."""

    def __init__(self, customers_port: int) -> None:
        self.found = Mixed(new_id(), new_id(), new_id())
        self._customers_port = customers_port

    async def fill(self, settings: Settings, ground: Ground) -> None:
        """The business with its queues, agents, numbers, trunk and rules for callers."""
        database, vault, ids = Database(settings.database_url), Vault(settings.master_key), self.found
        try:
            async with database.system() as session:
                session.add(BusinessRow(id=ids.business_id, code="bench", name="Bench"))
            async with database.business(ids.business_id, timeout_seconds=60) as session:
                await self._queues(session)
                await self._entries(session, vault)
                await self._agents(session, vault, len(ground.agents))
                vip = {"matches": "prefix", "value": VIP_PREFIX, "effect": "vip", "rank": 1, "head_start_seconds": 600}
                session.add(CallerRuleRow(business_id=ids.business_id, created_at=utc_now(), **vip))
        finally:
            await database.close()

    async def _queues(self, session: AsyncSession) -> None:
        ids = self.found
        common = {"business_id": ids.business_id, "name": {"zh-CN": "测", "en": "Bench"}}
        quiet = {"after_call_seconds": 3, "announcements": {"every_seconds": 10, "place": True, "estimate": True}, "record": False}
        last = {"last_agent_days": 7, "last_agent_wait_seconds": 4}
        small = {"requirements": f"after {OVERFLOW_SECONDS} s overflow to queue main"}
        session.add_all(
            [
                QueueRow(id=ids.main_queue, code="main", **common, **quiet, **last),
                QueueRow(id=ids.small_queue, code="small", **common, **quiet, **small),
                WorkGroupRow(id=ids.main_queue, code="main", **common),
                WorkGroupRow(id=ids.small_queue, code="small", **common),
            ]
        )
        await session.flush()
        for queue_id in (ids.main_queue, ids.small_queue):
            session.add(QueueGroupRow(queue_id=queue_id, group_id=queue_id, business_id=ids.business_id))

    async def _entries(self, session: AsyncSession, vault: Vault) -> None:
        business_id, now = self.found.business_id, utc_now()
        for code, number in (("main", SERVICE_NUMBER), ("small", SMALL_NUMBER)):
            name = {"zh-CN": "测", "en": code}
            flow_id = await create_flow(session, business_id, code, name)
            sorry = GoodbyeNode(id="sorry", prompt=lines_of("system.goodbye"))
            graph = Flow.build(flow_id, 1, QueueNode(id="queue", queue=code, exits={"otherwise": "sorry"}), sorry).to_json()
            await publish(session, flow_id, await save_version(session, flow_id, graph, now), now)
            entry = {"business_id": business_id, "name": name, "flow_id": flow_id}
            session.add(EntryPointRow(kind=ENTRY_NUMBER, address=number, **entry))
            session.add(EntryPointRow(kind=ENTRY_WEB, address=code, **entry))
        await put_trunk(session, vault, business_id, Trunk("bench", (TRUNK_ADDRESS,), port=self._customers_port))

    async def _agents(self, session: AsyncSession, vault: Vault, agents: int) -> None:
        ids = self.found
        people = [PersonRow(id=new_id(), business_id=ids.business_id, login=f"a{n}", name=f"A{n}", roles=["agent"]) for n in range(agents)]
        session.add_all(people)
        await session.flush()
        session.add_all(
            AgentRow(person_id=person.id, business_id=ids.business_id, extension=str(1000 + number)) for number, person in enumerate(people)
        )
        await session.flush()
        for number, person in enumerate(people):
            group_id = ids.small_queue if number < FEW else ids.main_queue
            session.add(GroupMemberRow(person_id=person.id, group_id=group_id, business_id=ids.business_id))
            await account_of(session, vault, ids.business_id, person.id, KIND_PHONE, utc_now())
