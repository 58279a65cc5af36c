"""All permanent lines: the shell around `line`. It passes events in and carries out what a line wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from huying.channels.voice.devices import line as lines
from huying.channels.voice.devices.beside import Beside
from huying.channels.voice.devices.choice import Device
from huying.channels.voice.devices.dialling import Wish, dial
from huying.channels.voice.devices.line import Line
from huying.channels.voice.devices.ringing import MARK
from huying.channels.voice.devices.rings import LegEvent
from huying.channels.voice.devices.saying import Prompter
from huying.telephony import port

LINE = f"line{MARK}"
"""A line's leg is named line~PERSON~ID."""
RING_SECONDS = 30


class StandingLines:
    """By person. `closed` is told whose telephone hung the line up; `changed` that a line has come, or gone."""

    def __init__(
        self,
        engine: port.Engine,
        beside: Beside,
        prompter: Prompter,
        tell: Callable[[port.EngineEvent], None],
        changed: Callable[[], None],
    ) -> None:
        self._engine, self._beside, self._prompter, self._tell, self._changed = engine, beside, prompter, tell, changed
        self.closed: Callable[[str], None] = lambda _person_id: None
        self._lines: dict[str, Line] = {}
        self._bridges: dict[str, str] = {}
        """A line's leg -> the bridge it is in."""

    @property
    def by_person(self) -> dict[str, Line]:
        """All lines that stand, or are being put up."""
        return dict(self._lines)

    def up(self) -> frozenset[str]:
        """Whose lines calls can come over."""
        return frozenset(person for person, found in self._lines.items() if found.up and not found.closing)

    def put_up(self, person_id: str, device: Device, new_id: str) -> None:
        """Ring the device; its line stands when it is answered (and key 1 is pressed, for a number)."""
        new = self._lines[person_id] = Line(person_id, f"{LINE}{person_id}{MARK}{new_id}", device)
        wish = Wish("", "", RING_SECONDS, not device.asks, {})
        self._beside.at_once(dial(self._engine, new.leg_id, device, wish, self._not_rung))

    def drop(self, person_id: str) -> None:
        """The person needs no line any longer."""
        found = self._lines.get(person_id)
        if found:
            self._step(*lines.close(found))

    def of_device(self, leg_id: str) -> Line | None:
        """The line with this leg in the engine."""
        found = self._lines.get(leg_id.split(MARK)[1]) if leg_id.startswith(LINE) else None
        return found if found and found.leg_id == leg_id else None

    def of_call(self, leg_id: str) -> Line | None:
        """The line that stands for a call's leg."""
        return next((found for found in self._lines.values() if leg_id and found.serves == leg_id), None)

    def take(self, found: Line, event: LegEvent) -> None:
        """Something happened to a line."""
        if isinstance(event, port.LegAnswered):
            self._step(*lines.answered(found))
        elif isinstance(event, port.LegEnded):
            self._step(*lines.ended(found, event.by_far_end or event.cause is not port.EndCause.NORMAL))
        elif found.state is lines.State.USED and not isinstance(event, port.LegRinging):
            self._tell(replace(event, leg_id=found.serves))
        elif isinstance(event, port.DigitReceived):
            self._step(*lines.pressed(found, event.digit))

    def heard(self, found: Line, *, completed: bool) -> None:
        """What we played to a line has come to its end. A call is taken even when its beep could not be played."""
        if completed or found.state is lines.State.ANNOUNCED:
            self._step(*lines.played(found))

    def ring(self, person_id: str, leg_id: str, *, again: bool) -> None:
        """A call wants the person, on this leg of its own."""
        found = self._lines.get(person_id)
        if found:
            self._step(*lines.rung(found, leg_id, again=again))
        else:
            self._tell(port.LegEnded(leg_id, port.EndCause.UNREACHABLE, by_far_end=False))

    def release(self, found: Line, leg_id: str) -> None:
        """The call does not want its leg any longer."""
        self._step(*lines.released(found, leg_id))

    def entered(self, bridge_id: str, leg_ids: Iterable[str]) -> None:
        """Of these legs the lines are in the bridge now."""
        self._bridges.update({leg_id: bridge_id for leg_id in leg_ids if self.of_device(leg_id)})

    def keep_only(self, legs: Iterable[str]) -> None:
        """These legs are in the engine; other lines are gone."""
        here = set(legs)
        self._lines = {person: found for person, found in self._lines.items() if found.leg_id in here}

    def take_up(self, leg: port.LegSnapshot, device: Device, bridge_id: str) -> bool:
        """A line's leg that nobody knows: its label says what it is used for. False for one that was not up yet."""
        if not leg.label:
            return False
        person_id, idle = leg.leg_id.split(MARK)[1], leg.label == lines.IDLE_LABEL
        state = lines.State.IDLE if idle else lines.State.USED
        self._lines[person_id] = Line(person_id, leg.leg_id, device, state, "" if idle else leg.label)
        if idle:
            self._beside.ask(self._engine.start_silence(leg.leg_id))
        elif bridge_id:
            self._bridges[leg.leg_id] = bridge_id
        return True

    def forget_all(self) -> None:
        """The engine is gone."""
        self._lines.clear()
        self._bridges.clear()

    def _not_rung(self, event: port.LegEnded) -> None:
        found = self.of_device(event.leg_id)
        if found:
            self.take(found, event)

    def _step(self, found: Line, deeds: Sequence[lines.Deed]) -> None:
        self._lines[found.person_id] = found
        for deed in deeds:
            match deed:
                case lines.Tell(event):
                    self._tell(event)
                case lines.Say(what):
                    self._prompter.say(found.leg_id, what, found.device)
                case lines.Hush():
                    self._beside.ask(self._engine.start_silence(found.leg_id))
                case lines.Quiet():
                    self._prompter.quiet(found.leg_id)
                case lines.Label(text):
                    self._beside.ask(self._engine.label(found.leg_id, text))
                case lines.Leave():
                    self._free(found.leg_id)
                case lines.HangUp():
                    self._beside.ask(self._engine.hang_up(found.leg_id))
                case lines.Closed(by_far_end):
                    self._lines.pop(found.person_id, None)
                    self._bridges.pop(found.leg_id, None)
                    if by_far_end:
                        self.closed(found.person_id)
        self._changed()

    def _free(self, leg_id: str) -> None:
        bridge = self._bridges.pop(leg_id, "")
        if bridge:
            self._beside.ask(self._engine.leave(bridge, leg_id))
        self._beside.ask(self._engine.stop_music(leg_id))
        self._beside.ask(self._engine.mute(leg_id, False))
