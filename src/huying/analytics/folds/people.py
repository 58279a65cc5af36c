"""Fold of who takes part in a contact besides customer and agents' segments: who is asked, guests, who is let in; where it is parked.

Never raises; an event that does not fit changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from huying.channels.events import ContactEnded
from huying.channels.voice import party_events as p
from huying.channels.voice.events import SegmentStarted
from huying.foundation.journal.entry import Event

MONITOR = "monitor_"
"""How the purposes of those begin who are rung to hear a call."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """A colleague, queue or number that is asked. `rings`: leg -> agent of the telephones that ring (empty for a number)."""

    consult_id: str
    agent_id: str
    segment_id: str
    kind: str
    target_id: str
    since: datetime
    rings: tuple[tuple[str, str], ...] = ()
    party_agent_id: str = ""
    answered_at: datetime | None = None
    focus: str = "consult"
    lost: bool = False

    @property
    def state(self) -> str:
        """waiting (in a queue), ringing, talking, lost."""
        if self.answered_at is not None:
            return "lost" if self.lost else "talking"
        return "ringing" if self.rings else "waiting"


@dataclass(frozen=True, slots=True)
class Entering:
    """An agent whose telephone rings to let him in."""

    agent_id: str
    purpose: str
    leg_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Hearing:
    """A lead (`agent_id`) who hears the call of the agent `target_id`. `mode`: listen, whisper, join; `ringing`: he is being rung still."""

    agent_id: str
    target_id: str
    mode: str
    since: datetime
    ringing: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the customer is parked."""

    slot: str
    by: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Sound:
    """A standard recording that the customer hears."""

    sound_id: str
    since: datetime


@dataclass(slots=True)
class PeopleFold:
    """Who takes part now."""

    consult: Consultation | None = None
    last_consult_result: str = ""
    guests: dict[str, datetime] = field(default_factory=dict)
    entering: dict[str, Entering] = field(default_factory=dict)
    hearing: dict[str, Hearing] = field(default_factory=dict)
    """Leads who listen, whisper or join: they take no part in what becomes of the call."""
    parked: Slot | None = None
    playing: Sound | None = None

    def apply(self, event: Event, at: datetime) -> None:
        """Take the contact's next event."""
        match event:
            case p.PartyInvited() if event.purpose.startswith(MONITOR):
                mode = event.purpose.removeprefix(MONITOR)
                self.hearing[event.party_id] = Hearing(event.agent_id, event.target_id, mode, at, ringing=True)
            case p.PartyInvited():
                self.entering[event.party_id] = Entering(event.agent_id, event.purpose, event.leg_id, at)
            case p.PartyNotJoined(party_id=party_id):
                self.entering.pop(party_id, None)
                self.hearing.pop(party_id, None)
            case SegmentStarted(leg_id=leg_id):
                self.entering = {party: one for party, one in self.entering.items() if one.leg_id != leg_id}
            case p.GuestJoined(party_id=party_id):
                self.guests[party_id] = at
            case p.GuestLeft(party_id=party_id):
                self.guests.pop(party_id, None)
            case p.CallParked():
                self.parked = Slot(event.slot, event.agent_id, at)
            case p.CallUnparked():
                self.parked = None
            case p.SoundStarted(sound_id=sound_id):
                self.playing = Sound(sound_id, at)
            case p.SoundEnded():
                self.playing = None
            case ContactEnded():
                self.consult, self.parked, self.playing = None, None, None
                self.guests, self.entering, self.hearing = {}, {}, {}
            case p.MonitorStarted() | p.MonitorChanged() | p.MonitorEnded():
                self._heard(event, at)
            case _:
                self._consulted(event, at)

    def _heard(self, event: p.MonitorStarted | p.MonitorChanged | p.MonitorEnded, at: datetime) -> None:
        if isinstance(event, p.MonitorStarted):
            self.hearing[event.monitor_id] = Hearing(event.person_id, event.agent_id, event.mode, at)
        elif isinstance(event, p.MonitorEnded):
            self.hearing.pop(event.monitor_id, None)
        elif known := self.hearing.get(event.monitor_id):
            self.hearing[event.monitor_id] = replace(known, mode=event.mode)

    def _consulted(self, event: Event, at: datetime) -> None:
        if isinstance(event, p.ConsultStarted):
            self.consult = Consultation(event.consult_id, event.agent_id, event.segment_id, event.target_kind, event.target_id, at)
            self.last_consult_result = ""
            return
        asked = self.consult
        if asked is None or getattr(event, "consult_id", "") != asked.consult_id:
            return
        match event:
            case p.ConsultRang():
                self.consult = replace(asked, rings=(*asked.rings, (event.leg_id, event.agent_id)))
            case p.ConsultRingEnded(leg_id=leg_id):
                self.consult = replace(asked, rings=tuple(ring for ring in asked.rings if ring[0] != leg_id))
            case p.ConsultAnswered():
                self.consult = replace(asked, rings=(), party_agent_id=event.agent_id, answered_at=at)
            case p.ConsultSwapped(focus=focus):
                self.consult = replace(asked, focus=focus)
            case p.ConsultLost():
                self.consult = replace(asked, lost=True)
            case p.ConsultRejoined():
                self.consult = replace(asked, lost=False)
            case p.ConsultEnded(result=result):
                self.consult, self.last_consult_result = None, result

    def agents(self) -> Iterator[str]:
        """Colleagues who are asked, rung or let in (not those with a segment)."""
        if self.consult is not None:
            yield self.consult.agent_id
            yield self.consult.party_agent_id
            yield from (agent_id for _, agent_id in self.consult.rings)
        yield from (one.agent_id for one in self.entering.values())
