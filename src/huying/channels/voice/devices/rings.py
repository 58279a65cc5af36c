"""All rings at several devices, and at numbers: the shell around `ringing`. It passes events in and carries out what a ring wants."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from huying.channels.voice.devices import ringing
from huying.channels.voice.devices.beside import Beside
from huying.channels.voice.devices.choice import Device
from huying.channels.voice.devices.dialling import Wish, dial
from huying.channels.voice.devices.ringing import MARK, Ring
from huying.channels.voice.devices.saying import Prompter
from huying.telephony import port

LegEvent = port.LegRinging | port.LegAnswered | port.LegEnded | port.DigitReceived | port.HoldChanged


class Rings:
    """By the call's leg. A ring whose device has the call stays until that leg ends."""

    def __init__(self, engine: port.Engine, beside: Beside, prompter: Prompter, tell: Callable[[port.EngineEvent], None]) -> None:
        self._engine, self._beside, self._prompter, self._tell = engine, beside, prompter, tell
        self._rings: dict[str, Ring] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def begin(self, leg_id: str, devices: Sequence[Device], wish: Wish) -> None:
        """All these devices ring for the call's leg."""
        self._rings[leg_id] = ring = ringing.begin(leg_id, devices)
        self._timers[leg_id] = asyncio.get_running_loop().call_later(wish.timeout_seconds + 1, self._overdue, leg_id)
        for member in ring.members:
            self._beside.at_once(dial(self._engine, member.leg_id, member.device, wish, self._not_rung))

    def of_call(self, leg_id: str) -> Ring | None:
        """The ring of a call's leg."""
        return self._rings.get(leg_id)

    def of_device(self, leg_id: str) -> Ring | None:
        """The ring that a device's leg belongs to."""
        return self._rings.get(leg_id.rpartition(MARK)[0]) if MARK in leg_id else None

    def take(self, ring: Ring, event: LegEvent) -> None:
        """Something happened to one of its devices."""
        leg_id = event.leg_id
        if isinstance(event, port.LegRinging):
            self._step(*ringing.rings(ring, leg_id))
        elif isinstance(event, port.LegAnswered):
            self._step(*ringing.answered(ring, leg_id))
        elif isinstance(event, port.LegEnded):
            self._step(*ringing.ended(ring, leg_id, event.cause, event.by_far_end))
        elif ring.winner and ring.winner.leg_id == leg_id:
            self._tell(replace(event, leg_id=ring.leg_id))
        elif isinstance(event, port.DigitReceived):
            self._step(*ringing.pressed(ring, leg_id, event.digit))

    def heard(self, ring: Ring, leg_id: str, *, completed: bool) -> None:
        """A device has heard the question to its end: it hears it again, until a key is pressed."""
        member = ring.member(leg_id)
        if completed and member and member.state is ringing.State.ASKED:
            self._prompter.say(leg_id, "ask", member.device)

    def hang_up(self, ring: Ring, cause: port.EndCause) -> None:
        """The call does not want its leg any longer."""
        self._step(*ringing.given_up(ring, cause))

    def keep_only(self, legs: Iterable[str]) -> None:
        """These legs are in the engine; rings without any are over."""
        here = set(legs)
        self._rings = {leg_id: ring for leg_id, ring in self._rings.items() if here & {member.leg_id for member in ring.members}}

    def take_up(self, leg: port.LegSnapshot, device: Device) -> bool:
        """A device's leg that nobody knows: does it have a call, by its label? Then it has it still."""
        if leg.label != leg.leg_id.rpartition(MARK)[0]:
            return False
        self._rings[leg.label] = Ring(leg.label, (ringing.Member(leg.leg_id, device, ringing.State.WON),), told=True)
        return True

    def forget_all(self) -> None:
        """The engine is gone."""
        for leg_id in list(self._timers):
            self._end_timer(leg_id)
        self._rings.clear()

    def _not_rung(self, event: port.LegEnded) -> None:
        ring = self.of_device(event.leg_id)
        if ring:
            self.take(ring, event)

    def _overdue(self, leg_id: str) -> None:
        ring = self._rings.get(leg_id)
        if ring:
            self._step(*ringing.overdue(ring))

    def _end_timer(self, leg_id: str) -> None:
        timer = self._timers.pop(leg_id, None)
        if timer:
            timer.cancel()

    def _step(self, ring: Ring, deeds: Sequence[ringing.Deed]) -> None:
        self._rings[ring.leg_id] = ring
        if not ring.alive() and ring.winner is None:
            self._rings.pop(ring.leg_id, None)
            self._end_timer(ring.leg_id)
        for deed in deeds:
            match deed:
                case ringing.Tell(event):
                    self._tell(event)
                case ringing.Stop(leg_id, cause):
                    self._beside.ask(self._engine.hang_up(leg_id, cause))
                case ringing.Ask(leg_id):
                    member = ring.member(leg_id)
                    if member:
                        self._prompter.say(leg_id, "ask", member.device)
                case ringing.Take(leg_id):
                    self._end_timer(ring.leg_id)
                    self._prompter.quiet(leg_id)
                    self._beside.ask(self._engine.label(leg_id, ring.leg_id))
