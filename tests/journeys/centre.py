"""A whole centre in virtual time: the voice process on the simulated engine, with the journal and the bus in memory."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from huying.channels.desk_work.book import WorkBook
from huying.channels.service import EntryPoint, NewInteraction
from huying.channels.voice.call import words as w
from huying.channels.voice.client import VoiceClient
from huying.channels.voice.directory import CallerFacts, Configuration, Wish
from huying.channels.voice.process import VoiceProcess
from huying.flows.effects import Item, Say
from huying.flows.graph import Flow
from huying.flows.sample_flow import sample_flow
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.memory import MemoryJournal
from huying.foundation.journal.port import Cursor, StreamConflict
from huying.routing.configuration import AgentSettings, QueueSettings, RoutingSettings
from huying.routing.hooks.asking import QueueHooks
from huying.routing.router.requirements import Requirements
from huying.routing.router.work import AgentProfile, Announcements, QueueRules
from huying.telephony import port
from huying.telephony.simulator import Caller, Phone, SimulatedEngine
from huying.telephony.virtual_time import virtual_clock
from journeys.adding_up import assert_adds_up

BUSINESS = "0198f000-0000-7000-8000-000000000001"
NUMBER = "4008005678"
QUEUES = ("repair", "product", "complaints")
_START = Cursor()


class MemoryWriter:
    """Writes to a journal in memory: commits at once, records a little later, loses what is pending when it is killed."""

    def __init__(self, journal: MemoryJournal) -> None:
        self.journal = journal
        self.process: VoiceProcess | None = None
        self.killed = False
        self._pending: list[Entry] = []
        self._due: asyncio.TimerHandle | None = None

    async def commit(self, entries: Sequence[Entry]) -> None:
        """Soon, with all that was recorded before; others go on meanwhile, as with a real database."""
        await asyncio.sleep(0.003)
        await self._flush(entries)
        self._tell(entries)

    def record(self, entries: Sequence[Entry]) -> None:
        """Within 100 ms."""
        self._pending += entries
        self._tell(entries)
        if self._due is None and not self.killed:
            self._due = asyncio.get_running_loop().call_later(0.1, lambda: asyncio.ensure_future(self._flush(())))

    async def _flush(self, more: Sequence[Entry]) -> None:
        self._due = None
        if not self.killed:
            batch, self._pending = [*self._pending, *more], []
            await self.journal.append(batch)

    def _tell(self, entries: Sequence[Entry]) -> None:
        if self.process and not self.killed:
            self.process.published(entries)


def queue(code: str, more: Mapping[str, Any]) -> QueueSettings:
    """A queue that a group of its own id serves; `more` are fields of its rules."""
    more = dict(more)
    heard = Announcements(every_seconds=more.pop("announce_seconds", 30))
    asked = Requirements(frozenset({code}))
    rules = QueueRules(code, BUSINESS, code, requirements=asked, announcements=heard, **{"after_call_seconds": 15, **more})
    return QueueSettings(rules, {}, groups=(code,))


class MemoryDirectory:
    """A configuration that a test writes by hand."""

    def __init__(self, agents: Sequence[str], flow: Flow, queue_settings: dict[str, Any]) -> None:
        self.flow_version = flow
        self.interactions: dict[str, NewInteraction] = {}
        self.parties: dict[str, str] = {}
        self.customers: dict[str, tuple[str, str]] = {}
        self.do_not_call: set[str] = set()
        self.waiting_wishes: list[Wish] = []
        self.mailbox: dict[str, tuple[int, int]] = {}
        """Person -> new and old messages."""
        self.ended_wishes: dict[str, tuple[str, str]] = {}
        self.facts: dict[str, CallerFacts] = {}
        """By customer or number."""
        queues = {code: queue(code, queue_settings) for code in QUEUES}
        groups = dict.fromkeys(QUEUES, 1)
        settings = {agent: AgentSettings(AgentProfile(agent, BUSINESS, groups), agent, agent, QUEUES, ("zh",)) for agent in agents}
        entry = EntryPoint("e1", BUSINESS, "number", NUMBER, {}, flow.id, "zh-CN")
        web = EntryPoint("e2", BUSINESS, "web", "service", {}, flow.id, "zh-CN")
        self.configuration = Configuration(
            routing=RoutingSettings(queues, settings),
            entries={("number", NUMBER): entry, ("web", "service"): web},
            flows={flow.id: flow},
            accounts=[port.PhoneAccount(f"phone-{agent}", "secret", "browser") for agent in agents],
            trunks=[port.Trunk("line", ["127.0.0.1"])],
            trunk_owners={"line": BUSINESS},
            account_owners={f"phone-{agent}": agent for agent in agents},
        )

    async def load(self) -> Configuration:
        """See Directory."""
        return self.configuration

    async def flow(self, _flow_id: str, _version: int) -> Flow | None:
        """See Directory."""
        return self.flow_version

    async def customer_of(self, _business_id: str, number: str) -> tuple[str, str]:
        """See Directory."""
        return self.customers.get(number, ("", ""))

    async def customer_numbered(self, _business_id: str, customer_number: str) -> tuple[str, str]:
        """See Directory."""
        return self.customers.get(customer_number, ("", ""))

    async def say_whose(self, _business_id: str, contact_id: str, customer_id: str) -> None:
        """See Directory."""
        self.interactions[contact_id] = replace(self.interactions[contact_id], customer_id=customer_id)

    async def caller_facts(
        self, _business_id: str, customer_id: str, number: str, _since: datetime | None, _requests_since: datetime | None
    ) -> CallerFacts:
        """See Directory."""
        return self.facts.get(customer_id) or self.facts.get(number) or CallerFacts()

    async def may_not_be_called(self, _business_id: str, number: str) -> bool:
        """See Directory."""
        return number in self.do_not_call

    async def mailboxes(self) -> dict[str, tuple[int, int]]:
        """See Directory."""
        return dict(self.mailbox)

    async def wishes(self) -> Sequence[Wish]:
        """See Directory."""
        return list(self.waiting_wishes)

    async def end_wish(self, wish: Wish, state: str, contact_id: str = "") -> bool:
        """See Directory."""
        if wish not in self.waiting_wishes:
            return False
        self.waiting_wishes.remove(wish)
        self.ended_wishes[wish.wish_id] = (state, contact_id)
        return True

    async def keep_interaction(self, interaction: NewInteraction) -> None:
        """See Directory."""
        self.interactions[interaction.contact_id] = interaction

    async def keep_party(self, _business_id: str, _contact_id: str, party_id: str, number: str) -> None:
        """See Directory."""
        self.parties[party_id] = number

    async def forget_interaction(self, _business_id: str, contact_id: str) -> None:
        """See Directory."""
        self.interactions.pop(contact_id, None)

    async def numbers_of(self, contact_ids: Sequence[str]) -> Mapping[str, str]:
        """See Directory."""
        return {one: self.interactions[one].remote_number for one in contact_ids if one in self.interactions}


class Keeper:
    """Keeps recordings by counting them."""

    def __init__(self) -> None:
        self.kept: dict[str, port.RecordingEnded] = {}

    async def keep(self, ended: port.RecordingEnded, _business_id: str, _contact_id: str) -> w.RecordingKept:
        """See RecordingKeeper."""
        self.kept[ended.recording_id] = ended
        return w.RecordingKept(ended.recording_id, ended.near_seconds, 0.0)


def speak(items: tuple[Item, ...]) -> list[port.Media]:
    """Every item takes a second."""
    return [port.Silence(1000) for _ in items]


class Centre:
    """The house of a journey. Use as an asynchronous context."""

    def __init__(self, agents: int = 2, flow: Flow | None = None, hooks: QueueHooks | None = None, **queue_settings: Any) -> None:
        self.book: WorkBook | None = None
        self.agents = [f"agent{number}" for number in range(agents)]
        self.engine = SimulatedEngine()
        self.journal = MemoryJournal()
        self.bus = MemoryBus()
        self.directory = MemoryDirectory(self.agents, flow or sample_flow(), queue_settings)
        self.keeper = Keeper()
        self.client = VoiceClient(self.bus)
        self.hooks = hooks
        self.heard: list[str] = []
        """Every prompt that was played to anybody."""
        self._ids = itertools.count(1)
        self.writer: MemoryWriter
        self.process: VoiceProcess
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Centre:
        await self.start()
        return self

    async def __aexit__(self, error: object, *_: object) -> None:
        await self.stop()
        await self.bus.close()
        if error is None:
            found, _cursor = await self.journal.follow(_START, 10_000_000)
            assert_adds_up(found)

    async def start(self) -> None:
        """Start the voice process (again)."""
        self.writer = MemoryWriter(self.journal)
        self.process = VoiceProcess(
            self.engine,
            self.journal,
            self.writer,
            self.bus,
            self.directory,
            self.keeper,
            self._speak,
            virtual_clock,
            self._new_id,
            hooks=self.hooks,
            book=self.book,
        )
        self.writer.process = self.process
        self._task = asyncio.create_task(self.process.run())
        await self.process.ready.wait()
        await asyncio.sleep(0.01)

    def _speak(self, items: tuple[Item, ...]) -> list[port.Media]:
        self.heard += [item.key for item in items if isinstance(item, Say)]
        return speak(items)

    async def stop(self) -> None:
        """Stop it in order."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError, StreamConflict):
            await self._task
        await asyncio.sleep(0.2)

    async def kill(self) -> None:
        """It dies: what was not committed is lost, the engine goes on."""
        self.writer.killed = True
        await self.stop()
        self.engine.reader_died()

    def change_queue(self, code: str, **rules: Any) -> None:
        """Other rules for one queue; what the rules do not have (language_level, last_agent_days, ...) is the queue's own."""
        routing = self.directory.configuration.routing
        queue = routing.queues[code]
        known = {name: rules.pop(name) for name in list(rules) if name not in QueueRules.__dataclass_fields__}
        changed = replace(queue, rules=replace(queue.rules, **rules), **known)
        self.reconfigure(routing=replace(routing, queues={**routing.queues, code: changed}))

    def reconfigure(self, **fields: Any) -> None:
        """Another configuration, from the next reading on."""
        self.directory.configuration = replace(self.directory.configuration, **fields)

    def _new_id(self) -> str:
        return f"{next(self._ids):08d}"

    async def ready(self, agent: str, phone: Phone | None = None) -> None:
        """An agent signs in and is ready."""
        self.engine.register_phone(f"phone-{agent}", phone or Phone())
        await self.client.sign_in(BUSINESS, agent, f"phone-{agent}")
        await self.client.set_status(BUSINESS, agent, "ready")

    def call(self, keys: str = "1", **behaviour: Any) -> str:
        """A customer calls; returns the leg."""
        return self.engine.place_call(Caller(**{"number_called": NUMBER, "remote_number": "13800000000", "keys": keys, **behaviour}))

    async def entries(self, stream: str = STREAM_CONTACT) -> list[Entry]:
        """All that has been journalled, of one kind of stream."""
        await asyncio.sleep(0.2)
        found, _ = await self.journal.follow(_START, 1_000_000)
        return [entry for entry in found if entry.stream == stream]

    async def kinds(self, contact_id: str = "") -> list[str]:
        """The kinds of the contacts' entries in order, of one contact or of all."""
        return [entry.kind for entry in await self.entries() if not contact_id or entry.stream_id == contact_id]

    async def endings(self) -> Counter[str]:
        """How many queue entries ended how."""
        return Counter(entry.event.data()["ending"] for entry in await self.entries() if entry.kind == "QueueEntryEnded")

    async def until(self, true: Callable[[], bool], seconds: float = 120.0) -> None:
        """Let time pass until it is true. Fails when it never is."""
        for _ in range(int(seconds * 10)):
            if true():
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"not true within {seconds} s")

    def state_of(self, agent: str) -> str:
        """The agent's observed state."""
        presence = self.process.routing.router.presence(agent)
        return presence.state.value if presence else ""

    def line(self) -> list[str]:
        """What waits, in order."""
        router = self.process.routing.router
        return sorted(router.item_ids(), key=router.place)
