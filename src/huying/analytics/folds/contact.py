"""Fold of one contact's entries: its facts, and the row the live view shows.

Never raises on what it is given: a repeated number is passed over, a gap is reported, and an event that does not fit the
present state changes nothing but `ignored`. When the contact ends, whatever is still open is closed as derived: a
waiting entry as `lost`, a ringing offer as `withdrawn`, so that everything has exactly one ending.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from huying.analytics.folds.callbacks import CALLBACK_EVENTS, callback_after, moment_of
from huying.analytics.folds.dialling import DialFold
from huying.analytics.folds.facts import (
    ENDINGS,
    OFFER_RESULTS,
    CallbackFact,
    DeskWorkFact,
    OfferFact,
    QueueEntryFact,
    RecordingFact,
    SegmentFact,
    Verdict,
)
from huying.analytics.folds.people import PeopleFold
from huying.analytics.folds.recordings import RECORDING_EVENTS, note_recording
from huying.channels.desk_work.events import DeskWorkGiven, DeskWorkParked
from huying.channels.dispositions.events import DispositionGivenLate, DispositionNotGiven
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.events import (
    AgentLost,
    AgentRejoined,
    HoldEnded,
    HoldStarted,
    LegQuality,
    MuteChanged,
    SegmentEnded,
    SegmentStarted,
)
from huying.flows.events import FlowNodeEntered, FlowStarted, LanguageChosen
from huying.foundation.journal.entry import Entry, Event
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded


def milliseconds(span: timedelta) -> int:
    """A span as whole milliseconds, never negative (clocks of two machines may differ)."""
    return max(0, round(span / timedelta(milliseconds=1)))


@dataclass(slots=True)
class ContactFold:
    """A contact as its entries tell it. Facts are replaced, never changed, so they may be handed out."""

    business_id: str
    contact_id: str
    number: int = 0
    channel: str = ""
    direction: str = ""
    entry_point: str = ""
    customer_id: str = ""
    language: str = ""
    entered_at: datetime | None = None
    ended_at: datetime | None = None
    cause: str = ""
    flow_id: str = ""
    flow_version: int = 0
    node: str = ""
    entries: dict[str, QueueEntryFact] = field(default_factory=dict)
    offers: dict[str, OfferFact] = field(default_factory=dict)
    segments: dict[str, SegmentFact] = field(default_factory=dict)
    recordings: dict[str, RecordingFact] = field(default_factory=dict)
    callback: CallbackFact | None = None
    work: DeskWorkFact | None = None
    mos: float | None = None
    """Of the leg that sounded worst."""
    people: PeopleFold = field(default_factory=PeopleFold)
    dialling: DialFold = field(default_factory=DialFold)
    state: str = "in_flow"
    since: datetime | None = None
    last_at: datetime | None = None
    act: int = 0
    """Number of the last act about this contact, which stands in a stream of its own."""
    ignored: int = 0
    """Events that did not fit the state they met: a sign of a defect, shown in the health page."""

    _APPLY: ClassVar[dict[type[Event], Callable[[ContactFold, Any, datetime], bool | None]]] = {}

    def apply(self, entry: Entry, over_gap: bool = False) -> Verdict:
        """Take the stream's next entry. `over_gap` goes on although entries before it are missing for good."""
        if entry.number <= self.number:
            return Verdict.REPEATED
        if entry.number != self.number + 1 and not over_gap:
            return Verdict.GAP
        self.number = entry.number
        self.last_at = entry.at
        if self.entered_at is None:
            self.entered_at = self.since = entry.at
        self.people.apply(entry.event, entry.at)
        self.dialling.apply(entry.event, entry.at)
        step = self._APPLY.get(type(entry.event))
        if step is not None and step(self, entry.event, entry.at) is False:
            self.ignored += 1
        state = self._observed()
        if state != self.state:
            self.state, self.since = state, entry.at
        return Verdict.APPLIED

    def apply_act(self, entry: Entry) -> bool:
        """Take an act about the contact: that it was left without a disposition, or got one since. False when nothing changed."""
        if entry.number <= self.act:
            return False
        self.act = entry.number
        match entry.event:
            case DispositionNotGiven(agent_id=agent_id, queue_id=queue_id):
                stays = [key for key, fact in self.entries.items() if fact.queue_id == queue_id]
                held = [key for key, fact in self.segments.items() if fact.agent_id == agent_id]
                self._mark_closing(stays[-1:], held[-1:])
            case DispositionGivenLate():
                self._mark_closing([], [])
            case _:
                return False
        return True

    def _mark_closing(self, entries: Sequence[str], segments: Sequence[str]) -> None:
        self.entries = {key: replace(fact, no_disposition=key in entries) for key, fact in self.entries.items()}
        self.segments = {key: replace(fact, no_disposition=key in segments) for key, fact in self.segments.items()}

    # --- what is going on now --------------------------------------------------------------------------------------

    @property
    def waiting_entry(self) -> QueueEntryFact | None:
        """The queue entry that waits now."""
        return next((fact for fact in reversed(self.entries.values()) if fact.ending is None), None)

    @property
    def ringing_offer(self) -> OfferFact | None:
        """The offer that rings now."""
        return next((fact for fact in reversed(self.offers.values()) if fact.result is None), None)

    @property
    def ringing_offers(self) -> list[OfferFact]:
        """All that ring now."""
        return [fact for fact in self.offers.values() if fact.result is None]

    @property
    def open_segment(self) -> SegmentFact | None:
        """The segment that goes on now; of several that of the agent who came first."""
        return next((fact for fact in self.segments.values() if fact.ended_at is None), None)

    @property
    def running_recording(self) -> RecordingFact | None:
        """The recording that is being written now."""
        return next((fact for fact in reversed(self.recordings.values()) if fact.status in ("running", "paused")), None)

    def _observed(self) -> str:
        if self.ended_at is not None:
            return "ended"
        segment = self.open_segment
        if segment is not None and segment.lost_since is None:
            return "holding" if segment.held_since is not None else "talking"
        if self.people.parked is not None:
            return "parked"
        if self.people.guests:
            return "talking"
        if self.dialling.ringing is not None:
            return "ringing"
        if self.dialling.dialling or (self.callback is not None and self.callback.agent_id):
            return "dialling"
        if self.waiting_entry is not None:
            return "ringing" if self.ringing_offer is not None else "waiting"
        if self.work is not None and self.work.kept_by:
            return "kept"
        if self.callback is not None and self.callback.due_at is not None and not self.segments:
            return "scheduled"
        return "in_flow" if segment is None else "lost_agent"

    # --- the contact -----------------------------------------------------------------------------------------------

    def _entered(self, event: ContactEntered, at: datetime) -> None:
        self.channel, self.direction, self.entry_point = event.channel, event.direction, event.entry_point
        self.customer_id, self.language, self.entered_at = event.customer_id, event.language, at

    def _flow_started(self, event: FlowStarted, _at: datetime) -> None:
        self.flow_id, self.flow_version = event.flow_id, event.version

    def _node_entered(self, event: FlowNodeEntered, _at: datetime) -> None:
        self.node = event.node

    def _language(self, event: LanguageChosen, _at: datetime) -> None:
        self.language = event.language

    def _ended(self, event: ContactEnded, at: datetime) -> bool:
        if self.ended_at is not None:
            return False
        for entry in [fact for fact in self.entries.values() if fact.ending is None]:
            self._end_entry(entry, "lost", at, milliseconds(at - entry.waiting_since), derived=True)
        for offer in [fact for fact in self.offers.values() if fact.result is None]:
            self.offers[offer.offer_id] = replace(offer, result="withdrawn", ended_at=at, derived=True)
        for segment in [fact for fact in self.segments.values() if fact.ended_at is None]:
            by = "engine_lost" if event.cause == "engine_lost" else "system"
            self._end_segment(segment, at, by, None, derived=True)
        self.ended_at, self.cause = at, event.cause
        return True

    # --- queues and offers -----------------------------------------------------------------------------------------

    def _queue_entered(self, event: QueueEntered, at: datetime) -> bool:
        if event.entry_id in self.entries or self.ended_at is not None:
            return False
        if self.work is not None:
            self.work = replace(self.work, kept_by="", kept_until="")
        self.entries[event.entry_id] = QueueEntryFact(
            event.entry_id, event.queue_id, event.origin, event.previous_entry_id, at, moment_of(event.waiting_since, at)
        )
        return True

    def _queue_left(self, event: QueueEntryEnded, at: datetime) -> bool:
        fact = self.entries.get(event.entry_id)
        if fact is None or fact.ending is not None or event.ending not in ENDINGS:
            return False
        self._end_entry(fact, event.ending, at, max(0, round(event.waited_seconds * 1000)), agent_id=event.agent_id)
        return True

    def _end_entry(self, fact: QueueEntryFact, ending: str, at: datetime, wait_ms: int, agent_id: str = "", derived: bool = False) -> None:
        self.entries[fact.entry_id] = replace(fact, ending=ending, ended_at=at, wait_ms=wait_ms, agent_id=agent_id, derived=derived)

    def _offer_made(self, event: OfferMade, at: datetime) -> bool:
        if event.offer_id in self.offers or self.ended_at is not None:
            return False
        self.offers[event.offer_id] = OfferFact(
            event.offer_id, event.entry_id, event.queue_id, event.agent_id, at, event.expires_at, dict(event.explanation)
        )
        return True

    def _offer_ended(self, event: OfferEnded, at: datetime) -> bool:
        fact = self.offers.get(event.offer_id)
        if fact is None or fact.result is not None or event.result not in OFFER_RESULTS:
            return False
        self.offers[event.offer_id] = replace(fact, result=event.result, ended_at=at)
        return True

    # --- work at the desk ------------------------------------------------------------------------------------------

    def _work_given(self, event: DeskWorkGiven, _at: datetime) -> bool:
        if self.work is not None:
            return False
        self.work = DeskWorkFact(event.subject, event.subject_id)
        return True

    def _work_parked(self, event: DeskWorkParked, _at: datetime) -> bool:
        if self.work is None or self.open_segment is not None:
            return False
        self.work = replace(self.work, kept_by=event.agent_id, kept_until=event.until)
        return True

    # --- what stands apart -------------------------------------------------------------------------------------------

    def _called_back(self, event: Event, at: datetime) -> bool:
        after = callback_after(self.callback, event, at)
        if after is None:
            return False
        self.callback = after
        return True

    def _recorded(self, event: Event, at: datetime) -> bool:
        return note_recording(self.recordings, event, at)

    # --- the conversation ------------------------------------------------------------------------------------------

    def _segment_started(self, event: SegmentStarted, at: datetime) -> bool:
        if event.segment_id in self.segments or self.ended_at is not None:
            return False
        if self.callback is not None:
            self.callback = replace(self.callback, agent_id="")
        self.segments[event.segment_id] = SegmentFact(event.segment_id, event.agent_id, event.entry_id, event.queue_id, at)
        return True

    def _open(self, segment_id: str) -> SegmentFact | None:
        fact = self.segments.get(segment_id)
        return fact if fact is not None and fact.ended_at is None else None

    def _hold_started(self, event: HoldStarted, at: datetime) -> bool:
        fact = self._open(event.segment_id)
        if fact is None or fact.held_since is not None:
            return False
        self.segments[fact.segment_id] = replace(fact, held_since=at, hold_count=fact.hold_count + 1)
        return True

    def _hold_ended(self, event: HoldEnded, at: datetime) -> bool:
        fact = self._open(event.segment_id)
        if fact is None or fact.held_since is None:
            return False
        self.segments[fact.segment_id] = replace(fact, held_since=None, hold_ms=self._held(fact, at))
        return True

    @staticmethod
    def _held(fact: SegmentFact, at: datetime) -> int:
        return (fact.hold_ms or 0) + (milliseconds(at - fact.held_since) if fact.held_since is not None else 0)

    def _mute(self, event: MuteChanged, _at: datetime) -> bool:
        fact = self._open(event.segment_id)
        if fact is not None:
            self.segments[fact.segment_id] = replace(fact, muted=event.muted)
        return fact is not None

    def _agent_lost(self, event: AgentLost, at: datetime) -> bool:
        fact = self._open(event.segment_id)
        if fact is None or fact.lost_since is not None:
            return False
        self.segments[fact.segment_id] = replace(fact, lost_since=at, lost_count=fact.lost_count + 1)
        return True

    def _rejoined(self, event: AgentRejoined, _at: datetime) -> bool:
        fact = self._open(event.segment_id)
        if fact is not None:
            self.segments[fact.segment_id] = replace(fact, lost_since=None)
        return fact is not None

    def _segment_ended(self, event: SegmentEnded, at: datetime) -> bool:
        fact = self._open(event.segment_id)
        if fact is not None:
            told = (max(0, round(event.talk_seconds * 1000)), max(0, round(event.hold_seconds * 1000)))
            self._end_segment(fact, at, event.by, told)
        return fact is not None

    def _end_segment(self, fact: SegmentFact, at: datetime, by: str, told: tuple[int, int] | None, derived: bool = False) -> None:
        if told is None:
            held = self._held(fact, at)
            told = (max(0, milliseconds(at - fact.started_at) - held), held)
        self.segments[fact.segment_id] = replace(
            fact, ended_at=at, by=by, talk_ms=told[0], hold_ms=told[1], held_since=None, lost_since=None, derived=derived
        )

    # --- sound -----------------------------------------------------------------------------------------------------

    def _sounded(self, event: LegQuality, _at: datetime) -> None:
        self.mos = event.mos if self.mos is None else min(self.mos, event.mos)


ContactFold._APPLY.update(
    {
        **dict.fromkeys(RECORDING_EVENTS, ContactFold._recorded),
        **dict.fromkeys(CALLBACK_EVENTS, ContactFold._called_back),
        ContactEntered: ContactFold._entered,
        FlowStarted: ContactFold._flow_started,
        FlowNodeEntered: ContactFold._node_entered,
        LanguageChosen: ContactFold._language,
        ContactEnded: ContactFold._ended,
        QueueEntered: ContactFold._queue_entered,
        QueueEntryEnded: ContactFold._queue_left,
        OfferMade: ContactFold._offer_made,
        DeskWorkGiven: ContactFold._work_given,
        DeskWorkParked: ContactFold._work_parked,
        OfferEnded: ContactFold._offer_ended,
        SegmentStarted: ContactFold._segment_started,
        HoldStarted: ContactFold._hold_started,
        HoldEnded: ContactFold._hold_ended,
        MuteChanged: ContactFold._mute,
        AgentLost: ContactFold._agent_lost,
        AgentRejoined: ContactFold._rejoined,
        SegmentEnded: ContactFold._segment_ended,
        LegQuality: ContactFold._sounded,
    }
)
