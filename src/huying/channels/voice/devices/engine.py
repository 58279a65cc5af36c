"""The engine as the calls see it: a leg of theirs may be one of several devices that rang, or a permanent line.

It decides which of these a ring becomes, translates ids both ways, and tells who can be rung; `rings` and `standing_lines` do the rest.
What must survive a restart of ours stands in the engine as labels of legs: the call's leg that a device or a line stands for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import replace

from huying.channels.voice.devices import line as lines
from huying.channels.voice.devices.beside import Beside
from huying.channels.voice.devices.choice import BY_HAND, KIND_NUMBER, Choices, Device
from huying.channels.voice.devices.dialling import Wish, originate
from huying.channels.voice.devices.passing import PassingEngine
from huying.channels.voice.devices.ringing import MARK
from huying.channels.voice.devices.rings import LegEvent, Rings
from huying.channels.voice.devices.saying import Prompter
from huying.channels.voice.devices.standing_lines import LINE, StandingLines
from huying.flows.effects import Item
from huying.telephony import port

ANSWER_AFTER = "X-Huying-Answer-After"


class DevicesEngine(PassingEngine):
    """Implements Engine on another one."""

    def __init__(self, inner: port.Engine, new_id: Callable[[], str], speak: Callable[[tuple[Item, ...]], list[port.Media]]) -> None:
        super().__init__(inner)
        self._new_id = new_id
        self._choices = Choices()
        self._registered: frozenset[str] = frozenset()
        self._told: frozenset[str] = frozenset()
        self._out: asyncio.Queue[port.EngineEvent | None] = asyncio.Queue()
        self._beside = Beside()
        self._prompter = Prompter(inner, self._beside, new_id, speak)
        self._rings = Rings(inner, self._beside, self._prompter, self._out.put_nowait)
        self._lines = StandingLines(inner, self._beside, self._prompter, self._out.put_nowait, self._tell_reachable)

    # --- what agents chose ---------------------------------------------------------------------------------------------------

    def configure(self, choices: Choices) -> None:
        """What rings from now on. Lines of those who want none any longer are closed when no call needs them."""
        self._choices = self._prompter.choices = choices
        for person_id, found in self._lines.by_person.items():
            choice = choices.by_person.get(person_id)
            if choice is None or not choice.permanent or not choice.device(found.device.account):
                self.drop_line(person_id)
        self._tell_reachable()

    def tell_closed_lines(self, closed: Callable[[str], None]) -> None:
        """Who is told of the people whose telephones hung their lines up."""
        self._lines.closed = closed

    def has_line(self, person_id: str) -> bool:
        """Does a permanent line of this person stand, or is it being put up?"""
        return person_id in self._lines.by_person

    def line_people(self) -> list[str]:
        """Whose permanent lines stand."""
        return list(self._lines.by_person)

    def wants_line(self, person_id: str) -> bool:
        """Did this person choose a permanent line?"""
        choice = self._choices.by_person.get(person_id)
        return bool(choice and choice.permanent and choice.devices)

    def want_line(self, person_id: str) -> None:
        """Put the person's permanent line up, unless it stands or he wants none."""
        if self.wants_line(person_id) and not self.has_line(person_id):
            self._lines.put_up(person_id, self._choices.by_person[person_id].devices[0], self._new_id())

    def drop_line(self, person_id: str) -> None:
        """The person needs no line any longer."""
        self._lines.drop(person_id)

    def account_of(self, leg_id: str) -> str:
        """The account whose telephone has the call's leg; empty when no choice of devices was made for it."""
        ring, serving = self._rings.of_call(leg_id), self._lines.of_call(leg_id)
        winner = ring.winner if ring else None
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
                for keeper in (self._rings, self._lines, self._prompter):
                    keeper.forget_all()
                self._out.put_nowait(event)
            case port.AccountReachable(account, reachable):
                self._registered = self._registered | {account} if reachable else self._registered - {account}
                self._tell_reachable()
            case port.PlaybackEnded():
                self._played(event)
            case port.TransferRequested():
                self._out.put_nowait(replace(event, leg_id=self._call_leg(event.leg_id), replaces=self._call_leg(event.replaces)))
            case port.LegRinging() | port.LegAnswered() | port.LegEnded() | port.DigitReceived() | port.HoldChanged():
                self._of_leg(event)
            case _:
                self._out.put_nowait(event)

    def _of_leg(self, event: LegEvent) -> None:
        ring, found = self._rings.of_device(event.leg_id), self._lines.of_device(event.leg_id)
        if found:
            self._lines.take(found, event)
        elif ring:
            self._rings.take(ring, event)
        else:
            self._out.put_nowait(event)

    def _played(self, event: port.PlaybackEnded) -> None:
        """Something of ours, or of a call, has come to its end."""
        leg_id = self._prompter.ended(event.playback_id)
        if leg_id is None:
            self._out.put_nowait(replace(event, leg_id=self._call_leg(event.leg_id)))
        elif found := self._lines.of_device(leg_id):
            self._lines.heard(found, completed=event.completed)
        elif ring := self._rings.of_device(leg_id):
            self._rings.heard(ring, leg_id, completed=event.completed)

    # --- commands ---------------------------------------------------------------------------------------------------------------

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
        wish = Wish(caller_number, caller_name, timeout_seconds, auto_answer, headers or {})
        choice = self._choices.of(to.address) if to.kind == "account" else None
        if to.kind == "account" and not auto_answer and (seconds := self._choices.answer_seconds(to.address)) != BY_HAND:
            wish = replace(wish, headers={**wish.headers, ANSWER_AFTER: str(seconds)})
        device = choice.device(to.address) if choice else None
        if choice and choice.permanent:
            self._lines.ring(choice.person_id, leg_id, again=auto_answer)
        elif choice is None or device is None or ((len(choice.devices) == 1 or auto_answer) and not device.asks):
            await originate(self._inner, leg_id, to, wish)
        else:
            self._rings.begin(leg_id, [device] if auto_answer else choice.devices, wish)

    async def hang_up(self, leg_id: str, cause: port.EndCause = port.EndCause.NORMAL) -> None:
        """See Engine."""
        if ring := self._rings.of_call(leg_id):
            self._rings.hang_up(ring, cause)
        elif found := self._lines.of_call(leg_id):
            self._lines.release(found, leg_id)
        else:
            await self._inner.hang_up(leg_id, cause)

    async def join(self, bridge_id: str, leg_ids: Sequence[str], *, absorb: Collection[str] = ()) -> None:
        """See Engine."""
        here = [self._device_leg(leg_id) for leg_id in leg_ids]
        self._lines.entered(bridge_id, here)
        await self._beside.settled()  # what it hears ends before it hears the others
        await self._inner.join(bridge_id, here, absorb={self._device_leg(leg_id) for leg_id in absorb})

    async def close(self) -> None:
        """See Engine."""
        self._rings.forget_all()
        await self._beside.close()
        await self._inner.close()

    # --- ids --------------------------------------------------------------------------------------------------------------------

    def _device_leg(self, leg_id: str) -> str:
        ring, found = self._rings.of_call(leg_id), self._lines.of_call(leg_id)
        if found:
            return found.leg_id
        return ring.winner.leg_id if ring and ring.winner else leg_id

    def _call_leg(self, leg_id: str) -> str:
        ring, found = self._rings.of_device(leg_id), self._lines.of_device(leg_id)
        return ring.leg_id if ring else found.serves if found and found.serves else leg_id

    # --- the whole truth --------------------------------------------------------------------------------------------------------

    async def snapshot(self) -> port.Snapshot:
        """See Engine. Lines that no call uses are not in it: they belong to nobody but us."""
        return self._translated(await self._inner.snapshot())

    def _translated(self, raw: port.Snapshot) -> port.Snapshot:
        legs: dict[str, port.LegSnapshot] = {}
        names: dict[str, str] = {}
        for leg_id, leg in raw.legs.items():
            ring, found = self._rings.of_device(leg_id), self._lines.of_device(leg_id)
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
        self._rings.keep_only(raw.legs)
        self._lines.keep_only(raw.legs)
        in_bridge = {leg: bridge_id for bridge_id, bridge in raw.bridges.items() for leg in bridge.legs}
        for leg_id, leg in raw.legs.items():
            if MARK not in leg_id or self._rings.of_device(leg_id) or self._lines.of_device(leg_id):
                continue
            device, is_line = self._device_of(leg), leg_id.startswith(LINE)
            known = self._lines.take_up(leg, device, in_bridge.get(leg_id, "")) if is_line else self._rings.take_up(leg, device)
            if not known:
                self._beside.ask(self._inner.hang_up(leg_id))
        self._told = self._reachable()

    def _device_of(self, leg: port.LegSnapshot) -> Device:
        devices = [device for choice in self._choices.by_person.values() for device in choice.devices]
        if leg.account:
            return next((one for one in devices if one.account == leg.account), Device(leg.account, ""))
        return next((one for one in devices if one.asks and one.number == leg.number_called), Device("", KIND_NUMBER))

    def _reachable(self) -> frozenset[str]:
        return self._choices.reachable(self._registered, self._lines.up())

    def _tell_reachable(self) -> None:
        now = self._reachable()
        for account in sorted(now ^ self._told):
            self._out.put_nowait(port.AccountReachable(account, account in now))
        self._told = now
