"""Which call an engine event belongs to, and the making of new calls. Decides nothing about a call's life."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

import structlog

from huying.channels.callback.numbers import NumberNotAllowed, number_to_call
from huying.channels.callback.settings import USUAL
from huying.channels.dialling.numbers import Dialled
from huying.channels.dialling.plan import DiallingRefused
from huying.channels.service import EntryPoint
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.calling_back import CallingBack
from huying.channels.voice.call.state import CallState
from huying.channels.voice.call.to_persons import CallToPersons, person_flow
from huying.channels.voice.call.turn import Tables
from huying.channels.voice.callbacks import Callbacks, Wish, callback_opening, returning, state_of
from huying.channels.voice.contact_records import ContactRecords
from huying.channels.voice.directory import Configuration, Directory
from huying.channels.voice.owner import CallOwner, Surroundings
from huying.channels.voice.phone_session import PhoneSession
from huying.channels.voice.streams import Streams
from huying.channels.voice.visitors import Visitors
from huying.crm.customers.numbers import matchable
from huying.flows.graph import Flow
from huying.foundation.errors import Conflict, HuyingError
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_CONTACT, Event
from huying.routing.router.work import QueueRules
from huying.telephony import port

if TYPE_CHECKING:
    from huying.channels.voice.phone_entrance import PhoneEntrance

log = structlog.get_logger()

LegEvent = port.LegAnswered | port.LegEnded | port.DigitReceived | port.PlaybackEnded | port.HoldChanged


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where and how a leg came in."""

    contact_id: str
    channel: str
    entry: EntryPoint
    language: str
    customer_number: str = field(default="", repr=False)
    """By which another system knows who calls, where the page said so."""


class MayReach(Protocol):
    """Who may call what: see `DialCalls.may_reach`."""

    async def __call__(self, business_id: str, person_id: str, text: str, *, knowing: bool = False) -> Dialled:
        """The number. Raises NotDiallable, DiallingRefused."""


async def _nobody_may(business_id: str, person_id: str, text: str, *, knowing: bool = False) -> Dialled:  # noqa: ARG001
    raise DiallingRefused


