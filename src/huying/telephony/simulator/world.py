"""What is true in the simulated engine: legs, bridges, playbacks, recordings. Data, and the questions about it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from huying.telephony.port import Direction, EndCause, Gone, LegSnapshot
from huying.telephony.simulator.sound import Tape

PACKETS_PER_SECOND = 50


@dataclass(slots=True)
class SimulatedLeg:
    """A leg and the person at its far end."""

    leg_id: str
    direction: Direction
    account: str
    remote_number: str
    number_called: str
    remote_name: str
    trunk: str
    entry_token: str
    tone: int
    talk_seconds: float
    keys: str = ""
    key_pause_seconds: float = 1.0
    patience_seconds: float | None = None
    answered: bool = False
    answered_at: float = 0.0
    network_lost_at: float | None = None
    muted: bool = False
    music: bool = False
    bridge_id: str = ""
    absorbs_keys: bool = False
    listens_to: str = ""
    whispers: bool = False
    has_talked: bool = False
    end_requested: EndCause | None = None
    digits_heard: str = ""
    label: str = ""
    timers: dict[str, asyncio.TimerHandle] = field(default_factory=dict)

    def snapshot(self) -> LegSnapshot:
        """The leg as the port tells it."""
        return LegSnapshot(
            self.leg_id,
            self.answered,
            self.direction,
            self.account,
            self.remote_number,
            self.number_called,
            self.remote_name,
            self.trunk,
            self.entry_token,
            self.label,
        )

    def packets(self, now: float) -> int:
        """Sound packets that have come from the person so far."""
        if not self.answered:
            return 0
        until = now if self.network_lost_at is None else self.network_lost_at
        return int(max(0.0, until - self.answered_at) * PACKETS_PER_SECOND)

    def cancel_timers(self) -> None:
        """Nothing more will happen by itself."""
        for timer in self.timers.values():
            timer.cancel()
        self.timers.clear()


@dataclass(slots=True)
class SimulatedPlayback:
    """Media being played to a leg."""

    playback_id: str
    leg_id: str
    timer: asyncio.TimerHandle | None


@dataclass(slots=True)
class SimulatedRecording:
    """Both sides of a leg being recorded."""

    recording_id: str
    leg_id: str
    begun_at: float
    paused: bool = False
    near: Tape = field(default_factory=Tape)
    far: Tape = field(default_factory=Tape)


@dataclass(slots=True)
class World:
    """Everything in the engine. `keeps_tapes`: whether recordings will have to sound like something."""

    keeps_tapes: bool = False
    legs: dict[str, SimulatedLeg] = field(default_factory=dict)
    bridges: dict[str, list[str]] = field(default_factory=dict)
    playbacks: dict[str, SimulatedPlayback] = field(default_factory=dict)
    recordings: dict[str, SimulatedRecording] = field(default_factory=dict)

    def clear(self) -> None:
        """Everything is gone at once, and nobody says so."""
        for leg in self.legs.values():
            leg.cancel_timers()
        for playback in self.playbacks.values():
            if playback.timer is not None:
                playback.timer.cancel()
        for things in (self.legs, self.bridges, self.playbacks, self.recordings):
            things.clear()

    def leg(self, leg_id: str) -> SimulatedLeg:
        """The leg; raises Gone."""
        leg = self.legs.get(leg_id)
        if leg is None:
            raise Gone
        return leg

    def heard_by(self, leg: SimulatedLeg) -> list[int]:
        """The tones that the leg's person hears from the others."""
        target = self.legs.get(leg.listens_to)
        if target is not None:
            return [*self.said_by(target), *self._heard_in_bridge(target)]
        whispered = [self.said_by(one) for one in self.legs.values() if one.listens_to == leg.leg_id and one.whispers]
        return [*self._heard_in_bridge(leg), *(tone for tones in whispered for tone in tones)]

    def _heard_in_bridge(self, leg: SimulatedLeg) -> list[int]:
        others = [self.legs[other] for other in self.bridges.get(leg.bridge_id, ()) if other != leg.leg_id]
        return [other.tone for other in others if not other.muted and other.network_lost_at is None and other.tone]

    def said_by(self, leg: SimulatedLeg) -> list[int]:
        """The tones that come from the leg."""
        silent = leg.muted or leg.network_lost_at is not None or not leg.answered or not leg.tone
        return [] if silent else [leg.tone]

    def take_out(self, leg: SimulatedLeg) -> None:
        """Out of its bridge, if it is in one."""
        if leg.bridge_id:
            self.bridges.get(leg.bridge_id, []).remove(leg.leg_id)
            leg.bridge_id = ""

    def mark_tapes(self, now: float) -> None:
        """Note what the recorded legs say and hear from now on."""
        for recording in self.recordings.values() if self.keeps_tapes else ():
            leg = self.legs.get(recording.leg_id)
            said: Sequence[int] = () if leg is None or recording.paused else self.said_by(leg)
            heard: Sequence[int] = () if leg is None or recording.paused else self.heard_by(leg)
            recording.near.mark(now, said)
            recording.far.mark(now, heard)
