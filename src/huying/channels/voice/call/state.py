"""The state of one call, as the fold of its journal stream: the same before and after a restart. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from huying.channels.callback.events import CallbackDialled, CallbackNotReached, CallbackRequested
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.messages.events import MessageLeft, MessageStarted
from huying.channels.voice import events as e
from huying.channels.voice.call.callback_state import Callback, callback_after
from huying.flows.events import AttributesSet, FlowChoiceMade, FlowNodeEntered, FlowStarted, LanguageChosen
from huying.foundation.journal.entry import Event
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded
from huying.routing.router.work import Wanted, WorkItem


class Phase(StrEnum):
    """Where a call is in its life."""

    NEW = "new"
    IN_FLOW = "in_flow"
    WAITING = "waiting"
    DIALLING = "dialling"
    TALKING = "talking"
    FORWARDED = "forwarded"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class QueueStay:
    """One stay in a queue, with all that the router must know of it."""

    entered_at: datetime
    item: WorkItem

    @property
    def entry_id(self) -> str:
        """The stay's id."""
        return self.item.item_id

    @property
    def queue_id(self) -> str:
        """Where the contact stands."""
        return self.item.queue_id

    @property
    def waiting_since(self) -> datetime:
        """What the wait counts from."""
        return self.item.waiting_since


@dataclass(frozen=True, slots=True)
class Ringing:
    """An agent's telephone that is being rung."""

    offer_id: str
    agent_id: str
    leg_id: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Segment:
    """One agent's part in the conversation."""

    segment_id: str
    agent_id: str
    stay: QueueStay
    leg_id: str
    bridge_id: str
    started_at: datetime
    leg_since: datetime
    held_since: datetime | None = None
    hold_seconds: float = 0.0
    muted: bool = False
    lost_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """A telephone outside the centre that is rung for the customer, or talks with him (then with a bridge)."""

    leg_id: str
    since: datetime
    bridge_id: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """What is being written."""

    recording_id: str
    part: int
    started_at: datetime
    paused: bool = False


@dataclass(frozen=True, slots=True)
class CallState:
    """One call. Ids are empty and parts are None until they come into being."""

    contact_id: str
    phase: Phase = Phase.NEW
    channel: str = ""
    entry_point: str = ""
    customer_id: str = ""
    language: str = ""
    caller_leg: str = ""
    caller_since: datetime | None = None
    entered_at: datetime | None = None
    flow_id: str = ""
    flow_version: int = 0
    node: str = ""
    queue_node: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the flow has found out for routing: the keys chosen in menus, and what it set."""
    stay: QueueStay | None = None
    overflows: int = 0
    """Queues in a row that the contact came to from another queue."""
    rings: tuple[Ringing, ...] = ()
    """The agents' telephones that ring, in the order in which they were rung."""
    segment: Segment | None = None
    forward: Forward | None = None
    recording: Recording | None = None
    recordings: int = 0
    callback: Callback | None = None
    left: str = ""
    """How the last stay in a queue ended; empty while one goes on."""
    message: str = ""
    """The recording (id) of the message that is being left."""
    ended_cause: str = ""

    @property
    def virtual(self) -> bool:
        """Is it a callback whose customer is not on the line?"""
        return self.callback is not None and (self.phase is Phase.DIALLING or not self.caller_leg)

    def legs(self) -> frozenset[str]:
        """Every leg that belongs to the call now."""
        legs = {self.caller_leg, *(ring.leg_id for ring in self.rings)}
        if self.callback and self.callback.dial:
            legs.add(self.callback.dial.agent_leg_id)
        if self.segment:
            legs.add(self.segment.leg_id)
        if self.forward:
            legs.add(self.forward.leg_id)
        return frozenset(legs - {""}) if self.phase is not Phase.ENDED else frozenset()

    def ring_at(self, leg_id: str) -> Ringing | None:
        """What rings over this leg."""
        return next((ring for ring in self.rings if ring.leg_id == leg_id), None)

    def ring_of(self, offer_id: str) -> Ringing | None:
        """What rings by this offer."""
        return next((ring for ring in self.rings if ring.offer_id == offer_id), None)