class Switchboard:
    """All calls of this process by contact and by leg."""

    def __init__(self, directory: Directory, streams: Streams, visitors: Visitors, id_maker: Callable[[], str] = new_id) -> None:
        self.configuration: Configuration | None = None
        self.owners: dict[str, CallOwner] = {}
        self._legs: dict[str, CallOwner] = {}
        self._directory = directory
        self.records = ContactRecords(directory)
        self._streams = streams
        self._visitors = visitors
        self.callbacks = Callbacks(directory, streams)
        self._new_id = self.new_id = id_maker
        self._around: Surroundings | None = None
        self.dialling: Callable[[str], dict[str, Any]] = lambda _business_id: {}
        """What calls of a business look up to dial, and to reach persons: fields of `Tables`."""
        self.may_reach: MayReach = _nobody_may
        """See `DialCalls.may_reach`."""
        self.entrance: PhoneEntrance | None = None
        """Where agents' own telephones come in."""
        self.sessions: dict[str, PhoneSession] = {}
        """Telephones of ours that hear something and are in no call, by leg."""
        self.keys: Callable[[CallOwner, port.DigitReceived], None] = lambda _owner, _event: None
        """Looks at what people in calls press."""
        self.transfers: Callable[[CallOwner, port.TransferRequested], None] = lambda _owner, _event: None
        """Takes what telephones want handed on."""
        self._entering: dict[str, list[LegEvent]] = {}
        """Legs that calls are being made of, with what happened to them meanwhile."""
        self._tasks: set[asyncio.Task[None]] = set()

    def surround(self, around: Surroundings) -> None:
        """Say what new calls work with. Must come before the first event."""
        self._around = around

    @property
    def around(self) -> Surroundings:
        """What calls work with."""
        assert self._around
        return self._around

    def owner_of(self, contact_id: str) -> CallOwner | None:
        """The owner of a contact that is not over."""
        return self.owners.get(contact_id)

    def knows_leg(self, leg_id: str) -> bool:
        """Does the leg belong to a call, or is a call being made of it?"""
        return leg_id in self._legs or leg_id in self._entering or leg_id in self.sessions

    def legs(self) -> frozenset[str]:
        """Every leg that a call needs; what a call has given up is not among them, though its end may not have been heard yet."""
        return frozenset(self._entering).union(self.sessions, *(owner.call.legs() for owner in self.owners.values()))

    def tables_for(self, business_id: str) -> Tables:
        """What a call of this business looks up."""
        assert self.configuration
        by_code = self.configuration.queues_by_code.get(business_id, {})
        return Tables(
            new_id=self._new_id,
            queue_by_code=by_code,
            queue_by_id={rules.queue_id: rules for rules in by_code.values()},
            trunk=self.configuration.trunk_of(business_id),
            unrecorded=self.configuration.unrecorded,
            schedules=self.configuration.routing.calendars.of_business(business_id),
            callbacks=self.configuration.callbacks.get(business_id, USUAL),
            zone=self.zone(business_id),
            line_number=self.configuration.line_number_of(business_id),
            language_need=self.configuration.language_need,
            skills=self.configuration.skills_of(business_id),
            home_queue=self.configuration.home_queue,
            talk_limit=self.configuration.talk_limit,
            **self.dialling(business_id),
        )

    def zone(self, business_id: str) -> ZoneInfo:
        """By whose clocks the business lives."""
        return ZoneInfo(self.configuration.time_zones.get(business_id, "UTC") if self.configuration else "UTC")

    def configure(self, configuration: Configuration) -> None:
        """What is looked up from now on, also by the calls that are there."""
        self.configuration = configuration
        for owner in self.owners.values():
            mine = owner.call.tables
            owner.call.tables = replace(
                self.tables_for(owner.business_id),
                own_number=mine.own_number,
                returning=mine.returning,
                dialled=mine.dialled,
                shown=mine.shown,
            )

    def hold(self, owner: CallOwner, legs: Iterable[str]) -> None:
        """Take a call in whose task starts later; what happens to it meanwhile waits."""
        self.owners[owner.contact_id] = owner
        for leg in legs:
            self._legs[leg] = owner

    def leg_made(self, leg_id: str, owner: CallOwner) -> None:
        """A call is about to make this leg."""
        self._legs[leg_id] = owner

    def over(self, owner: CallOwner) -> None:
        """A call is over."""
        self.owners.pop(owner.contact_id, None)
        self._legs = {leg: other for leg, other in self._legs.items() if other is not owner}
        self._streams.forget(STREAM_CONTACT, owner.contact_id)
        self._visitors.ended(owner.contact_id, owner.call.state.ended_cause)

    def callback(self, owner: CallOwner, command: w.CallbackCommand, at: datetime) -> None:
        """Do what a call wants done about a callback."""
        match command:
            case cw.KeepCallback():
                self.callbacks.keep(owner, command, list(self.owners.values()))
            case cw.ForgetCallback(contact_id):
                self.callbacks.forget(owner.business_id, contact_id)
            case cw.BeginCallback(_, contact_id, first):
                self.begin_callback(owner.business_id, contact_id, first, at)
            case cw.EndCallback(contact_id):
                other = self.owners.get(contact_id)
                if other:
                    other.post(cw.CallbackEndAsked("caller_returned"))

    def begin_callback(self, business_id: str, contact_id: str, first: Sequence[Event], at: datetime) -> None:
        """A callback stands in the journal: from now on it has an owner."""
        call = CallingBack(state_of(contact_id, first, at), self.tables_for(business_id))
        owner = CallOwner(call, business_id, self.callbacks.take_agreed(contact_id), "", self.around)
        self.hold(owner, ())
        owner.start()
        owner.post(cw.CallbackBegun())

    async def request_callback(self, entry: EntryPoint, queue: QueueRules, number: str, name: str, language: str) -> str:
        """A visitor of the web page wants to be called; the contact's id. Raises NumberNotAllowed, Conflict, Unavailable."""
        tables, business_id = self.tables_for(entry.business_id), entry.business_id
        number = number_to_call(number, tables.callbacks)
        if queue.queue_id in returning(list(self.owners.values()), business_id, number):
            raise Conflict("You will be called back at this number already.")
        customer_id, _ = await self.records.customer(business_id, number)
        wish = Wish(business_id, self._new_id(), entry.address, customer_id, number, name)
        now = self.around.clock()
        first = callback_opening(tables, wish, queue.queue_id, language, now)
        await self.callbacks.request(wish, first, now)
        self.begin_callback(business_id, wish.contact_id, first, now)
        return wish.contact_id

    async def stop(self) -> None:
        """Stop all tasks; the calls go on in the engine."""
        await self.callbacks.stop()
        await self.records.stop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(owner.stop() for owner in list(self.owners.values())))

    def is_browser(self, account: str) -> bool:
        """Is this account an agent's browser?"""
        return self.configuration is not None and account in self.configuration.browsers

    # --- engine events ------------------------------------------------------------------------------------------------------

    def take(self, event: port.EngineEvent) -> None:
        """Pass an event of a leg on to its call; make a call of a new leg."""
        match event:
            case port.LegEntered():
                self._take_in(event)
            case port.LegAnswered(leg_id) | port.DigitReceived(leg_id) | port.PlaybackEnded(_, leg_id) | port.HoldChanged(leg_id):
                self._pass_on(leg_id, event)
            case port.LegEnded(leg_id):
                self._pass_on(leg_id, event)
                self._legs.pop(leg_id, None)
            case port.TransferRequested(leg_id):
                if owner := self._legs.get(leg_id):
                    self.transfers(owner, event)
            case port.RecordingFailed(recording_id):
                owner = self.owner_of_recording(recording_id)
                if owner:
                    owner.post(event)

    def take_unheard(self, snapshot: port.Snapshot) -> None:
        """Make calls of the legs that came in while nobody listened: of those that nobody has answered yet."""
        for leg in snapshot.legs.values():
            if leg.direction is port.Direction.INBOUND and not leg.answered and not self.knows_leg(leg.leg_id):
                entered = port.LegEntered(
                    leg_id=leg.leg_id,
                    number_called=leg.number_called,
                    remote_number=leg.remote_number,
                    remote_name=leg.remote_name,
                    entry_token=leg.entry_token,
                    trunk=leg.trunk,
                    account=leg.account,
                )
                self._take_in(entered)

    def _take_in(self, leg: port.LegEntered) -> None:
        self._entering[leg.leg_id] = []
        self._spawn(self._enter(leg))

    def _pass_on(self, leg_id: str, event: LegEvent) -> None:
        owner = self._legs.get(leg_id)
        if owner:
            owner.post(event)
            if isinstance(event, port.DigitReceived):
                self.keys(owner, event)
        elif leg_id in self.sessions:
            self.sessions[leg_id].post(event)
        elif leg_id in self._entering:
            self._entering[leg_id].append(event)
        elif isinstance(event, port.LegAnswered):
            self._spawn(self._dismiss(leg_id, port.EndCause.NORMAL))

    def owner_of_recording(self, recording_id: str) -> CallOwner | None:
        """The call a recording belongs to."""
        return next((owner for owner in self.owners.values() if owner.waits_for(recording_id)), None)

    # --- new calls ------------------------------------------------------------------------------------------------------------

    async def _enter(self, leg: port.LegEntered) -> None:
        arrival = None
        try:
            if self._is_agents(leg):
                await self._enter_phone(leg)
                return
            arrival = self._arrival(leg)
            if arrival is None:
                log.warning("call.nowhere", number_called=leg.number_called, trunk=leg.trunk)
                await self._dismiss(leg.leg_id, port.EndCause.UNREACHABLE)
                return
            await self._begin(leg, arrival)
        except Exception:
            log.exception("call.not_begun", leg_id=leg.leg_id)
            await self._dismiss(leg.leg_id, port.EndCause.CONGESTION)
        finally:
            self._entering.pop(leg.leg_id, None)
            if arrival and arrival.channel == "web_call" and arrival.contact_id not in self.owners:
                self._visitors.ended(arrival.contact_id, "system")

    def _is_agents(self, leg: port.LegEntered) -> bool:
        return bool(leg.account and not leg.entry_token and self.configuration and leg.account in self.configuration.account_owners)

    async def _enter_phone(self, leg: port.LegEntered) -> None:
        """An agent's own telephone calls."""
        assert self.configuration
        agent = self.configuration.routing.agents.get(self.configuration.account_owners[leg.account])
        cause = port.EndCause.REFUSED
        if agent and self.entrance:
            refused = await self.entrance.enter(agent.business_id, agent.agent_id, leg)
            if refused is None:
                for event in self._entering.get(leg.leg_id, ()):
                    self._pass_on_now(leg.leg_id, event)
                return
            cause = refused
        await self._dismiss(leg.leg_id, cause)

    def _pass_on_now(self, leg_id: str, event: LegEvent) -> None:
        owner = self._legs.get(leg_id)
        if owner:
            owner.post(event)

    def _arrival(self, leg: port.LegEntered) -> Arrival | None:
        if self.configuration is None:
            return None
        if leg.entry_token:
            visit = self._visitors.visit(leg.entry_token)
            entry = self.configuration.entries.get(("web", visit.entry)) if visit else None
            if visit is None:
                return None
            if entry is None:
                self._visitors.ended(self._visitors.contact_of(visit.call_id), "system")
                return None
            return Arrival(
                self._visitors.contact_of(visit.call_id), "web_call", entry, visit.language or entry.language, visit.customer_number
            )
        entry = self.configuration.entries.get(("number", leg.number_called))
        return Arrival(self._new_id(), "phone", entry, entry.language) if entry else None

    def _flow_of(self, entry: EntryPoint) -> Flow | None:
        """The flow of an entry; of a direct number, that of a call to the person."""
        assert self.configuration
        return person_flow(entry.person_id) if entry.person_id else self.configuration.flows.get(entry.flow_id)

    async def _begin(self, leg: port.LegEntered, arrival: Arrival) -> None:
        assert self.configuration
        business_id = arrival.entry.business_id
        flow = self._flow_of(arrival.entry)
        if flow is None:
            await self._dismiss(leg.leg_id, port.EndCause.CONGESTION)
            return
        number = leg.remote_number if arrival.channel == "phone" else ""
        customer_id, language = await self.records.customer(business_id, number, arrival.customer_number)
        variables = {"customer_number": arrival.customer_number} if arrival.customer_number else {}
        state = CallState(contact_id=arrival.contact_id, caller_leg=leg.leg_id)
        call = CallToPersons(state, self.tables_of_caller(business_id, number))
        owner = CallOwner(call, business_id, number, leg.remote_name, self.around)
        self.hold(owner, [leg.leg_id])
        owner.start()
        owner.post(w.Begin(arrival.channel, arrival.entry.address, customer_id, arrival.language or language, flow, variables))
        for event in self._entering.get(leg.leg_id, ()):
            owner.post(event)
        self.records.keep(owner, arrival.channel, arrival.entry.address, customer_id, self.around.clock())

    def tables_of_caller(self, business_id: str, number: str) -> Tables:
        """What a call looks up, with what concerns the customer of this number."""
        tables = self.tables_for(business_id)
        try:
            own = number_to_call(number, tables.callbacks)
        except NumberNotAllowed:
            own = ""
        waiting = returning(list(self.owners.values()), business_id, matchable(number)) if matchable(number) else {}
        return replace(tables, own_number=own, returning=waiting)

    async def _dismiss(self, leg_id: str, cause: port.EndCause) -> None:
        try:
            await self.around.engine.hang_up(leg_id, cause)
        except HuyingError as error:
            log.debug("call.dismiss_failed", leg_id=leg_id, reason=error.message)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
