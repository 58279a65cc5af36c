"""The watched tables of every business, made from the live state when somebody watches and kept a while for those who come back.

Decides which rows a topic holds and wakes its watchers; knows nothing of sockets. Runs in the event loop's thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from huying.foundation.errors import Forbidden, NotFound
from huying.foundation.ids import new_id
from huying.web.live.topic import Row, Rows, Topic

ME = "me"
QUEUES = "queues"
AGENTS = "agents"
CALLS = "calls"


class LiveSource(Protocol):
    """The live state of every business, as rows by id. The returned tables are not changed by whoever reads them."""

    def agents(self, business_id: str) -> Rows:
        """Agent rows by agent id."""

    def contacts(self, business_id: str) -> Rows:
        """Rows of the contacts that are in the centre now, by contact id."""

    def queues(self, business_id: str) -> Rows:
        """Queue rows by queue id."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who watches: a person of a business with the permissions of this moment."""

    business_id: str
    person_id: str
    permissions: frozenset[str]


@dataclass(slots=True, eq=False)
class WatchedTopic:
    """A topic in memory with the wake-up calls of those who watch it."""

    topic: Topic
    business_id: str
    name: str
    person_id: str
    watchers: set[Callable[[], None]] = field(default_factory=set)
    left_at: float = 0.0


class LiveHub:
    """Keeps the topics that are watched in step with the live state. Watchers are woken; they read the topic themselves."""

    def __init__(
        self,
        source: LiveSource,
        needed: Mapping[str, str],
        *,
        pause_seconds: float = 0.03,
        table_pause_seconds: float = 0.2,
        keep_seconds: float = 60.0,
    ) -> None:
        """`needed`: the permission of each topic; the pauses: least times between two readings of a business's `me` or tables."""
        self._source = source
        self._needed = needed
        self._pauses = {True: pause_seconds, False: table_pause_seconds}
        self._keep = keep_seconds
        self._topics: dict[tuple[str, str, str], WatchedTopic] = {}
        self._scheduled: dict[tuple[str, bool], asyncio.TimerHandle] = {}
        self._read_at: dict[tuple[str, bool], float] = {}

    def open(self, viewer: Viewer, name: str, wake: Callable[[], None]) -> WatchedTopic:
        """Watch a topic from now on. Raises NotFound for an unknown name, Forbidden without its permission."""
        needed = self._needed.get(name)
        if needed is None:
            raise NotFound(f"There is no topic {name[:40]!r}.")
        if needed not in viewer.permissions:
            raise Forbidden(f"You have no permission to watch {name}.", permission=needed)
        key = (viewer.business_id, name, viewer.person_id if name == ME else "")
        watched = self._topics.get(key)
        if watched is None:
            watched = self._topics[key] = WatchedTopic(Topic(new_id()), *key)
        self._renew(watched, self._rows(watched))
        watched.watchers.add(wake)
        return watched

    def close(self, watched: WatchedTopic, wake: Callable[[], None]) -> None:
        """Watch no more; the topic is forgotten when nobody comes back to it for a while."""
        watched.watchers.discard(wake)
        watched.left_at = asyncio.get_running_loop().time()
        self._forget(watched.left_at)

    def touched(self, business_id: str) -> None:
        """The live state of the business has changed: read it soon, at once when it was quiet; people's own topics first."""
        loop = asyncio.get_running_loop()
        for mine, pause in self._pauses.items():
            key = (business_id, mine)
            if key not in self._scheduled:
                due = max(loop.time(), self._read_at.get(key, 0.0) + pause)
                self._scheduled[key] = loop.call_at(due, self._read, business_id, mine)

    def stop(self) -> None:
        """Read no more."""
        for handle in self._scheduled.values():
            handle.cancel()
        self._scheduled.clear()

    def _read(self, business_id: str, mine: bool) -> None:
        """Renew people's own topics (`mine`) or the tables of all."""
        self._scheduled.pop((business_id, mine), None)
        self._read_at[(business_id, mine)] = asyncio.get_running_loop().time()
        contacts = _by_agent(self._source.contacts(business_id)) if mine else {}
        for watched in [item for item in self._topics.values() if item.business_id == business_id and (item.name == ME) == mine]:
            self._renew(watched, self._rows(watched, contacts))

    def _renew(self, watched: WatchedTopic, rows: Rows) -> None:
        if watched.topic.become(rows) is not None:
            for wake in list(watched.watchers):
                wake()

    def _rows(self, watched: WatchedTopic, mine: Mapping[str, Rows] | None = None) -> Rows:
        if watched.name == QUEUES:
            return self._source.queues(watched.business_id)
        if watched.name == AGENTS:
            return self._source.agents(watched.business_id)
        if watched.name == CALLS:
            return self._source.contacts(watched.business_id)
        if mine is None:
            mine = _by_agent(self._source.contacts(watched.business_id))
        rows: dict[str, Row] = dict(mine.get(watched.person_id, {}))
        agent = self._source.agents(watched.business_id).get(watched.person_id)
        if agent is not None:
            rows["agent"] = agent
        return rows

    def _forget(self, now: float) -> None:
        stale = [key for key, item in self._topics.items() if not item.watchers and item.left_at + self._keep < now]
        for key in stale:
            del self._topics[key]


def _by_agent(contacts: Rows) -> dict[str, dict[str, Row]]:
    """The contacts that are held by or offered to each agent, as rows of that agent's own topic."""
    mine: dict[str, dict[str, Row]] = {}
    for contact_id, row in contacts.items():
        for agent_id in agents_of(row):
            mine.setdefault(agent_id, {})[f"contact:{contact_id}"] = row
    return mine


def agents_of(row: Row) -> frozenset[str]:
    """The agents whom a contact concerns now: who holds it, and at whom it rings."""
    found = set()
    if isinstance(agent_id := row.get("agent_id"), str) and agent_id:
        found.add(agent_id)
    offer = row.get("offer")
    if isinstance(offer, Mapping) and isinstance(offered := offer.get("agent_id"), str):
        found.add(offered)
    return frozenset(found)
