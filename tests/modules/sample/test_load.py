"""The sample business: complete, loaded once, and refused outside the demo."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from huying.admin.passwords import Passwords
from huying.channels.service import load_entry_points
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.service import find_by_number
from huying.flows.service import load_published
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.errors import Forbidden
from huying.foundation.vault import Vault
from huying.routing.service import load_routing
from huying.sample.customers import HOW_MANY, sample_number
from huying.sample.load import load_sample
from huying.telephony.accounts import load_accounts, load_trunks

NOW = utc_now()
VAULT = Vault(bytes(32))
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


async def test_complete_and_loaded_once(database: Database) -> None:
    sample = await load_sample(database, PASSWORDS, VAULT, NOW, demo=True)
    assert await load_sample(database, PASSWORDS, VAULT, NOW, demo=True) == sample
    async with database.system() as session:
        routing = await load_routing(session)
        assert [queue.code for queue in routing.queues.values()] == ["repair", "product", "complaints", "general"]
        assert [agent.extension for agent in routing.agents.values()] == [*(str(8001 + number) for number in range(12)), "8020"]
        assert sum(agent.simulated for agent in routing.agents.values()) == 8
        first = next(iter(routing.agents.values()))
        assert first.name == "李晓雯"
        assert list(first.queues) == list(routing.queues)
        assert all(len(queue.rules.requirements.lines) > 1 for queue in routing.queues.values() if queue.code != "general")
        assert not any(queue.problems for queue in routing.queues.values())
        assert {entry.kind: entry.address for entry in await load_entry_points(session)} == {"number": "4008005678", "web": "service"}
        assert list(await load_published(session)) == [(await load_entry_points(session))[0].flow_id]
        assert len(await load_accounts(session, VAULT)) == 13 * 2 + 8
        assert [trunk.addresses for trunk in await load_trunks(session, VAULT)] == [("127.0.0.1",)]
        assert await session.scalar(select(func.count()).select_from(CustomerRow)) == HOW_MANY
    async with database.business(sample.business_id) as session:
        assert await find_by_number(session, sample_number(7), NOW) is not None


async def test_refused_outside_the_demo(database: Database) -> None:
    with pytest.raises(Forbidden):
        await load_sample(database, PASSWORDS, VAULT, NOW, demo=False)
