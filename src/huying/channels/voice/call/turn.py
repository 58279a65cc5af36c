"""One step of a call: the state while it changes and what is to be done, in order. Nothing outlives the step but the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.channels.callback.settings import USUAL, CallbackSettings
from huying.channels.dialling.plan import DialSettings, Inner
from huying.channels.reach.duty import Roster
from huying.channels.reach.reach import NOBODY_THERE, Look
from huying.channels.voice.call.callback_words import BeginCallback, Returning
from huying.channels.voice.call.folding import after
from huying.channels.voice.call.limit import NO_LIMIT, Limit
from huying.channels.voice.call.placing import Placer
from huying.channels.voice.call.state import CallState
from huying.channels.voice.call.words import CallCommand, Record
from huying.flows.graph import Flow
from huying.foundation.journal.entry import Event
from huying.routing.router.work import Opening, QueueRules


@dataclass(frozen=True, slots=True)
class Tables:
    """What a call looks up: new ids, and the queues of its business by code and by id."""

    new_id: Callable[[], str]
    queue_by_code: Mapping[str, QueueRules]
    queue_by_id: Mapping[str, QueueRules]
    trunk: str = ""
    """The trunk that numbers outside are reached by; empty for none."""
    unrecorded: frozenset[str] = frozenset()
    """Queues whose conversations are not to be recorded."""
    schedules: Mapping[str, Opening] = field(default_factory=dict)
    """Business hours by the schedule's code."""
    language_need: Callable[[str, str], Mapping[str, int]] = lambda _queue_id, _language: {}
    """What a queue (id) asks of agents for a contact of this language: skill (id) -> least level."""
    skills: Mapping[str, str] = field(default_factory=dict)
    """Code -> id of the business's skills."""
    rejoin_seconds: int = 15
    """How long a customer whose agent was lost hears music before he is queued again."""
    park_seconds: int = 180
    """How long a parked customer waits for somebody before he is back with whoever parked him."""
    home_queue: Callable[[str], str] = lambda _agent_id: ""
    """The queue (id) that takes a call which comes back to this agent and belongs to no queue; empty for none."""
    talk_limit: Callable[[str], Limit] = lambda _agent_id: NO_LIMIT
    """How long this agent's conversations may last."""
    callbacks: CallbackSettings = USUAL
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """By whose clocks the business lives."""
    dialling: DialSettings = field(default_factory=DialSettings)
    inner: Callable[[str], Inner | None] = lambda _number: None
    """Whom an internal number means; None for one outside."""
    flow: Callable[[str], Flow | None] = lambda _flow_id: None
    """The published flow of the business that has this id."""
    extensions: Mapping[str, str] = field(default_factory=dict)
    """extension -> agent (id)"""
    look: Look = lambda _agent_id: NOBODY_THERE
    """A person's settings for calls to himself, and how he is at this moment."""
    rosters: Mapping[str, Roster] = field(default_factory=dict)
    """Duty telephones by code."""
    sent: Callable[[str], str] = lambda _number: ""
    """What goes over the trunk for a number; empty for one that cannot be dialled."""
    diverted: Callable[[str, str], str] = lambda _agent_id, _number: ""
    """What goes over the trunk for a number that this agent passes calls on to; empty where he may not dial it."""
    dialled: str = field(default="", repr=False)
    """Of a call that an agent began: what goes over the trunk."""
    shown: str = ""
    """Of such a call: what the called party sees."""
    shown_for: Callable[[str], str] = lambda _queue_id: ""
    """What people see who are called for this queue (id), or for none."""
    line_number: str = ""
    """What customers see who are called back."""
    own_number: str = field(default="", repr=False)
    """The number this customer can be called back at, in E.164; empty when he must give one."""
    returning: Mapping[str, Returning] = field(default_factory=dict)
    """Queue (id) -> the callback for which this customer waits there already."""


class Turn:
    """Gathers commands; `record` changes the state by the same fold that a restart uses, and `place` puts everybody where it says."""

    def __init__(self, state: CallState, tables: Tables, now: datetime, placer: Placer) -> None:
        self._placer = placer
        self.state = state
        self.tables = tables
        self.now = now
        self.commands: list[CallCommand] = []

    def do(self, command: CallCommand) -> None:
        """One more command."""
        self.commands.append(command)

    def place(self) -> None:
        """Let everybody be joined, and hear, what the state says by now."""
        self._placer.move(self.state, self.do, self.tables.new_id)

    def commit_together(self, start: int) -> None:
        """Of the commands from `start` on: one durable record of all their events first, so that no death parts them; then the rest."""
        tail = self.commands[start:]
        events = tuple(event for command in tail if isinstance(command, Record) for event in command.events)
        self.commands[start:] = [Record(events, True), *(command for command in tail if not isinstance(command, Record))]

    def record(self, *events: Event, durable: bool = False) -> None:
        """Journal events and let them change the state."""
        self.commands.append(Record(events, durable))
        for event in events:
            self.state = after(self.state, event, self.now)

    def begin_callback(self, contact_id: str, first: tuple[Event, ...], *events: Event) -> None:
        """Journal the call's own events together with the first ones of a callback's stream."""
        self.commands.append(BeginCallback(events, contact_id, first))
        for event in events:
            self.state = after(self.state, event, self.now)
