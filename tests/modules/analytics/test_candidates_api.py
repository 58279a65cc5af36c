"""Everybody at the moment of an offer, through HTTP: the decision that was journalled, also after the configuration was changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import httpx
import pytest
from fastapi import FastAPI
from random_routing import START, RandomRouting
from sqlalchemy import insert

from huying.admin import guard
from huying.admin.changes.service import Step, keep
from huying.admin.changes.thing import things
from huying.admin.model import BusinessRow, PersonRow
from huying.admin.permissions import permissions_of
from huying.analytics.candidates_api import router
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.database import Database
from huying.foundation.http import Caller, Ground
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry, Event
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.events import OfferMade, QueueEntered
from huying.routing.model import AgentRow, AgentSkillRow, GroupMemberRow, QueueGroupRow, QueueRow, SkillRow, WorkGroupRow
from huying.routing.router.work import MakeOffer
from huying.routing.service import load_routing
from huying.web.errors import mount_errors

NOT_COUNTED = {"", "left_group", "not_wanted", "other_group", "ranked_lower"}


@dataclass
class Replaying:
    """A business whose router works at random while its agents and queues are changed; what it does goes into the journal."""

    database: Database
    client: httpx.AsyncClient
    random: Random
    business_id: str = field(default_factory=new_id)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    offers: list[tuple[str, OfferMade]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    queues: list[str] = field(default_factory=list)
    taken: int = 0

    async def furnish(self) -> None:
        pick, of = self.random, {"business_id": self.business_id}
        self.groups, self.skills, self.agents, self.queues = ([new_id() for _ in range(n)] for n in (3, 2, 5, 2))
        async with self.database.system() as session:
            await session.execute(
                insert(BusinessRow).values(id=self.business_id, code="acme", name="Acme", time_zone="Asia/Shanghai", languages=["en"])
            )
            for n, key in enumerate(self.groups):
                session.add(WorkGroupRow(**of, id=key, code=f"g{n}", name={"en": f"Group {n}"}))
            for n, key in enumerate(self.skills):
                session.add(SkillRow(**of, id=key, code=f"s{n}", name={"en": f"Skill {n}"}))
            for n, key in enumerate(self.agents):
                session.add(PersonRow(**of, id=key, login=f"agent{n}", name=f"Agent {n}", roles=["agent"]))
                session.add(AgentRow(**of, person_id=key, extension=str(8000 + n)))
            for n, key in enumerate(self.queues):
                strategy = ("longest_idle", "highest_level")[n]
                session.add(QueueRow(**of, id=key, code=f"q{n}", name={"en": f"Queue {n}"}, strategy=strategy, after_call_seconds=5))
            await session.flush()
            for key in self.agents:
                session.add_all(GroupMemberRow(**of, person_id=key, group_id=g, level=pick.randint(1, 10)) for g in self.groups[:2])
                session.add(AgentSkillRow(**of, person_id=key, skill_id=self.skills[0], level=pick.randint(1, 10)))
            session.add_all(QueueGroupRow(**of, queue_id=q, group_id=g) for q, g in zip(self.queues, self.groups, strict=False))

    async def change(self, now: datetime) -> None:
        """An administrator changes an agent, a queue or a group."""
        what, thing_id = self.random.choice([("agent", self.random.choice(self.agents)), ("queue", self.queues[0])])
        if self.random.random() < 0.3:
            what, thing_id = "work_group", self.groups[1]
        async with self.database.business(self.business_id) as session:
            thing = things()[what]
            before = await thing.read(session, thing_id)
            assert before is not None
            await thing.write(session, self.business_id, thing_id, {**before, **self._drawn(what, bool(before["active"]))})
            after = await thing.read(session, thing_id)
            await keep(session, self.business_id, self.agents[0], now, [Step(what, thing_id, "changed", before, after)])

    def _drawn(self, what: str, active: bool) -> dict[str, object]:
        pick = self.random
        if what == "work_group":
            return {"active": not active}
        if what == "queue":
            strategies = ("longest_idle", "fewest_contacts", "least_talk")
            return {"strategy": pick.choice(strategies), "idle_from": pick.choice(("handled", "offered"))}
        groups = {group: pick.randint(1, 10) for group in pick.sample(self.groups, pick.randint(1, 3))}
        return {"groups": groups, "skills": {self.skills[0]: pick.randint(1, 10)}}

    async def work(self, rounds: int, steps: int) -> None:
        centre = RandomRouting(self.random, self.agents, new_id, self._made)
        self.centre = centre
        for _ in range(rounds):
            await self.configure()
            for _ in range(steps):
                centre.step()
            centre.now += timedelta(seconds=1)
            await self.change(centre.now)
        self._take()
        await PostgresJournal(self.database).append(self.entries)

    async def configure(self) -> None:
        async with self.database.business(self.business_id) as session:
            routing = await load_routing(session)
        self.centre.configure(
            {key: queue.rules for key, queue in routing.queues.items()}, {key: agent.profile for key, agent in routing.agents.items()}
        )

    def _made(self, made: MakeOffer, now: datetime) -> None:
        self._take()
        offer, item = made.offer, made.offer.item
        event = OfferMade(offer.offer_id, item.item_id, item.queue_id, offer.agent_id, "", "", dict(made.explanation))
        later = now + timedelta(milliseconds=3)
        if (STREAM_CONTACT, item.contact_id) not in self.numbers:
            self._write(STREAM_CONTACT, item.contact_id, QueueEntered(item.item_id, item.queue_id, "first", channel=item.channel), later)
        self._write(STREAM_CONTACT, item.contact_id, event, later)
        self.offers.append((item.contact_id, event))

    def _take(self) -> None:
        """What the router has recorded since goes into the journal, in its order."""
        for agent_id, event, at in self.centre.journal[self.taken :]:
            self._write(STREAM_AGENT, agent_id, event, at)
        self.taken = len(self.centre.journal)

    def _write(self, stream: str, stream_id: str, event: Event, at: datetime) -> None:
        number = self.numbers[stream, stream_id] = self.numbers.get((stream, stream_id), 0) + 1
        self.entries.append(Entry(self.business_id, stream, stream_id, number, at, event))


@pytest.fixture
async def replaying(database: Database) -> AsyncIterator[Replaying]:
    app = FastAPI()
    app.state.ground = Ground(database, MemoryBus(), lambda: START + timedelta(days=1))
    app.include_router(router)
    mount_errors(app)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://huying.test") as client:
        found = Replaying(database, client, Random(5))
        caller = Caller(found.business_id, new_id(), new_id(), ("lead",), permissions_of(["lead"]), "en")
        app.dependency_overrides[guard.find_caller] = lambda: caller
        await found.furnish()
        yield found


async def test_every_offer_can_be_worked_out_again(replaying: Replaying) -> None:
    await replaying.work(rounds=14, steps=25)
    assert len(replaying.offers) > 40
    changed = set()
    for contact_id, made in replaying.offers:
        answer = await replaying.client.get(f"/api/contacts/{contact_id}/offers/{made.offer_id}/candidates")
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["agrees"], (made, told)
        assert told["total"] == len(replaying.agents)
        assert told["items"][0]["name"].startswith("Agent ")
        counts: dict[str, int] = {}
        for one in told["items"]:
            if one["why_not"] not in NOT_COUNTED:
                counts[one["why_not"]] = counts.get(one["why_not"], 0) + 1
        assert counts == {why: count for why, count in made.explanation["passed_over"].items() if why != "ranked_lower"}
        changed.add(told["changed_since"])
    assert len(changed) > 5


async def test_an_unknown_offer_is_not_found(replaying: Replaying) -> None:
    await replaying.work(rounds=1, steps=60)
    contact_id = replaying.offers[0][0]
    assert (await replaying.client.get(f"/api/contacts/{contact_id}/offers/{new_id()}/candidates")).status_code == 404
    assert (await replaying.client.get(f"/api/contacts/{new_id()}/offers/{new_id()}/candidates")).status_code == 404
