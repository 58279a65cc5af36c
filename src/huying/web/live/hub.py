"""The watched tables of every business, made from the live state when somebody watches and kept a while for those who come back.

Decides which rows a topic holds and wakes its watchers; knows nothing of sockets. Runs in the event loop's thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from huying.foundation.errors import Forbidden, NotFound
from huying.foundation.ids import new_id
from huying.web.live.presence_rows import presence_rows
from huying.web.live.topic import Row, Rows, Topic

ME = "me"
QUEUES = "queues"
AGENTS = "agents"
CALLS = "calls"
PRESENCE = "presence"
SEES_ALL = "live.view"
"""Whoever has this permission sees every colleague's presence."""
NO_GROUPS = "-"
SILENT = "listen"
"""How a lead hears a call whom nobody in it is to notice."""
SCHEDULED = "scheduled"
"""State of a callback whose time has not come: no call that goes on."""


class LiveSource(Protocol):
    """The live state of every business, as rows by id. The returned tables are not changed by whoever reads them."""

    def agents(self, business_id: str) -> Rows:
        """Agent rows by agent id."""

    def colleagues(self, business_id: str) -> Rows:
        """What colleagues may see of agents, by agent id."""

    def presence_of_groups(self, business_id: str) -> bool:
        """Whether agents see the presence of their own groups alone."""

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


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One person's rows of a topic that is read from the database."""

    business_id: str
    topic: str
    person_id: str


@dataclass(slots=True, eq=False)
class WatchedTopic:
    """A topic in memory with the wake-up calls of those who watch it."""

    topic: Topic
    business_id: str
    name: str
    whose: str
    """Of a person's own topics the person; of presence the groups that are shown, empty for all."""
    watchers: set[Callable[[], None]] = field(default_factory=set)
    left_at: float = 0.0
    ready: bool = True
    """Whether its rows are there; a topic of the database's has none before it was read."""


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
        personal: frozenset[str] = frozenset(),
        connected: Callable[[str], Collection[str]] = lambda _business: (),
    ) -> None:
        """`needed`: the permission of each topic; the pauses: least times between two readings of a business's `me` or tables.

        `personal`: topics whose rows are put from outside, each person's own. `connected`: a business's people whose browsers are there.
        """
        self._personal, self._connected = personal, connected
        self.person_came: Callable[[PersonKey], None] = lambda _key: None
        """Is told when somebody begins to watch rows of his that are put from outside."""
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
        key = (viewer.business_id, name, self._whose(viewer, name))
        watched = self._topics.get(key)
        if watched is None:
            watched = self._topics[key] = WatchedTopic(Topic(new_id()), *key, ready=name not in self._personal)
        if name in self._personal:
            self.person_came(PersonKey(*key))
        else:
            self._renew(watched, self._rows(watched))
        watched.watchers.add(wake)
        return watched

    def belongs(self, viewer: Viewer, watched: WatchedTopic) -> bool:
        """Whether the topic still shows what this viewer is to see."""
        return watched.whose == self._whose(viewer, watched.name)

    def put(self, key: PersonKey, rows: Rows) -> None:
        """These are the person's rows now."""
        watched = self._topics.get((key.business_id, key.topic, key.person_id))
        if watched is None:
            return
        first, watched.ready = not watched.ready, True
        if watched.topic.become(rows) is not None or first:
            for wake in list(watched.watchers):
                wake()

    def people_watching(self, business_id: str = "", topic: str = "") -> list[PersonKey]:
        """Whose rows from outside are watched or kept, of this business and topic or of all."""
        keys = [PersonKey(*key) for key, item in self._topics.items() if item.name in self._personal]
        return [key for key in keys if business_id in ("", key.business_id) and topic in ("", key.topic)]

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
            if watched.name not in self._personal:
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
            contacts = self._source.contacts(watched.business_id)
            return {key: row for key, row in contacts.items() if row.get("state") != SCHEDULED}
        if watched.name == PRESENCE:
            agents = self._source.colleagues(watched.business_id)
            shown = _in_groups(agents, watched.whose)
            return presence_rows(shown, {one for one in self._connected(watched.business_id) if one in shown or one not in agents})
        if mine is None:
            mine = _by_agent(self._source.contacts(watched.business_id))
        rows: dict[str, Row] = dict(mine.get(watched.whose, {}))
        agent = self._source.agents(watched.business_id).get(watched.whose)
        if agent is not None:
            rows["agent"] = agent
            contacts = self._source.contacts(watched.business_id)
            rows |= {f"contact:{one}": as_seen(contacts[one], watched.whose) for one in in_hand(agent) if one in contacts}
        return rows

    def _whose(self, viewer: Viewer, name: str) -> str:
        if name == ME or name in self._personal:
            return viewer.person_id
        if name != PRESENCE or SEES_ALL in viewer.permissions or not self._source.presence_of_groups(viewer.business_id):
            return ""
        groups = self._source.agents(viewer.business_id).get(viewer.person_id, {}).get("groups")
        return ",".join(sorted(map(str, groups))) if isinstance(groups, list) and groups else NO_GROUPS

    def _forget(self, now: float) -> None:
        stale = [key for key, item in self._topics.items() if not item.watchers and item.left_at + self._keep < now]
        for key in stale:
            del self._topics[key]


def _in_groups(colleagues: Rows, groups: str) -> Rows:
    """The colleagues of these groups; of all where there are none to choose by."""
    if not groups:
        return colleagues
    wanted = set(groups.split(","))
    return {key: row for key, row in colleagues.items() if isinstance(of := row.get("groups"), list) and wanted.intersection(of)}


def _by_agent(contacts: Rows) -> dict[str, dict[str, Row]]:
    """The contacts that are held by or offered to each agent, as rows of that agent's own topic."""
    mine: dict[str, dict[str, Row]] = {}
    for contact_id, row in contacts.items():
        for agent_id in agents_of(row):
            mine.setdefault(agent_id, {})[f"contact:{contact_id}"] = as_seen(row, agent_id)
    return mine


def as_seen(row: Row, agent_id: str) -> Row:
    """A contact as this agent sees it: without those who only listen to it, but for himself."""
    monitors = row.get("monitors")
    if not isinstance(monitors, list) or not monitors:
        return row
    return {**row, "monitors": [one for one in monitors if one["mode"] != SILENT or one["agent_id"] == agent_id]}


def in_hand(agent: Row) -> list[str]:
    """The contacts (ids) that an agent is occupied with, also those he has handed on and writes about still."""
    works = agent.get("works")
    found = [work.get("contact_id") for work in works if isinstance(work, Mapping)] if isinstance(works, Sequence) else []
    return [contact_id for contact_id in found if isinstance(contact_id, str)]


def agents_of(row: Row) -> frozenset[str]:
    """The agents whom a contact concerns now: who holds it, who is asked, at whom it rings, and who hears it."""
    found = set()
    if isinstance(agent_id := row.get("agent_id"), str) and agent_id:
        found.add(agent_id)
    people = row.get("people")
    if isinstance(people, Sequence):
        found.update(one for one in people if isinstance(one, str))
    offer = row.get("offer")
    if isinstance(offer, Mapping) and isinstance(offered := offer.get("agent_id"), str):
        found.add(offered)
    offers = row.get("offers")
    for one in offers if isinstance(offers, list) else ():
        found.add(str(one["agent_id"]))
    monitors = row.get("monitors")
    for one in monitors if isinstance(monitors, list) else ():
        found.add(str(one["agent_id"]))
    return frozenset(found)
