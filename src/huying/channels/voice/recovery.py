"""Brings the calls back after our own restart: states from the journal, truth from the engine, then one line of work again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from huying.channels.callback.events import CallbackRequested
from huying.channels.desk_work.works import DeskWorks
from huying.channels.dialling.events import DialRequested
from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_words import CallbackEndAsked
from huying.channels.voice.call.calling_back import CallingBack
from huying.channels.voice.call.dialling import Dialling
from huying.channels.voice.call.folding import after
from huying.channels.voice.call.machine import Call
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.to_persons import PERSON_FLOW, CallToPersons, called_flow, person_flow
from huying.channels.voice.call.transferring import FLOW_ID, flow_of
from huying.channels.voice.call.turn import Tables
from huying.channels.voice.directory import Directory
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.streams import Streams
from huying.channels.voice.switchboard import Switchboard
from huying.flows.graph import Flow
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, STREAM_SYSTEM, Entry
from huying.foundation.journal.port import Journal
from huying.routing.router import work
from huying.telephony.port import Snapshot

log = structlog.get_logger()

LIVELY = frozenset({Phase.TALKING, Phase.WAITING, Phase.DIALLING, Phase.PARKED})
"""Phases in which agents may be in a call."""


async def restore_streams(journal: Journal, streams: Streams) -> tuple[list[Entry], list[Entry]]:
    """Read what is open: the contacts' entries and the agents'. Raises Unavailable."""
    contacts = await journal.read_open(STREAM_CONTACT)
    agents = await journal.read_open(STREAM_AGENT)
    streams.restore(contacts, {}, STREAM_CONTACT)
    streams.restore(agents, await journal.last_numbers(STREAM_AGENT), STREAM_AGENT)
    streams.restore([], await journal.last_numbers(STREAM_SYSTEM), STREAM_SYSTEM)
    return contacts, agents


def restore_agents(entries: Sequence[Entry], routing: RoutingOwner) -> None:
    """Give the router every agent's past."""
    routing.remember_businesses({entry.stream_id: entry.business_id for entry in entries})
    for entry in entries:
        routing.handle(work.PresenceRestored(entry.stream_id, entry.event, entry.at))


async def restore_calls(entries: Sequence[Entry], switchboard: Switchboard, directory: Directory) -> list[CallOwner]:
    """The owners of all open contacts; their tasks do not run yet. Raises Unavailable."""
    by_contact: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_contact[entry.stream_id].append(entry)
    owners = []
    called = CallbackRequested | DialRequested
    callbacks = [contact_id for contact_id, past in by_contact.items() if any(isinstance(e.event, called) for e in past)]
    numbers = await directory.numbers_of(callbacks)
    for contact_id, past in by_contact.items():
        state = CallState(contact_id=contact_id)
        for entry in past:
            state = after(state, entry.event, entry.at)
        tables = switchboard.tables_for(past[0].business_id)
        if state.outgoing:
            tables = replace(tables, dialled=tables.sent(numbers.get(contact_id, "")), shown=tables.shown_for(state.outgoing.queue_id))
        if state.callback:
            handed_on = await _flow_of(state, tables, switchboard, directory) if state.flow_id else None
            call: Call = CallingBack(state, tables, handed_on)
        else:
            flow = await _flow_of(state, tables, switchboard, directory)
            call = Dialling(state, tables, flow) if state.outgoing else CallToPersons(state, tables, flow)
        owner = CallOwner(call, past[0].business_id, numbers.get(contact_id, ""), "", switchboard.around)
        if state.callback and not owner.remote_number:
            owner.post(CallbackEndAsked("number_gone"))
        if state.recording:
            owner.expect_recording(state.recording.recording_id)
        owners.append(owner)
    return owners


async def _flow_of(state: CallState, tables: Tables, switchboard: Switchboard, directory: Directory) -> Flow | None:
    """The flow that led the call when we died."""
    if state.flow_id == FLOW_ID and state.transfer:
        return flow_of(state.transfer, tables)
    if state.flow_id.startswith(PERSON_FLOW):
        return called_flow(state.flow_id.removeprefix(PERSON_FLOW), tables)
    if state.flow_id:
        return await directory.flow(state.flow_id, state.flow_version)
    return None if state.outgoing else _flow_of_entry(state, switchboard)


def _flow_of_entry(state: CallState, switchboard: Switchboard) -> Flow | None:
    """The flow of a call that had not begun it when we died."""
    configuration = switchboard.configuration
    kind = "web" if state.channel == "web_call" else "number"
    entry = configuration.entries.get((kind, state.entry_point)) if configuration else None
    if entry and entry.person_id:
        return person_flow(entry.person_id)
    return configuration.flows.get(entry.flow_id) if configuration and entry else None


def _remember_caller(owner: CallOwner, snapshot: Snapshot, switchboard: Switchboard) -> None:
    """Who calls is in no journal: the engine knows it, and what is kept of the contact may not have been kept when we died."""
    state = owner.call.state
    leg = snapshot.legs.get(state.caller_leg)
    if leg is None or state.entered_at is None or state.callback or state.outgoing:
        return
    owner.remote_number = leg.remote_number if state.channel == "phone" else ""
    owner.remote_name = leg.remote_name
    owner.call.tables = switchboard.tables_of_caller(owner.business_id, owner.remote_number)
    switchboard.records.keep(owner, state.channel, state.entry_point, state.customer_id, state.entered_at)


async def bring_back(
    owners: Sequence[CallOwner],
    works: DeskWorks,
    snapshot: Snapshot,
    switchboard: Switchboard,
    routing: RoutingOwner,
    now: datetime,
    *,
    restarted: bool,
) -> None:
    """Hold each call against the engine; then let what waits stand in one line, in its old order, before anything is offered."""
    truth = w.EngineTruth(snapshot, now, restarted=restarted, reconnected=True, recovered=True)
    later: list[tuple[CallOwner, w.CallCommand]] = []
    arrivals: list[work.WorkArrived] = []
    for owner in owners:
        switchboard.hold(owner, owner.call.legs())  # its task must not end the call before what follows here was carried out
        _remember_caller(owner, snapshot, switchboard)
        for command in owner.call.handle(truth, now):
            if isinstance(command, w.Route) and isinstance(command.event, work.WorkArrived):
                arrivals.append(command.event)
            else:
                later.append((owner, command))
    for owner, command in later:
        await owner.execute(command, now)
    for owner in owners:
        owner.start()
    arrivals += await works.bring_back(now)
    for arrival in sorted(arrivals, key=lambda arrival: arrival.item.order):
        routing.handle(arrival)
    for agent_id, contact_id in routing.router.in_contact().items():
        if works.has_agent(contact_id, agent_id):
            continue
        found = switchboard.owner_of(contact_id)
        lively = found and (found.call.state.phase in LIVELY or found.call.state.with_persons)
        if found is None or not found.has_agent(agent_id) or not lively:
            routing.handle(work.AgentFoundStuck(agent_id, contact_id))
    routing.handle(work.AccountsSeen(snapshot.reachable_accounts))
    routing.sign_out_strangers()
    log.info("voice.recovered", calls=len(owners), waiting=len(arrivals))