def after(state: CallState, event: Event, at: datetime) -> CallState:
    """The state after an event of the contact's stream. Events that say nothing of the call's state change nothing."""
    match event:
        case ContactEntered():
            return replace(
                state,
                phase=Phase.IN_FLOW,
                channel=event.channel,
                entry_point=event.entry_point,
                customer_id=event.customer_id,
                language=event.language,
                caller_leg=event.leg_id,
                caller_since=at,
                entered_at=at,
            )
        case FlowStarted(flow_id=flow_id, version=version):
            return replace(state, flow_id=flow_id, flow_version=version)
        case FlowNodeEntered(node=node, node_kind=kind):
            return replace(state, node=node, queue_node=node if kind == "queue" else state.queue_node)
        case LanguageChosen(language=language):
            return replace(state, language=language)
        case FlowChoiceMade(node=node, choice=choice) if state.phase is not Phase.WAITING:
            return replace(state, attributes={**state.attributes, "menu_choice": choice, f"menu.{node}": choice})
        case AttributesSet(attributes=attributes):
            return replace(state, attributes={**state.attributes, **attributes})
        case QueueEntered():
            overflows = state.overflows + 1 if event.origin == "overflow" else 0
            stay = QueueStay(at, _item(state.contact_id, event, at))
            return replace(state, phase=Phase.WAITING, stay=stay, overflows=overflows, left="")
        case QueueEntryEnded(ending=ending):
            return replace(state, phase=Phase.IN_FLOW, left=ending)
        case OfferMade():
            expires_at = datetime.fromisoformat(event.expires_at)
            return replace(state, rings=(*state.rings, Ringing(event.offer_id, event.agent_id, event.leg_id, at, expires_at)))
        case OfferEnded(offer_id=offer_id):
            return replace(state, rings=tuple(ring for ring in state.rings if ring.offer_id != offer_id))
        case ContactEnded(cause=cause):
            return replace(state, phase=Phase.ENDED, ended_cause=cause, rings=(), segment=None, forward=None)
        case CallbackRequested() | CallbackDialled() | CallbackNotReached():
            return _after_callback(state, event, at)
    return _after_talk(state, event, at)


def _after_callback(state: CallState, event: CallbackRequested | CallbackDialled | CallbackNotReached, at: datetime) -> CallState:
    callback = callback_after(state.callback, event, at)
    match event:
        case CallbackDialled():
            return replace(state, callback=callback, phase=Phase.DIALLING, caller_leg=event.leg_id, caller_since=at)
        case CallbackNotReached():
            return replace(state, callback=callback, phase=Phase.WAITING, caller_leg="")
    return replace(state, callback=callback)


def _item(contact_id: str, entered: QueueEntered, at: datetime) -> WorkItem:
    """The work as the router had it, whoever asks, before a restart or after."""
    return WorkItem(
        item_id=entered.entry_id,
        contact_id=contact_id,
        queue_id=entered.queue_id,
        waiting_since=datetime.fromisoformat(entered.waiting_since) if entered.waiting_since else at,
        channel=entered.channel,
        needs=dict(entered.needs),
        attributes=dict(entered.attributes),
        rank=entered.rank,
        head_start_seconds=entered.head_start_seconds,
        wanted=tuple(Wanted(str(one["agent_id"]), int(one["seconds"]), str(one["why"])) for one in entered.wanted),
    )


def _after_talk(state: CallState, event: Event, at: datetime) -> CallState:
    segment = state.segment
    match event:
        case e.SegmentStarted() if state.stay:
            started = Segment(event.segment_id, event.agent_id, state.stay, event.leg_id, event.bridge_id, at, at)
            callback = replace(state.callback, dial=None) if state.callback else None
            return replace(state, phase=Phase.TALKING, segment=started, callback=callback)
        case e.CallRecordingStarted(recording_id=recording_id, part=part):
            return replace(state, recording=Recording(recording_id, part, at), recordings=part)
        case e.CallRecordingPaused(recording_id=recording_id, paused=paused) if state.recording:
            return replace(state, recording=replace(state.recording, paused=paused))
        case e.CallRecordingEnded(recording_id=recording_id) | e.CallRecordingFailed(recording_id=recording_id):
            same = state.recording and state.recording.recording_id == recording_id
            message = "" if state.message == recording_id else state.message
            return replace(state, recording=None if same else state.recording, message=message)
        case MessageStarted(recording_id=recording_id):
            return replace(state, message=recording_id)
        case MessageLeft(recording_id=recording_id):
            return replace(state, message="" if state.message == recording_id else state.message)
        case e.ForwardStarted(leg_id=leg_id):
            return replace(state, forward=Forward(leg_id, at))
        case e.ForwardAnswered(leg_id=leg_id, bridge_id=bridge_id):
            return replace(state, phase=Phase.FORWARDED, forward=Forward(leg_id, at, bridge_id))
        case e.ForwardEnded():
            return replace(state, forward=None)
        case e.SegmentEnded():
            return replace(state, phase=Phase.IN_FLOW, segment=None)
    return replace(state, segment=_segment_after(segment, event, at)) if segment else state


def _segment_after(segment: Segment, event: Event, at: datetime) -> Segment:
    match event:
        case e.HoldStarted():
            return replace(segment, held_since=at)
        case e.HoldEnded():
            return replace(segment, held_since=None, hold_seconds=held_seconds(segment, at))
        case e.MuteChanged(muted=muted):
            return replace(segment, muted=muted)
        case e.AgentLost():
            return replace(segment, lost_since=at)
        case e.AgentRejoined(leg_id=leg_id):
            return replace(segment, leg_id=leg_id, leg_since=at, lost_since=None)
    return segment


def held_seconds(segment: Segment, now: datetime) -> float:
    """How long the customer has been on hold in this segment so far."""
    running = (now - segment.held_since).total_seconds() if segment.held_since else 0.0
    return segment.hold_seconds + running
