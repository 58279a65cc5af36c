"""The product: Asterisk, the voice process, PostgreSQL with the real journal and NATS, started as the supervisor starts them.

The web process and the edge have no part in a call and are left out. The flow enters the queue at once; nothing is recorded.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager

from bench.queue_run.registration import Login, register_all
from bench.queue_run.scenarios import SERVICE_NUMBER
from bench.queue_run.side import TRUNK_ADDRESS, Ground, Side

from huying.admin.model import BusinessRow, PersonRow
from huying.channels.model import ENTRY_NUMBER, EntryPointRow
from huying.channels.voice.client import VoiceClient
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, QueueNode
from huying.flows.service import create_flow, publish, save_version
from huying.flows.spoken import lines_of
from huying.foundation.bus.nats import NatsBus
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.ids import new_id
from huying.foundation.settings import Settings
from huying.foundation.vault import Vault
from huying.processes.children import House
from huying.processes.installation import Choices, open_installation
from huying.processes.program import free_port, running
from huying.processes.runtime import Runtime
from huying.routing.model import AgentRow, GroupMemberRow, QueueGroupRow, QueueRow, WorkGroupRow
from huying.telephony.accounts import account_of, put_trunk
from huying.telephony.model import KIND_PHONE
from huying.telephony.port import Trunk

PREPARE_SECONDS = 120
QUEUE = "bench"


Fill = Callable[[Settings, Ground], Awaitable[None]]
"""Puts a business into the fresh database."""


@contextmanager
def huying_side(ground: Ground, runtime: Runtime) -> Iterator[Side]:
    """The product with one queue, ready for calls, its agents registered and ready, for the length of the block."""
    with house_with(ground, runtime, _fill) as (side, _):
        yield side


@contextmanager
def house_with(ground: Ground, runtime: Runtime, fill: Fill) -> Iterator[tuple[Side, Settings]]:
    """The product with this business, every agent's telephone registered and ready. Binds the phones' port for a moment."""
    choices = Choices(sip_port=free_port(), rtp_ports=ground.sound_ports(0))
    house = House(open_installation(ground.folder / "huying", demo=False, choices=choices), runtime)
    children = {child.rule.name: child for child in house.children()}
    pids: dict[str, int] = {}
    with ExitStack() as stack:
        for name in ("postgres", "nats", "asterisk", "prepare", "voice"):
            children[name].prepare()
            program = children[name].program()
            if name == "prepare":
                subprocess.run(program.argv, cwd=program.cwd, env=dict(program.env), check=True, timeout=PREPARE_SECONDS)
                asyncio.run(_filled(fill, house.settings(), ground))
            else:
                pids[name] = stack.enter_context(running(program, ground.folder / f"{name}.log", 60)).pid
        asyncio.run(_staff(house.settings(), ground))
        yield Side("huying", house.settings().sip_port, pids.pop("asterisk"), pids), house.settings()


async def _filled(fill: Fill, settings: Settings, ground: Ground) -> None:
    await fill(settings, ground)


async def _fill(settings: Settings, ground: Ground) -> None:
    """A business with a queue, a flow that enters it at once, a number, a trunk and agents with telephones."""
    database, vault, now = Database(settings.database_url), Vault(settings.master_key), utc_now()
    business_id, queue_id = new_id(), new_id()
    try:
        async with database.system() as session:
            session.add(BusinessRow(id=business_id, code="bench", name="Bench"))
        async with database.business(business_id, timeout_seconds=60) as session:
            quiet = {"after_call_seconds": 0, "announcements": {"every_seconds": 0}, "record": False}
            named = {"id": queue_id, "business_id": business_id, "code": QUEUE, "name": {"zh-CN": "测", "en": "Bench"}}
            session.add_all([QueueRow(**named, **quiet), WorkGroupRow(**named)])
            await session.flush()
            session.add(QueueGroupRow(queue_id=queue_id, group_id=queue_id, business_id=business_id))
            flow_id = await create_flow(session, business_id, "bench", {"zh-CN": "测", "en": "Bench"})
            queue = QueueNode(id="queue", queue=QUEUE, announce_place=False, announce_wait=False, exits={"otherwise": "sorry"})
            sorry = GoodbyeNode(id="sorry", prompt=lines_of("system.goodbye"))
            await publish(session, flow_id, await save_version(session, flow_id, Flow.build(flow_id, 1, queue, sorry).to_json(), now), now)
            entry = {"kind": ENTRY_NUMBER, "address": SERVICE_NUMBER, "name": {"zh-CN": "测", "en": "Bench"}, "flow_id": flow_id}
            session.add(EntryPointRow(business_id=business_id, **entry))
            await put_trunk(session, vault, business_id, Trunk("bench", (TRUNK_ADDRESS,)))
            people = [
                PersonRow(id=new_id(), business_id=business_id, login=f"a{n}", name=f"A{n}", roles=["agent"])
                for n in range(len(ground.agents))
            ]
            session.add_all(people)
            await session.flush()
            for number, person in enumerate(people):
                session.add(AgentRow(person_id=person.id, business_id=business_id, extension=str(1000 + number)))
            await session.flush()
            for person in people:
                session.add(GroupMemberRow(person_id=person.id, group_id=queue_id, business_id=business_id))
                await account_of(session, vault, business_id, person.id, KIND_PHONE, now)
    finally:
        await database.close()


async def _staff(settings: Settings, ground: Ground) -> None:
    """Register every telephone and let every agent be ready."""
    from huying.channels.voice.database_directory import DatabaseDirectory

    database, bus = Database(settings.database_url), NatsBus(settings.nats_url, "bench")
    await bus.start()
    try:
        configuration = await DatabaseDirectory(database, Vault(settings.master_key)).load()
        logins = [Login(account.name, account.secret) for account in configuration.accounts]
        await asyncio.to_thread(register_all, logins, settings.sip_port, ground.phones_port)
        voice = VoiceClient(bus)
        business_id = next(iter(configuration.routing.queues.values())).business_id
        for account, person_id in configuration.account_owners.items():
            await voice.sign_in(business_id, person_id, account)
            await voice.set_status(business_id, person_id, "ready")
    finally:
        await bus.close()
        await database.close()
