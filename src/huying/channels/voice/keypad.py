"""What codes do, dialled or pressed in a conversation. Decides nothing: each code is a command that the desk has as well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace

import structlog

from huying.channels.dialling.plan import DialPlan
from huying.channels.keypad.actions import Action, Codes
from huying.channels.keypad.collecting import Collecting
from huying.channels.voice.appointing import Appointing, Meant
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.outgoing import INTERNAL
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.dialling_part import DiallingPart
from huying.channels.voice.keypad_book import Called, KeypadBook
from huying.channels.voice.listening import Listening
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.party_commands import PartyCommands
from huying.channels.voice.phone_entrance import PhoneCall
from huying.channels.voice.phone_session import HungUp, PhoneSession
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.switchboard import Switchboard
from huying.flows.effects import Item, Say
from huying.foundation.errors import Conflict, HuyingError, NotFound
from huying.routing.router import work
from huying.telephony import port

log = structlog.get_logger()

WRONG_SECONDS = 0.7
SLOT_DIGITS = 3
LONGEST_SITTING = 1800.0
LANGUAGE = "zh-CN"
MONITOR_KEYS = {"4": "listen", "5": "whisper", "6": "join"}
"""What a lead presses who hears a call."""


class Keypad:
    """Codes of telephones."""

    def __init__(
        self,
        switchboard: Switchboard,
        routing: RoutingOwner,
        parties: PartyCommands,
        dialling: DiallingPart,
        book: KeypadBook | None,
        appointing: Appointing,
        speak: Callable[[tuple[Item, ...]], list[port.Media]],
        reload: Callable[[], Awaitable[None]],
        spawn: Callable[[Coroutine[None, None, None]], None],
    ) -> None:
        self._switchboard, self._routing, self._parties, self._dialling = switchboard, routing, parties, dialling
        self._maybe_book, self._speak, self._reload, self._spawn = book, speak, reload, spawn
        self._appointing = appointing
        self._collecting: dict[str, Collecting] = {}
        switchboard.keys = self.pressed
        switchboard.transfers = self.transfer_requested
        dialling.entrance.code_of, dialling.entrance.beside = self.code_of, self.beside

    @property
    def _book(self) -> KeypadBook:
        if self._maybe_book is None:
            raise NotFound("Nothing is kept here that this code could reach.")
        return self._maybe_book

    # --- dialled ----------------------------------------------------------------------------------------------------------------

    def code_of(self, business_id: str, dialled: str) -> Callable[[PhoneCall], Awaitable[None]] | None:
        """What the dialled text does, where it is a code."""
        found, plan = self._codes(business_id).dialled(dialled), self._dialling.calls.plan_of(business_id)
        if found is None or (plan.inner(dialled) and not _means(found[0], found[1], plan)):
            return None  # a mailbox, though it may begin as a code does
        action, rest = found

        async def run(call: PhoneCall) -> None:
            await self._dialled(action, replace(call, rest=rest))

        return run

    def _codes(self, business_id: str) -> Codes:
        assert self._switchboard.configuration
        return self._switchboard.configuration.codes_of(business_id)

    async def _dialled(self, action: Action, call: PhoneCall) -> None:
        match action.name:
            case "pick_up_group" | "pick_up_agent" | "pick_up_parked":
                await self._pick_up(action.name, call)
            case "monitor":
                await self._monitor(call)
            case "redial":
                await self._call(call, await self._book.last_called(call.business_id, call.agent_id))
            case "speed_dial":
                await self._call(call, await self._book.speed_dial(call.business_id, call.agent_id, int(call.rest[:1] or 0)))
            case _:
                self._spawn(self._session(action, call))

    async def _call(self, call: PhoneCall, called: Called) -> None:
        plan = self._dialling.calls.plan_of(call.business_id)
        extension = next((ext for ext, agent in plan.extensions.items() if agent == called.agent_id), "")
        leg = replace(call.leg, number_called=extension or called.number)
        await self._dialling.entrance.dial(call.business_id, call.agent_id, leg)

    async def _pick_up(self, how: str, call: PhoneCall) -> None:
        owner = self._found(how, call)
        purpose = "pick_up" if owner.call.state.phase is Phase.PARKED else "take"
        await self._bring_in(call, owner, pw.ComeInAsked(call.agent_id, "", purpose, call.leg.leg_id))

    async def _monitor(self, call: PhoneCall) -> None:
        """A lead hears the call of the agent with this extension. Raises Forbidden, Conflict."""
        agent_id = self._dialling.calls.plan_of(call.business_id).extensions.get(call.rest, "")
        owner = self._parties.monitored(call.business_id, call.agent_id, agent_id)
        await self._bring_in(call, owner, pw.ComeInAsked(call.agent_id, "", "monitor_listen", call.leg.leg_id, agent_id))

    async def _bring_in(self, call: PhoneCall, owner: CallOwner, asked: pw.ComeInAsked) -> None:
        await self._switchboard.around.engine.answer(call.leg.leg_id)
        self._switchboard.leg_made(call.leg.leg_id, owner)
        await owner.ask(asked)

    def _found(self, how: str, call: PhoneCall) -> CallOwner:
        """The call that is meant. Raises Conflict."""
        mine = [owner for owner in self._switchboard.owners.values() if owner.business_id == call.business_id]
        if how == "pick_up_parked":
            found = [owner for owner in mine if owner.call.state.parked and owner.call.state.parked.slot == call.rest]
        else:
            wanted = self._colleagues(how, call)
            found = [owner for owner in mine if {ring.agent_id for ring in owner.call.state.rings} & wanted]
        if not found:
            raise Conflict("There is nothing to be picked up.")
        return min(found, key=lambda owner: owner.call.state.entered_at or owner.now())

    def _colleagues(self, how: str, call: PhoneCall) -> set[str]:
        """Those whose ringing calls are meant: this one, or all who share a group."""
        assert self._switchboard.configuration
        agents = self._switchboard.configuration.routing.agents
        if how == "pick_up_agent":
            return {self._dialling.calls.plan_of(call.business_id).extensions.get(call.rest, "")} - {""}
        me = agents.get(call.agent_id)
        groups = me.profile.groups.keys() if me else frozenset()
        return {agent_id for agent_id, one in agents.items() if one.business_id == call.business_id and one.profile.groups.keys() & groups}

    # --- sessions: the telephone hears something ------------------------------------------------------------------------------------

    async def _session(self, action: Action, call: PhoneCall) -> None:
        around, leg_id = self._switchboard.around, call.leg.leg_id
        session = PhoneSession(around.engine, leg_id, self._switchboard.new_id)
        self._switchboard.sessions[leg_id] = session
        try:
            async with asyncio.timeout(LONGEST_SITTING):
                await around.engine.answer(leg_id)
                await self._in_session(action, call, session)
        except HungUp:
            log.debug("keypad.hung_up", action=action.name)
        except (HuyingError, TimeoutError) as error:
            log.info("keypad.refused", action=action.name, agent_id=call.agent_id, reason=str(error))
            await self._say_refused(session)
        finally:
            self._switchboard.sessions.pop(leg_id, None)
            await self._quietly(session.hang_up())

    async def _in_session(self, action: Action, call: PhoneCall, session: PhoneSession) -> None:
        if action.name in ("messages", "recordings"):
            await Listening(self._book, session, self._speak, LANGUAGE).run(call.business_id, call.agent_id, action.name)
            return
        if action.name == "book_callback":
            await self._appointing.run(session, await self._after_call(call))
            return
        await self._set(action.name, call)
        await session.play(self._speak((Say("keypad.done", LANGUAGE),)))

    async def _after_call(self, call: PhoneCall) -> Meant:
        """The customer in hand, or of the agent's last conversation. Raises NotFound."""
        presence = self._routing.router.presence(call.agent_id)
        contact_id = presence.contact_id if presence else ""
        if not contact_id:
            recent = await self._book.recordings(call.business_id, call.agent_id)
            contact_id = recent[0].contact_id if recent else ""
        return await self._appointing.after_call(call.business_id, call.agent_id, contact_id)

    async def _set(self, name: str, call: PhoneCall) -> None:
        business_id, person_id = call.business_id, call.agent_id
        match name:
            case "ready" | "break":
                if not self._signed_in(person_id):
                    self._routing.handle(work.SignIn(person_id, call.leg.account))
                self._routing.handle(work.ChooseStatus(person_id, name))
            case "sign_out":
                self._routing.handle(work.SignOut(person_id))
            case "finish_after_call":
                self._routing.handle(work.AfterCallFinished(person_id))
            case "callback_when_free":
                called = self._dialling.calls.plan_of(business_id).extensions.get(call.rest, "")
                if not called or called == person_id:
                    raise NotFound("There is no such colleague.")
                await self._book.wish(business_id, person_id, called)
                await self._dialling.wishes.read()
            case "do_not_disturb" | "do_not_disturb_off":
                await self._book.disturb_not(business_id, person_id, name == "do_not_disturb")
                await self._reload()
            case _:
                occasion = name.removeprefix("forward_").removesuffix("_off")
                number = "" if name.endswith("_off") else self._dialling.calls.may_dial(business_id, person_id, call.rest).number
                await self._book.divert(business_id, person_id, occasion, number)
                await self._reload()

    def _signed_in(self, person_id: str) -> bool:
        presence = self._routing.router.presence(person_id)
        return bool(presence and presence.signed_in)

    async def _say_refused(self, session: PhoneSession) -> None:
        try:
            await session.play(self._speak((Say("keypad.not_possible", LANGUAGE),)))
        except HuyingError as error:
            log.debug("keypad.not_said", reason=error.message)

    async def _quietly(self, doing: Awaitable[None]) -> None:
        try:
            await doing
        except HuyingError as error:
            log.debug("keypad.gone", reason=error.message)

    # --- the telephone's own keys -------------------------------------------------------------------------------------------------

    async def beside(self, business_id: str, agent_id: str, leg: port.LegEntered) -> bool:
        """Somebody in a conversation dials a second call on his telephone: he consults. Raises what says against it."""
        mine = (owner for owner in self._switchboard.owners.values() if owner.call.state.segment_of(agent_id))
        owner = next((one for one in mine if one.business_id == business_id), None)
        if owner is None:
            return False
        target = await self._consulted(owner, agent_id, leg.number_called)
        self._switchboard.leg_made(leg.leg_id, owner)
        await owner.ask(pw.ConsultAsked(agent_id, target, leg.leg_id))
        return True

    def transfer_requested(self, owner: CallOwner, event: port.TransferRequested) -> None:
        """The key for transferring on somebody's telephone."""
        self._spawn(self._transfer(owner, event))

    async def _transfer(self, owner: CallOwner, event: port.TransferRequested) -> None:
        engine, state = self._switchboard.around.engine, owner.call.state
        side = state.side
        segment = state.segment_at(event.leg_id) or (state.segment_of(side.agent_id) if side and side.own_leg == event.leg_id else None)
        try:
            if segment is None:
                raise NotFound("Only an agent in the conversation can hand it on.")
            if event.replaces and not (side and side.own_leg and side.talking):
                raise Conflict("Nobody has answered there yet.")
            if event.replaces:
                asked: pw.PartyAsked = pw.CompleteAsked(segment.agent_id)
            else:
                asked = pw.TransferAsked(segment.agent_id, await self._target(owner, segment.agent_id, event.number))
            # It is told before its own leg ends, and only when the call has nothing against it.
            await owner.ask(asked, accepted=lambda: self._quietly(engine.transfer_done(event.leg_id, True)))
        except HuyingError as error:
            log.info("keypad.transfer_refused", reason=error.message)
            await self._quietly(engine.transfer_done(event.leg_id, False))

    # --- pressed in a conversation --------------------------------------------------------------------------------------------------

    def pressed(self, owner: CallOwner, event: port.DigitReceived) -> None:
        """A key of somebody in a call: of an agent's telephone it may be a code."""
        monitor = next((one for one in owner.call.state.monitors if one.leg_id == event.leg_id), None)
        if monitor and event.digit in MONITOR_KEYS:
            self._spawn(self._asked(owner, event.leg_id, pw.MonitorAsked(monitor.agent_id, MONITOR_KEYS[event.digit])))
            return
        agent_id = _agent_at(owner.call.state, event.leg_id)
        if not agent_id:
            return
        if self._appointing.waits(event.leg_id):
            self._spawn(self._in_call_answered(event.leg_id, event.digit))
            return
        collecting = self._collecting.setdefault(event.leg_id, Collecting())
        done = collecting.press(self._codes(owner.business_id), event.digit, owner.now())
        if collecting.passed:
            self._spawn(self._asked(owner, event.leg_id, w.DigitsAsked(agent_id, collecting.passed)))
        if done:
            self._spawn(self._in_call(owner, agent_id, event.leg_id, *done))
        self._collecting = {leg: one for leg, one in self._collecting.items() if self._switchboard.knows_leg(leg)}

    async def _asked(self, owner: CallOwner, leg_id: str, asked: pw.PartyAsked | w.DigitsAsked) -> None:
        try:
            await owner.ask(asked)
        except HuyingError as error:
            log.info("keypad.refused", asked=type(asked).__name__, reason=error.message)
            await self._quietly(self._tone(leg_id))

    async def _in_call_answered(self, leg_id: str, key: str) -> None:
        try:
            await self._appointing.answer(leg_id, key)
        except HuyingError as error:
            log.info("keypad.refused", action="book_in_call", reason=error.message)
            await self._quietly(self._tone(leg_id))

    async def _in_call(self, owner: CallOwner, agent_id: str, leg_id: str, action: Action, rest: str) -> None:
        try:
            if action.name == "book_in_call":
                await self._appointing.ask(leg_id, self._appointing.in_call(owner, agent_id), rest)
            else:
                await self._do(owner, agent_id, action.name, rest)
        except HuyingError as error:
            log.info("keypad.refused", action=action.name, agent_id=agent_id, reason=error.message)
            await self._quietly(self._tone(leg_id))

    async def _tone(self, leg_id: str) -> None:
        """It was not possible."""
        engine, playback = self._switchboard.around.engine, self._switchboard.new_id()
        await engine.play(playback, leg_id, [port.Tone("congestion")])
        await asyncio.sleep(WRONG_SECONDS)
        await engine.stop_playback(playback)

    async def _do(self, owner: CallOwner, agent_id: str, name: str, rest: str) -> None:
        state = owner.call.state
        match name:
            case "hold":
                here = state.segment_of(agent_id) or state.outgoing
                await owner.ask(w.HoldAsked(agent_id, not (here and here.held_since)))
            case "consult":
                await owner.ask(pw.ConsultAsked(agent_id, await self._consulted(owner, agent_id, rest)))
            case "transfer":
                await owner.ask(pw.TransferAsked(agent_id, await self._target(owner, agent_id, rest)))
            case "swap":
                await owner.ask(pw.SwapAsked(agent_id))
            case "conference":
                await owner.ask(pw.MergeAsked(agent_id))
            case "complete":
                await owner.ask(pw.CompleteAsked(agent_id))
            case "back":
                await owner.ask(pw.EndConsultAsked(agent_id))
            case "park":
                await self._parties.park(owner, agent_id)
            case "pause_recording":
                await owner.ask(w.PauseAsked(agent_id, not (state.recording and state.recording.paused)))

    async def _target(self, owner: CallOwner, agent_id: str, rest: str) -> pw.Target:
        return await self._parties.target(owner.business_id, agent_id, self._given(owner, rest), ring=False)

    async def _consulted(self, owner: CallOwner, agent_id: str, rest: str) -> pw.Target:
        return await self._parties.consulted(owner.business_id, agent_id, self._given(owner, rest))

    def _given(self, owner: CallOwner, rest: str) -> dict[str, str]:
        """A colleague, queue, flow or mailbox by its internal number, else a number."""
        inner = self._dialling.calls.plan_of(owner.business_id).inner(rest)
        return {"kind": inner.kind, "id": inner.id} if inner else {"kind": "number", "number": rest}


def _means(action: Action, rest: str, plan: DialPlan) -> bool:
    """Whether what follows a code can be what it takes."""
    match action.takes:
        case "extension":
            return rest in plan.extensions
        case "slot":
            return len(rest) == SLOT_DIGITS
        case "key":
            return len(rest) == 1
        case "number":
            return bool(plan.inner(rest)) or len(rest) >= SLOT_DIGITS
    return not rest


def _agent_at(state: CallState, leg_id: str) -> str:
    """The agent in a conversation whose telephone this is, also one who called a colleague; empty for everybody else's."""
    if segment := state.segment_at(leg_id):
        return segment.agent_id
    calls = state.outgoing if leg_id == state.caller_leg and state.phase is Phase.TALKING else None
    return calls.agent_id if calls and calls.kind == INTERNAL else ""
