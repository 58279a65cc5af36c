"""Random valid journals: some hours of a small centre, for tests of whatever folds the journal.

Not a model of routing: agents are picked at random. What holds is that each stream is numbered without a gap, that an
agent has at most one contact at a time, and that everything that began ends, except what goes on when the journal stops.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from huying.channels.dispositions.events import DispositionGivenLate, DispositionNotGiven
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.events import (
    AgentLost,
    AgentRejoined,
    CallRecordingEnded,
    CallRecordingPaused,
    CallRecordingStarted,
    HoldEnded,
    HoldStarted,
    MuteChanged,
    SegmentEnded,
    SegmentStarted,
)
from huying.flows.events import FlowChoiceMade, FlowNodeEntered, FlowStarted, LanguageChosen
from huying.foundation.journal.entry import STREAM_ACT, STREAM_AGENT, STREAM_CONTACT, Entry, Event
from huying.routing.events import (
    AgentDeviceChanged,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateChanged,
    AgentStatusChosen,
    OfferEnded,
    OfferMade,
    QueueEntered,
    QueueEntryEnded,
)

START = datetime(2026, 3, 9, 15, 40, tzinfo=UTC)
BUSINESS = "00000000-0000-7000-8000-000000000001"
WAITING_ENDINGS = (
    "abandoned", "short_abandoned", "overflowed", "self_served", "called_back", "voicemail", "forwarded", "ended", "not_reached", "lost",
)  # fmt: skip


def identifier(kind: int, number: int) -> str:
    """A fixed id in the form of a UUID."""
    return f"{kind:08x}-0000-7000-8000-{number:012x}"


@dataclass
class _Agent:
    agent_id: str
    signed_in: bool = False
    status: str = ""
    free: bool = True
    wants_out: bool = False


@dataclass
class Centre:
    """A random centre; `run` gives its journal in the order of time."""

    random: Random
    contacts: int = 30
    queues: int = 3
    agents: int = 4
    mean_gap_seconds: float = 40.0
    stop_after: int | None = None
    """Stop after so many entries, wherever everything stands."""
    business_id: str = BUSINESS
    start: datetime = START
    seed: int = 1

    now: datetime = field(init=False)
    journal: list[Entry] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.now = self.start
        self._numbers: dict[tuple[str, str], int] = {}
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._closed = False
        self._ids = itertools.count(1)
        self.queue_ids = [identifier(0x0A000000 + self.seed, number + 1) for number in range(self.queues)]
        self._agents = [_Agent(identifier(0x0B000000 + self.seed, number + 1)) for number in range(self.agents)]

    @property
    def agent_ids(self) -> list[str]:
        return [agent.agent_id for agent in self._agents]

    def run(self) -> list[Entry]:
        for agent in self._agents:
            self._after(self.random.uniform(0, 30), lambda agent=agent: self._sign_in(agent))
        at = 0.0
        for _ in range(self.contacts):
            at += self.random.expovariate(1 / self.mean_gap_seconds)
            self._after(at, lambda: _Contact(self).enter())
        self._after(at + 3600, self._close)
        while self._due and (self.stop_after is None or len(self.journal) < self.stop_after):
            self.now, _, act = heapq.heappop(self._due)
            act()
        return self.journal[: self.stop_after]

    # --- for contacts ------------------------------------------------------------------------------------------------

    def write(self, stream: str, stream_id: str, event: Event) -> None:
        number = self._numbers.get((stream, stream_id), 0) + 1
        self._numbers[stream, stream_id] = number
        self.journal.append(Entry(self.business_id, stream, stream_id, number, self.now, event))

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        self._after(seconds, act)

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now + timedelta(seconds=round(seconds, 3)), next(self._order), act))

    def new_id(self) -> str:
        return identifier(0x0C000000 + self.seed, next(self._ids))

    def take_agent(self) -> _Agent | None:
        free = [agent for agent in self._agents if agent.signed_in and agent.free and agent.status == "ready"]
        if not free:
            return None
        agent = self.random.choice(free)
        agent.free = False
        return agent

    def agent_state(self, agent: _Agent, state: str, contact_id: str = "", queue_id: str = "", ends_at: str = "") -> None:
        self.write(STREAM_AGENT, agent.agent_id, AgentStateChanged(state, contact_id, queue_id, ends_at))

    def free_agent(self, agent: _Agent) -> None:
        self.agent_state(agent, "idle")
        agent.free = True
        if agent.wants_out and agent.signed_in:
            self._sign_out(agent)

    # --- agents ----------------------------------------------------------------------------------------------------------

    def _sign_in(self, agent: _Agent) -> None:
        if self._closed:
            return
        agent.signed_in, agent.status, agent.wants_out = True, "ready", False
        self.write(STREAM_AGENT, agent.agent_id, AgentSignedIn("browser", "ready", list(self.queue_ids)))
        self.write(STREAM_AGENT, agent.agent_id, AgentDeviceChanged(True))
        self._after(self.random.uniform(100, 900), lambda: self._change(agent))

    def _change(self, agent: _Agent) -> None:
        if not agent.signed_in or self._closed:
            return
        what = self.random.random()
        if what < 0.6:
            agent.status = "break" if agent.status == "ready" else "ready"
            self.write(STREAM_AGENT, agent.agent_id, AgentStatusChosen(agent.status, "meal" if agent.status == "break" else ""))
        elif what < 0.7:
            agent.wants_out = True
            if agent.free:
                self._sign_out(agent)
                return
        self._after(self.random.uniform(60, 600), lambda: self._change(agent))

    def _sign_out(self, agent: _Agent) -> None:
        agent.signed_in, agent.status, agent.wants_out = False, "", False
        self.write(STREAM_AGENT, agent.agent_id, AgentSignedOut())
        self._after(self.random.uniform(5, 400), lambda: self._sign_in(agent))

    def _close(self) -> None:
        self._closed = True
        for agent in self._agents:
            agent.wants_out = True
            if agent.signed_in and agent.free:
                self._sign_out(agent)


class _Contact:
    def __init__(self, centre: Centre) -> None:
        self.centre, self.random, self.id = centre, centre.random, centre.new_id()
        self.began = centre.now
        self.entry_id = self.queue_id = ""
        self.over = False

    def write(self, event: Event) -> None:
        self.centre.write(STREAM_CONTACT, self.id, event)

    def enter(self) -> None:
        self.write(ContactEntered(self.random.choice(("phone", "web_call")), "inbound", "4008001234", "", "zh-CN", self.centre.new_id()))
        self.write(FlowStarted("flow", 1))
        self.write(FlowNodeEntered("menu", "menu"))
        if self.random.random() < 0.1:
            self.centre.after(self.random.uniform(0, 20), lambda: self.end("customer_hung_up"))
            return
        self.write(FlowChoiceMade("menu", "1"))
        if self.random.random() < 0.3:
            self.write(LanguageChosen("en"))
        self.centre.after(self.random.uniform(1, 15), lambda: self.queue("first", ""))

    def queue(self, origin: str, previous: str) -> None:
        self.entry_id, self.queue_id = self.centre.new_id(), self.random.choice(self.centre.queue_ids)
        self.queued = self.centre.now
        self.write(QueueEntered(self.entry_id, self.queue_id, origin, previous))
        if self.random.random() < 0.05:
            self.leave("refused")
            self.end("refused")
            return
        patience, entry_id = self.random.expovariate(1 / 90), self.entry_id
        self.centre.after(patience, lambda: self.give_up(entry_id))
        self.seek()

    def leave(self, ending: str, agent_id: str = "") -> None:
        waited = (self.centre.now - self.queued).total_seconds()
        self.write(QueueEntryEnded(self.entry_id, self.queue_id, ending, waited, agent_id))
        self.entry_id = ""

    def give_up(self, entry_id: str) -> None:
        if self.entry_id != entry_id or self.over:
            return
        self.withdraw()
        waited = (self.centre.now - self.queued).total_seconds()
        ending = self.random.choice(WAITING_ENDINGS)
        if ending in ("abandoned", "short_abandoned"):
            ending = "abandoned" if waited > 5 else "short_abandoned"
        self.leave(ending)
        if ending == "overflowed":
            self.queue("overflow", entry_id)
        elif ending == "called_back":
            self.queue("callback", entry_id)
        else:
            self.end("customer_hung_up" if ending.endswith("abandoned") else "flow_ended")

    offer: tuple[str, _Agent] | None = None

    def withdraw(self) -> None:
        if self.offer is not None:
            self.end_offer("withdrawn")

    def end_offer(self, result: str) -> _Agent:
        assert self.offer is not None
        (offer_id, agent), self.offer = self.offer, None
        self.write(OfferEnded(offer_id, self.entry_id, self.queue_id, agent.agent_id, result))
        if result != "accepted":
            self.centre.free_agent(agent)
        return agent

    def seek(self) -> None:
        if self.over or not self.entry_id or self.offer is not None:
            return
        agent, entry_id = self.centre.take_agent(), self.entry_id
        if agent is None:
            self.centre.after(self.random.uniform(1, 20), lambda: self.seek() if self.entry_id == entry_id else None)
            return
        offer_id, expires = self.centre.new_id(), self.centre.now + timedelta(seconds=15)
        self.offer = (offer_id, agent)
        explanation = {"rule": "longest_idle", "passed_over": {"break": 1}, "nearest": []}
        self.write(OfferMade(offer_id, entry_id, self.queue_id, agent.agent_id, self.centre.new_id(), expires.isoformat(), explanation))
        self.centre.agent_state(agent, "ringing", self.id, self.queue_id)
        result = self.random.choices(("accepted", "refused", "timed_out", "unreachable"), (8, 1, 1, 1))[0]
        self.centre.after(15 if result == "timed_out" else self.random.uniform(0, 14), lambda: self.answer(offer_id, result))

    def answer(self, offer_id: str, result: str) -> None:
        if self.offer is None or self.offer[0] != offer_id:
            return
        agent = self.end_offer(result)
        if result != "accepted":
            self.seek()
            return
        entry_id = self.entry_id
        self.leave("answered", agent.agent_id)
        self.talk(agent, entry_id)

    def talk(self, agent: _Agent, entry_id: str) -> None:
        segment_id, recording_id = self.centre.new_id(), self.centre.new_id()
        began, queue_id = self.centre.now, self.queue_id
        self.write(SegmentStarted(segment_id, agent.agent_id, entry_id, queue_id, self.centre.new_id(), self.centre.new_id()))
        self.write(CallRecordingStarted(recording_id, segment_id, 1))
        self.centre.agent_state(agent, "talking", self.id, queue_id)
        length = self.random.uniform(2, 300)
        held = 0.0
        if self.random.random() < 0.3:
            held = round(length * 0.2, 3)
            self.centre.after(length * 0.3, lambda: self.hold(agent, segment_id, queue_id, True))
            self.centre.after(round(length * 0.3, 3) + held, lambda: self.hold(agent, segment_id, queue_id, False))
        elif self.random.random() < 0.2:
            self.centre.after(length * 0.2, lambda: self.write(MuteChanged(segment_id, True)))
            self.centre.after(length * 0.25, lambda: self.write(CallRecordingPaused(recording_id, True)))
            self.centre.after(length * 0.35, lambda: self.write(CallRecordingPaused(recording_id, False)))
            self.centre.after(length * 0.4, lambda: self.write(MuteChanged(segment_id, False)))
        elif self.random.random() < 0.2:
            self.centre.after(length * 0.4, lambda: self.write(AgentLost(segment_id, "network")))
            self.centre.after(length * 0.5, lambda: self.write(AgentRejoined(segment_id, self.centre.new_id())))
        by = self.random.choices(("customer", "agent", "lost", "engine_lost"), (5, 4, 1, 1))[0]

        def finish() -> None:
            talked = (self.centre.now - began).total_seconds() - held
            if by == "lost":
                self.write(AgentLost(segment_id, "page"))
            self.write(SegmentEnded(segment_id, agent.agent_id, by, round(talked, 3), held))
            self.after_call(agent, queue_id)
            self.centre.after(2, lambda: self.write(CallRecordingEnded(recording_id, talked, 0.0)))
            if by == "lost":
                self.queue("recovery", entry_id)
            elif by == "agent" and self.random.random() < 0.3:
                self.queue("transfer", entry_id)
            else:
                self.end({"customer": "customer_hung_up", "agent": "agent_hung_up"}.get(by, by))

        self.centre.after(length, finish)

    def hold(self, agent: _Agent, segment_id: str, queue_id: str, on: bool) -> None:
        self.write(HoldStarted(segment_id) if on else HoldEnded(segment_id))
        self.centre.agent_state(agent, "holding" if on else "talking", self.id, queue_id)

    def after_call(self, agent: _Agent, queue_id: str) -> None:
        seconds = self.random.uniform(0, 30)
        ends = self.centre.now + timedelta(seconds=seconds)
        self.centre.agent_state(agent, "after_call", self.id, queue_id, ends.isoformat())
        self.centre.after(seconds, lambda: self.centre.free_agent(agent))

    def end(self, cause: str) -> None:
        if not self.over:
            self.over = True
            self.write(ContactEnded(cause, (self.centre.now - self.began).total_seconds()))


def acts_about_closing(journal: list[Entry], random: Random) -> list[Entry]:
    """Some contacts that were answered and are over were left without a disposition; some of those got one late, some again not."""
    found: list[Entry] = []
    answered: dict[str, tuple[str, str]] = {}
    for entry in journal:
        if isinstance(entry.event, QueueEntryEnded) and entry.event.ending == "answered":
            answered[entry.stream_id] = entry.event.agent_id, entry.event.queue_id
        if not isinstance(entry.event, ContactEnded) or entry.stream_id not in answered:
            continue
        for number in range(1, random.choice((0, 1, 2, 3)) + 1):
            left = DispositionNotGiven(entry.stream_id, *answered[entry.stream_id])
            event = left if number % 2 else DispositionGivenLate(entry.stream_id, left.agent_id)
            found.append(Entry(entry.business_id, STREAM_ACT, entry.stream_id, number, entry.at + timedelta(seconds=30 * number), event))
    return found
