"""What each event of a contact's stream makes of the state of its call: the one fold, before and after a restart. Decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huying.channels.callback.events import CallbackDialled, CallbackMoved, CallbackNotReached, CallbackRequested
from huying.channels.dialling.events import (
    CallerChanged,
    CallerHeld,
    CallerLost,
    CallerMuted,
    CallerRejoined,
    DialEnded,
    DialRequested,
    DialStarted,
    PersonRang,
    PersonRingEnded,
)
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.messages.events import MessageLeft, MessageStarted
from huying.channels.voice import events as e
from huying.channels.voice import party_events as p
from huying.channels.voice.call.callback_state import callback_after
from huying.channels.voice.call.outgoing import outgoing_after, person_ring_after
from huying.channels.voice.call.parties import Guest, Invite, Monitor, Parked, Playing, Segment, Transfer, side_after
from huying.channels.voice.call.state import CallState, Forward, Phase, QueueStay, Recording, Ringing, held_seconds
from huying.flows.events import AttributesSet, FlowChoiceMade, FlowNodeEntered, FlowStarted, LanguageChosen
from huying.foundation.journal.entry import Event
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded
from huying.routing.queued import work_of


def after(state: CallState, event: Event, at: datetime) -> CallState:
    """The state after an event of the contact's stream. Events that say nothing of the call's state change nothing."""
    match event:
        case ContactEntered():
            return replace(
                state,
                phase=Phase.IN_FLOW,
                channel=event.channel,
                direction=event.direction,
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
            stay = QueueStay(at, work_of(state.contact_id, event, at))
            return replace(state, phase=Phase.WAITING, stay=stay, overflows=overflows, left="")
        case QueueEntryEnded(ending=ending):
            return replace(state, phase=Phase.IN_FLOW, left=ending)
        case OfferMade():
            expires_at = datetime.fromisoformat(event.expires_at)
            return replace(state, rings=(*state.rings, Ringing(event.offer_id, event.agent_id, event.leg_id, at, expires_at)))
        case OfferEnded(offer_id=offer_id):
            return replace(state, rings=tuple(ring for ring in state.rings if ring.offer_id != offer_id))
        case ContactEnded(cause=cause):
            nobody = replace(state, rings=(), segments=(), guests=(), invites=(), monitors=(), side=None, parked=None, forward=None)
            return replace(nobody, phase=Phase.ENDED, playing=None, ended_cause=cause)
        case CallbackRequested() | CallbackMoved() | CallbackDialled() | CallbackNotReached():
            return _after_callback(state, event, at)
        case DialRequested() | DialStarted() | DialEnded():
            return _after_dial(state, event, at)
        case CallerHeld() | CallerMuted() | CallerLost() | CallerRejoined() | CallerChanged():
            return _after_caller(state, event, at)
        case PersonRang() | PersonRingEnded():
            return replace(state, person_ring=person_ring_after(state.person_ring, event, at))
    return _after_talk(state, event, at)


def _after_callback(
    state: CallState, event: CallbackRequested | CallbackMoved | CallbackDialled | CallbackNotReached, at: datetime
) -> CallState:
    callback = callback_after(state.callback, event, at)
    match event:
        case CallbackDialled():
            return replace(state, callback=callback, phase=Phase.DIALLING, caller_leg=event.leg_id, caller_since=at)
        case CallbackNotReached():
            return replace(state, callback=callback, phase=Phase.WAITING, caller_leg="")
    return replace(state, callback=callback)


def _after_dial(state: CallState, event: DialRequested | DialStarted | DialEnded, at: datetime) -> CallState:
    outgoing = outgoing_after(state.outgoing, event, at)
    changed = replace(state, outgoing=outgoing, phase=Phase.DIALLING)
    if isinstance(event, DialStarted):
        phase = Phase.IN_FLOW if outgoing and outgoing.over else Phase.DIALLING
        return replace(changed, phase=phase, caller_leg=event.leg_id, caller_since=at)
    return changed


def _after_caller(state: CallState, event: Event, at: datetime) -> CallState:
    changed = replace(state, outgoing=outgoing_after(state.outgoing, event, at))
    if isinstance(event, CallerRejoined | CallerChanged):
        return replace(changed, caller_leg=event.leg_id, caller_since=at)
    return changed


def _after_talk(state: CallState, event: Event, at: datetime) -> CallState:
    match event:
        case e.SegmentStarted():
            return _segment_started(state, event, at)
        case e.SegmentEnded(segment_id=segment_id):
            return _with_people(state, segments=tuple(one for one in state.segments if one.segment_id != segment_id))
        case e.CallRecordingStarted(recording_id=recording_id, part=part, segment_id=segment_id):
            return replace(state, recording=Recording(recording_id, part, at, segment_id), recordings=part)
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
            return replace(state, phase=Phase.FORWARDED, forward=Forward(leg_id, at, bridge_id), transfer=None)
        case e.ForwardEnded():
            return replace(state, forward=None)
    return _after_people(state, event, at)


def _segment_started(state: CallState, event: e.SegmentStarted, at: datetime) -> CallState:
    stay = state.stay
    since = stay.waiting_since if stay and stay.entry_id == event.entry_id else at
    started = Segment(event.segment_id, event.agent_id, event.queue_id, event.leg_id, event.bridge_id, at, at, since)
    callback = replace(state.callback, dial=None) if state.callback else None
    invites = tuple(one for one in state.invites if one.leg_id != event.leg_id)
    outgoing = replace(state.outgoing, over=True) if state.outgoing else None
    transfer = replace(state.transfer, hops=0) if state.transfer else None
    with_him = replace(
        state,
        outgoing=outgoing,
        transfer=transfer,
        segments=(*state.segments, started),
        bridge_id=event.bridge_id,
        callback=callback,
        invites=invites,
    )
    return replace(with_him, phase=Phase.TALKING, transfer=None)


def _with_people(state: CallState, segments: tuple[Segment, ...] | None = None, guests: tuple[Guest, ...] | None = None) -> CallState:
    """Other people; without any the conversation is over and the call goes on elsewhere."""
    changed = replace(state, segments=state.segments if segments is None else segments, guests=state.guests if guests is None else guests)
    if changed.segments or changed.guests:
        return changed
    return replace(changed, phase=Phase.IN_FLOW, outgoing=replace(state.outgoing, held_since=None) if state.outgoing else None)


def _after_people(state: CallState, event: Event, at: datetime) -> CallState:
    match event:
        case p.PartyInvited():
            invite = Invite(event.party_id, event.purpose, event.agent_id, event.leg_id, at, datetime.fromisoformat(event.expires_at))
            return replace(state, invites=(*state.invites, replace(invite, target_id=event.target_id)))
        case p.MonitorStarted():
            monitor = Monitor(event.monitor_id, event.person_id, event.agent_id, event.leg_id, event.mode, at)
            invites = tuple(one for one in state.invites if one.party_id != event.monitor_id)
            return replace(state, invites=invites, monitors=(*state.monitors, monitor))
        case p.MonitorChanged(monitor_id=monitor_id, mode=mode):
            changed = (replace(one, mode=mode) if one.monitor_id == monitor_id else one for one in state.monitors)
            return replace(state, monitors=tuple(changed))
        case p.MonitorEnded(monitor_id=monitor_id):
            return replace(state, monitors=tuple(one for one in state.monitors if one.monitor_id != monitor_id))
        case p.PartyNotJoined(party_id=party_id):
            return replace(state, invites=tuple(one for one in state.invites if one.party_id != party_id))
        case p.GuestJoined():
            return replace(state, guests=(*state.guests, Guest(event.party_id, event.leg_id, at)))
        case p.GuestLeft(party_id=party_id):
            return _with_people(state, guests=tuple(one for one in state.guests if one.party_id != party_id))
        case p.TransferStarted():
            hops = state.transfer.hops + 1 if state.transfer and not event.segment_id else 1
            return replace(state, transfer=Transfer(event.agent_id, event.queue_id, event.target_kind, event.target_id, event.why, hops))
        case p.CallParked():
            return replace(state, phase=Phase.PARKED, parked=Parked(event.slot, event.agent_id, event.queue_id, at))
        case p.CallUnparked():
            return replace(state, phase=Phase.IN_FLOW, parked=None)
        case p.SoundStarted():
            return replace(state, playing=Playing(event.playback_id, event.sound_id, event.segment_id, at))
        case p.SoundEnded():
            return replace(state, playing=None)
        case e.HoldStarted() | e.HoldEnded() | e.MuteChanged() | e.AgentLost() | e.AgentRejoined():
            return replace(state, segments=tuple(_segment_after(one, event, at) for one in state.segments))
    held = bool(state.segment and state.segment.held_since)
    return replace(state, side=side_after(state.side, event, at, held))


def _segment_after(segment: Segment, event: Event, at: datetime) -> Segment:
    match event:
        case e.HoldStarted(segment_id=segment.segment_id):
            return replace(segment, held_since=at)
        case e.HoldEnded(segment_id=segment.segment_id):
            return replace(segment, held_since=None, hold_seconds=held_seconds(segment, at))
        case e.MuteChanged(segment_id=segment.segment_id, muted=muted):
            return replace(segment, muted=muted)
        case e.AgentLost(segment_id=segment.segment_id):
            return replace(segment, lost_since=at)
        case e.AgentRejoined(segment_id=segment.segment_id, leg_id=leg_id):
            return replace(segment, leg_id=leg_id, leg_since=at, lost_since=None)
    return segment
