"""The engine as the calls see it: a leg of theirs may be one of several devices that rang, or a permanent line.

A thin shell around `ringing` and `line`: it passes events in, carries out what they want, and translates ids both ways. What must
survive a restart of ours stands in the engine as labels of legs: the call's leg that a device or a line stands for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import structlog

from huying.channels.voice.devices import line as lines
from huying.channels.voice.devices import ringing
from huying.channels.voice.devices.choice import BY_HAND, KIND_NUMBER, Choices, Device
from huying.channels.voice.devices.line import Line
from huying.channels.voice.devices.passing import PassingEngine
from huying.channels.voice.devices.ringing import MARK, Ring
from huying.flows.effects import Item, Say
from huying.flows.prompts.catalogue import BEEP
from huying.foundation.errors import HuyingError
from huying.telephony import port

log = structlog.get_logger()

LINE = f"line{MARK}"
LINE_RING_SECONDS = 30
PAUSE_MS = 2_500
HUSH_MS = 60_000
LEAST_HUSH_SECONDS = 1.0
AGAIN_SECONDS = 10.0
ANSWER_AFTER = "X-Huying-Answer-After"
PROMPTS = {"ask": "device.call_for_you", "keep_line": "device.keep_line", "line_is_up": "device.line_is_up"}


@dataclass(frozen=True, slots=True)
class _Wish:
    """How a device is rung."""

    caller_number: str
    caller_name: str
    timeout_seconds: int
    auto_answer: bool
    headers: Mapping[str, str]


class DevicesEngine(PassingEngine):
    """Implements Engine on another one."""

    def __init__(
        self,
        inner: port.Engine,
        new_id: Callable[[], str],
        speak: Callable[[tuple[Item, ...]], list[port.Media]],
        line_closed: Callable[[str], None] = lambda _person_id: None,
    ) -> None:
        super().__init__(inner)
        self._new_id, self._speak, self.line_closed = new_id, speak, line_closed
        self._choices = Choices()
        self._registered: frozenset[str] = frozenset()
        self._told: frozenset[str] = frozenset()
        self._rings: dict[str, Ring] = {}
        """By the call's leg."""
        self._lines: dict[str, Line] = {}
        """By person."""
        self._playing: dict[str, str] = {}
        """Playback -> the device's leg that hears it."""
        self._said_at: dict[str, float] = {}
        self._bridges: dict[str, str] = {}
        """A line's leg -> the bridge it is in."""
        self._out: asyncio.Queue[port.EngineEvent | None] = asyncio.Queue()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    # --- what agents chose ---------------------------------------------------------------------------------------------------

    def configure(self, choices: Choices) -> None:
        """What rings from now on. Lines of those who want none any longer are closed when no call needs them."""
        self._choices = choices
        for person_id in list(self._lines):
            choice = choices.by_person.get(person_id)
            if choice is None or not choice.permanent or not choice.device(self._lines[person_id].device.account):
                self.drop_line(person_id)
        self._tell_reachable()

    def has_line(self, person_id: str) -> bool:
        """Does a permanent line of this person stand, or is it being put up?"""
        return person_id in self._lines

    def line_people(self) -> list[str]:
        """Whose permanent lines stand."""
        return list(self._lines)

    def wants_line(self, person_id: str) -> bool:
        """Did this person choose a permanent line?"""
        choice = self._choices.by_person.get(person_id)
        return bool(choice and choice.permanent and choice.devices)

    def want_line(self, person_id: str) -> None:
        """Put the person's permanent line up, unless it stands or he wants none."""
        choice = self._choices.by_person.get(person_id)
        if choice is None or not choice.permanent or not choice.devices or person_id in self._lines:
            return
        new = Line(person_id, f"{LINE}{person_id}{MARK}{self._new_id()}", choice.devices[0])
        self._lines[person_id] = new
        wish = _Wish("", "", LINE_RING_SECONDS, not new.device.asks, {})
        self._spawn(self._dial(new.leg_id, new.device, wish))

    def drop_line(self, person_id: str) -> None:
        """The person needs no line any longer."""
        found = self._lines.get(person_id)
        if found:
            self._step_line(*lines.close(found))

    def account_of(self, leg_id: str) -> str:
        """The account whose telephone has the call's leg; empty when no choice of devices was made for it."""
        ring = self._rings.get(leg_id)
        winner = ring.winner if ring else None
        serving = self._serving(leg_id)
        return winner.device.account if winner else serving.device.account if serving else ""

    # --- events ---------------------------------------------------------------------------------------------------------------

    async def events(self) -> AsyncIterator[port.EngineEvent]:
        """See Engine."""
        pump = asyncio.create_task(self._pump())
        try:
            while (event := await self._out.get()) is not None:
                yield event
            await pump
        finally:
            pump.cancel()

    async def _pump(self) -> None:
        try:
            async for event in self._inner.events():
                self._take(event)
        finally:
            self._out.put_nowait(None)

    def _take(self, event: port.EngineEvent) -> None:
        match event:
            case port.EngineConnected(snapshot):
                self._recover(snapshot)
                self._out.put_nowait(port.EngineConnected(self._translated(snapshot)))
            case port.EngineGone():
                self._forget_all()
                self._out.put_nowait(event)
            case port.AccountReachable(account, reachable):
                self._registered = self._registered | {account} if reachable else self._registered - {account}
                self._tell_reachable()
            case port.PlaybackEnded(playback_id):
                self._played(event, self._playing.pop(playback_id, None))
            case port.TransferRequested():
                self._out.put_nowait(replace(event, leg_id=self._call_leg(event.leg_id), replaces=self._call_leg(event.replaces)))
            case port.LegRinging() | port.LegAnswered() | port.LegEnded() | port.DigitReceived() | port.HoldChanged():
                self._of_leg(event)
            case _:
                self._out.put_nowait(event)

    def _of_leg(self, event: port.LegRinging | port.LegAnswered | port.LegEnded | port.DigitReceived | port.HoldChanged) -> None:
        leg_id = event.leg_id
        ring, found = self._ring_at(leg_id), self._line_at(leg_id)
        if found:
            self._of_line(found, event)
        elif ring is None:
            self._out.put_nowait(event)
        elif isinstance(event, port.LegRinging):
            self._step_ring(*ringing.rings(ring, leg_id))
        elif isinstance(event, port.LegAnswered):
            self._step_ring(*ringing.answered(ring, leg_id))
        elif isinstance(event, port.LegEnded):
            self._step_ring(*ringing.ended(ring, leg_id, event.cause, event.by_far_end))
        elif ring.winner and ring.winner.leg_id == leg_id:
            self._out.put_nowait(replace(event, leg_id=ring.leg_id))
        elif isinstance(event, port.DigitReceived):
            self._step_ring(*ringing.pressed(ring, leg_id, event.digit))

    def _of_line(
        self, found: Line, event: port.LegRinging | port.LegAnswered | port.LegEnded | port.DigitReceived | port.HoldChanged
    ) -> None:
        if isinstance(event, port.LegAnswered):
            self._step_line(*lines.answered(found))
        elif isinstance(event, port.LegEnded):
            self._step_line(*lines.ended(found, event.by_far_end or event.cause is not port.EndCause.NORMAL))
        elif found.state is lines.State.USED and not isinstance(event, port.LegRinging):
            self._out.put_nowait(replace(event, leg_id=found.serves))
        elif isinstance(event, port.DigitReceived):
            self._step_line(*lines.pressed(found, event.digit))

    def _played(self, event: port.PlaybackEnded, leg_id: str | None) -> None:
        """Something of ours, or of a call, has come to its end."""
        if leg_id is None:
            self._out.put_nowait(replace(event, leg_id=self._call_leg(event.leg_id)))
            return
        found, ring = self._line_at(leg_id), self._ring_at(leg_id)
        if found and (event.completed or found.state is lines.State.ANNOUNCED):
            loop = asyncio.get_running_loop()
            # Sound that is over as soon as it begins must not become a storm of requests.
            early = found.state is lines.State.IDLE and loop.time() - self._said_at.get(leg_id, 0.0) < LEAST_HUSH_SECONDS
            loop.call_later(AGAIN_SECONDS if early else 0.0, self._line_played, found.leg_id)
        elif ring and event.completed and (member := ring.member(leg_id)) and member.state is ringing.State.ASKED:
            self._say(leg_id, "ask", member.device)

    def _line_played(self, leg_id: str) -> None:
        found = self._line_at(leg_id)
        if found and leg_id not in self._playing.values():
            self._step_line(*lines.played(found))

    # --- carrying out -----------------------------------------------------------------------------------------------------------

    def _step_ring(self, ring: Ring, deeds: Sequence[ringing.Deed]) -> None:
        self._rings[ring.leg_id] = ring
        if not ring.alive() and ring.winner is None:
            self._rings.pop(ring.leg_id, None)
            self._cancel(ring.leg_id)
        for deed in deeds:
            match deed:
                case ringing.Tell(event):
                    self._out.put_nowait(event)
                case ringing.Stop(leg_id, cause):
                    self._try(self._inner.hang_up(leg_id, cause))
                case ringing.Ask(leg_id):
                    member = ring.member(leg_id)
                    if member:
                        self._say(leg_id, "ask", member.device)
                case ringing.Take(leg_id):
                    self._cancel(ring.leg_id)
                    self._quiet(leg_id)
                    self._try(self._inner.label(leg_id, ring.leg_id))

    def _step_line(self, found: Line, deeds: Sequence[lines.Deed]) -> None:
        self._lines[found.person_id] = found
        for deed in deeds:
            match deed:
                case lines.Tell(event):
                    self._out.put_nowait(event)
                case lines.Say(what):
                    self._say(found.leg_id, what, found.device)
                case lines.Quiet():
                    self._quiet(found.leg_id)
                case lines.Label(text):
                    self._try(self._inner.label(found.leg_id, text))
                case lines.Leave():
                    self._free(found.leg_id)
                case lines.HangUp():
                    self._try(self._inner.hang_up(found.leg_id))
                case lines.Closed(by_far_end):
                    self._lines.pop(found.person_id, None)
                    self._bridges.pop(found.leg_id, None)
                    if by_far_end:
                        self.line_closed(found.person_id)
        self._tell_reachable()

    def _say(self, leg_id: str, what: str, device: Device) -> None:
        playback = self._new_id()
        self._playing[playback] = leg_id
        self._said_at[leg_id] = asyncio.get_running_loop().time()
        media: list[port.Media] = [port.Silence(HUSH_MS)]
        if what == "beep":
            media = self._speak((Say(BEEP, ""),))
        elif what in PROMPTS:
            choice = self._choices.of(device.account)
            media = [port.Silence(300), *self._speak((Say(PROMPTS[what], choice.language if choice else "en"),))]
            media += [port.Silence(PAUSE_MS)] if what != "line_is_up" else []
        self._try(self._inner.play(playback, leg_id, media))

    def _quiet(self, leg_id: str) -> None:
        for playback in [one for one, heard_by in self._playing.items() if heard_by == leg_id]:
            del self._playing[playback]
            self._try(self._inner.stop_playback(playback))

    def _free(self, leg_id: str) -> None:
        bridge = self._bridges.pop(leg_id, "")
        if bridge:
            self._try(self._inner.leave(bridge, leg_id))
        self._try(self._inner.stop_music(leg_id))
        self._try(self._inner.mute(leg_id, False))

    def _try(self, request: object) -> None:
        """Ask the engine beside, in order; what is gone is gone."""
        assert asyncio.iscoroutine(request)
        before = self._order
        self._order = asyncio.get_running_loop().create_task(self._after(before, request))
        self._keep(self._order)

    _order: asyncio.Task[None] | None = None

    async def _after(self, before: asyncio.Task[None] | None, request: object) -> None:
        assert asyncio.iscoroutine(request)
        if before:
            await asyncio.wait([before])
        with suppress(HuyingError):
            await request

    def _spawn(self, job: object) -> None:
        assert asyncio.iscoroutine(job)
        self._keep(asyncio.get_running_loop().create_task(job))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _cancel(self, leg_id: str) -> None:
        timer = self._timers.pop(leg_id, None)
        if timer:
            timer.cancel()

    # --- ringing ----------------------------------------------------------------------------------------------------------------

    async def originate(
        self,
        leg_id: str,
        to: port.Destination,
        *,
        caller_number: str,
        caller_name: str,
        timeout_seconds: int,
        auto_answer: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """See Engine. An account is rung with all the devices its owner chose, unless it is to be answered at once."""
        wish = _Wish(caller_number, caller_name, timeout_seconds, auto_answer, headers or {})
        choice = self._choices.of(to.address) if to.kind == "account" else None
        if to.kind == "account" and not auto_answer and (seconds := self._choices.answer_seconds(to.address)) != BY_HAND:
            wish = replace(wish, headers={**wish.headers, ANSWER_AFTER: str(seconds)})
        if choice and choice.permanent:
            self._ring_line(choice.person_id, leg_id, again=auto_answer)
            return
        device = choice.device(to.address) if choice else None
        if choice is None or device is None or ((len(choice.devices) == 1 or auto_answer) and not device.asks):
            await self._pass_originate(leg_id, to, wish)
            return
        ring = ringing.begin(leg_id, [device] if auto_answer else choice.devices)
        self._rings[leg_id] = ring
        self._timers[leg_id] = asyncio.get_running_loop().call_later(timeout_seconds + 1, self._overdue, leg_id)
        for member in ring.members:
            self._spawn(self._dial(member.leg_id, member.device, wish))

    async def _pass_originate(self, leg_id: str, to: port.Destination, wish: _Wish) -> None:
        await self._inner.originate(
            leg_id,
            to,
            caller_number=wish.caller_number,
            caller_name=wish.caller_name,
            timeout_seconds=wish.timeout_seconds,
            auto_answer=wish.auto_answer,
            headers=wish.headers,
        )

    async def _dial(self, leg_id: str, device: Device, wish: _Wish) -> None:
        to = port.Destination("number", device.number, device.trunk) if device.asks else port.Destination("account", device.account)
        if device.asks:
            wish = replace(wish, caller_number=device.shown, caller_name="", auto_answer=False, headers={})
        try:
            await self._pass_originate(leg_id, to, wish)
        except HuyingError as error:
            log.info("device.not_rung", leg_id=leg_id, reason=error.message)
            self._of_leg(port.LegEnded(leg_id, port.EndCause.UNREACHABLE, by_far_end=False))

    def _ring_line(self, person_id: str, leg_id: str, *, again: bool) -> None:
        found = self._lines.get(person_id)
        if found:
            self._step_line(*lines.rung(found, leg_id, again=again))
        else:
            self._out.put_nowait(port.LegEnded(leg_id, port.EndCause.UNREACHABLE, by_far_end=False))

    def _overdue(self, leg_id: str) -> None:
        ring = self._rings.get(leg_id)
        if ring:
            self._step_ring(*ringing.overdue(ring))

    async def hang_up(self, leg_id: str, cause: port.EndCause = port.EndCause.NORMAL) -> None:
        """See Engine."""
        ring, found = self._rings.get(leg_id), self._serving(leg_id)
        if ring:
            self._step_ring(*ringing.given_up(ring, cause))
        elif found:
            self._step_line(*lines.released(found, leg_id))
        else:
            await self._inner.hang_up(leg_id, cause)

    async def join(self, bridge_id: str, leg_ids: Sequence[str]) -> None:
        """See Engine."""
        here = [self._device_leg(leg_id) for leg_id in leg_ids]
        for leg_id in here:
            if self._line_at(leg_id):
                self._bridges[leg_id] = bridge_id
        if self._order:
            await asyncio.wait([self._order])  # what it hears ends before it hears the others
        await self._inner.join(bridge_id, here)

    # --- ids --------------------------------------------------------------------------------------------------------------------

    def _device_leg(self, leg_id: str) -> str:
        ring, found = self._rings.get(leg_id), self._serving(leg_id)
        if found:
            return found.leg_id
        return ring.winner.leg_id if ring and ring.winner else leg_id

    def _call_leg(self, leg_id: str) -> str:
        ring, found = self._ring_at(leg_id), self._line_at(leg_id)
        return ring.leg_id if ring else found.serves if found and found.serves else leg_id

    def _ring_at(self, leg_id: str) -> Ring | None:
        return self._rings.get(leg_id.rpartition(MARK)[0]) if MARK in leg_id else None

    def _line_at(self, leg_id: str) -> Line | None:
        found = self._lines.get(leg_id.split(MARK)[1]) if leg_id.startswith(LINE) else None
        return found if found and found.leg_id == leg_id else None

    def _serving(self, leg_id: str) -> Line | None:
        return next((found for found in self._lines.values() if leg_id and found.serves == leg_id), None)

    # --- the whole truth --------------------------------------------------------------------------------------------------------

    async def snapshot(self) -> port.Snapshot:
        """See Engine. Lines that no call uses are not in it: they belong to nobody but us."""
        return self._translated(await self._inner.snapshot())

    def _translated(self, raw: port.Snapshot) -> port.Snapshot:
        legs: dict[str, port.LegSnapshot] = {}
        names: dict[str, str] = {}
        for leg_id, leg in raw.legs.items():
            ring, found = self._ring_at(leg_id), self._line_at(leg_id)
            if ring and (ring.winner is None or ring.winner.leg_id == leg_id):
                names[leg_id] = ring.leg_id
                legs[ring.leg_id] = replace(leg, leg_id=ring.leg_id, answered=ring.winner is not None)
            elif found and found.serves:
                names[leg_id] = found.serves
                legs[found.serves] = replace(leg, leg_id=found.serves, answered=found.state is lines.State.USED)
            elif not (ring or found or MARK in leg_id):
                legs[leg_id] = leg
        bridges = {
            bridge_id: port.BridgeSnapshot(bridge_id, frozenset(names.get(leg, leg) for leg in bridge.legs))
            for bridge_id, bridge in raw.bridges.items()
        }
        return replace(raw, legs=legs, bridges=bridges, reachable_accounts=self._reachable())

    def _recover(self, raw: port.Snapshot) -> None:
        """Take up what stands in the engine, by its labels; let go of what was being asked or rung when nobody listened."""
        self._registered = raw.reachable_accounts
        self._rings = {leg_id: ring for leg_id, ring in self._rings.items() if any(one.leg_id in raw.legs for one in ring.members)}
        self._lines = {person: found for person, found in self._lines.items() if found.leg_id in raw.legs}
        in_bridge = {leg: bridge_id for bridge_id, bridge in raw.bridges.items() for leg in bridge.legs}
        for leg_id, leg in raw.legs.items():
            if MARK not in leg_id or self._ring_at(leg_id) or self._line_at(leg_id):
                continue
            if leg_id.startswith(LINE) and leg.label:
                self._take_up_line(leg, in_bridge.get(leg_id, ""))
            elif not leg_id.startswith(LINE) and leg.label == leg_id.rpartition(MARK)[0]:
                member = ringing.Member(leg_id, self._device_of(leg), ringing.State.WON)
                self._rings[leg.label] = Ring(leg.label, (member,), told=True)
            else:
                self._try(self._inner.hang_up(leg_id))
        self._told = self._reachable()

    def _take_up_line(self, leg: port.LegSnapshot, bridge_id: str) -> None:
        person_id = leg.leg_id.split(MARK)[1]
        idle = leg.label == lines.IDLE_LABEL
        state = lines.State.IDLE if idle else lines.State.USED
        self._lines[person_id] = Line(person_id, leg.leg_id, self._device_of(leg), state, "" if idle else leg.label)
        if idle:
            self._say(leg.leg_id, "hush", self._lines[person_id].device)
        elif bridge_id:
            self._bridges[leg.leg_id] = bridge_id

    def _device_of(self, leg: port.LegSnapshot) -> Device:
        devices = [device for choice in self._choices.by_person.values() for device in choice.devices]
        if leg.account:
            return next((one for one in devices if one.account == leg.account), Device(leg.account, ""))
        return next((one for one in devices if one.asks and one.number == leg.number_called), Device("", KIND_NUMBER))

    def _forget_all(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        for keeper in (self._rings, self._lines, self._playing, self._bridges, self._timers):
            keeper.clear()

    def _reachable(self) -> frozenset[str]:
        up = frozenset(person for person, found in self._lines.items() if found.up and not found.closing)
        return self._choices.reachable(self._registered, up)

    def _tell_reachable(self) -> None:
        now = self._reachable()
        for account in sorted(now ^ self._told):
            self._out.put_nowait(port.AccountReachable(account, account in now))
        self._told = now

    async def close(self) -> None:
        """See Engine."""
        for timer in self._timers.values():
            timer.cancel()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._inner.close()
