"""One ring at several devices of an agent. Pure: what happened to a device in, the ring and what is to be done out.

The first device that is answered has the call, and the others stop ringing as answered elsewhere, so that none shows a missed call. A
number outside counts as answered when its key 1 is pressed; until then it hears the question. Who refuses at one device refuses: the
others stop too. The call knows one leg alone; it never learns how many devices there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from huying.channels.voice.devices.choice import Device
from huying.telephony.port import EndCause, LegAnswered, LegEnded, LegRinging

ACCEPT, REFUSE = "1", "2"
MARK = "~"
"""Between the call's leg and the number of the device in a device's own leg."""
WORST_LAST = (EndCause.BUSY, EndCause.NO_ANSWER, EndCause.CONGESTION, EndCause.UNREACHABLE, EndCause.FAILED, EndCause.NORMAL)
"""When no device was answered, the first of these that any of them ended with is what the call is told."""


class State(StrEnum):
    """Of one device."""

    RINGING = "ringing"
    ASKED = "asked"
    WON = "won"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Member:
    """A device that is being rung."""

    leg_id: str
    device: Device
    state: State = State.RINGING
    cause: EndCause = EndCause.FAILED


@dataclass(frozen=True, slots=True)
class Ring:
    """The devices rung for one leg of a call."""

    leg_id: str
    members: tuple[Member, ...]
    told: bool = False
    """The call knows that it rings."""

    @property
    def winner(self) -> Member | None:
        """The device that has the call."""
        return next((member for member in self.members if member.state is State.WON), None)

    def member(self, leg_id: str) -> Member | None:
        """The device with this leg."""
        return next((member for member in self.members if member.leg_id == leg_id), None)

    def alive(self) -> list[Member]:
        """Devices that ring or are being asked."""
        return [member for member in self.members if member.state in (State.RINGING, State.ASKED)]


@dataclass(frozen=True, slots=True)
class Stop:
    """End a device's leg."""

    leg_id: str
    cause: EndCause


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask whoever answered the number whether he takes the call."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class Take:
    """This device's leg is the call's from now on; silence what it hears."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the call."""

    event: LegRinging | LegAnswered | LegEnded


Deed = Stop | Ask | Take | Tell
Step = tuple[Ring, Sequence[Deed]]


def begin(leg_id: str, devices: Sequence[Device]) -> Ring:
    """All devices ring."""
    return Ring(leg_id, tuple(Member(f"{leg_id}{MARK}{number}", device) for number, device in enumerate(devices, 1)))


def rings(ring: Ring, _leg_id: str) -> Step:
    """A device rings; the call is told once."""
    return (ring, []) if ring.told or ring.winner else (replace(ring, told=True), [Tell(LegRinging(ring.leg_id))])


def answered(ring: Ring, leg_id: str) -> Step:
    """Somebody answered a device."""
    member = ring.member(leg_id)
    if member is None or member.state is not State.RINGING:
        return ring, []
    if ring.winner:
        return _with(ring, member, State.GONE), [Stop(leg_id, EndCause.ANSWERED_ELSEWHERE)]
    if member.device.asks:
        return _with(ring, member, State.ASKED), [Ask(leg_id)]
    return _won(ring, member)


def pressed(ring: Ring, leg_id: str, digit: str) -> Step:
    """A key at a device that was asked."""
    member = ring.member(leg_id)
    if member is None or member.state is not State.ASKED:
        return ring, []
    if digit == ACCEPT:
        return _won(ring, member)
    return _over(ring, EndCause.REFUSED) if digit == REFUSE else (ring, [])


def ended(ring: Ring, leg_id: str, cause: EndCause, by_far_end: bool) -> Step:
    """A device's leg is gone."""
    member = ring.member(leg_id)
    if member is None or member.state is State.GONE:
        return ring, []
    if member.state is State.WON:
        return _with(ring, member, State.GONE), [Tell(LegEnded(ring.leg_id, cause, by_far_end))]
    if ring.winner:
        return _with(ring, member, State.GONE), []
    if cause is EndCause.REFUSED:
        return _over(_with(ring, member, State.GONE), cause)
    if member.state is State.ASKED and cause is EndCause.NORMAL:
        cause = EndCause.NO_ANSWER  # answered, and hung up without a key: a machine, or somebody who did not want to
    ring = _with(ring, member, State.GONE, cause)
    if ring.alive():
        return ring, []
    causes = {one.cause for one in ring.members}
    return ring, [Tell(LegEnded(ring.leg_id, next((one for one in WORST_LAST if one in causes), EndCause.FAILED), by_far_end))]


def given_up(ring: Ring, cause: EndCause) -> Step:
    """The call does not want the leg any longer."""
    winner = ring.winner
    if winner:
        return ring, [Stop(winner.leg_id, cause)]
    return _over(ring, cause)


def overdue(ring: Ring) -> Step:
    """Nobody answered, or pressed a key, in time."""
    return (ring, []) if ring.winner or not ring.alive() else _over(ring, EndCause.NO_ANSWER)


def _won(ring: Ring, member: Member) -> Step:
    others = [one for one in ring.alive() if one != member]
    ring = _with(ring, member, State.WON)
    for other in others:
        ring = _with(ring, other, State.GONE)
    stops = [Stop(other.leg_id, EndCause.ANSWERED_ELSEWHERE) for other in others]
    return ring, [Take(member.leg_id), *stops, Tell(LegAnswered(ring.leg_id))]


def _over(ring: Ring, cause: EndCause) -> Step:
    stops = [Stop(member.leg_id, EndCause.NORMAL if member.state is State.ASKED else cause) for member in ring.alive()]
    for member in ring.alive():
        ring = _with(ring, member, State.GONE, cause)
    return ring, [*stops, Tell(LegEnded(ring.leg_id, cause, by_far_end=cause is EndCause.REFUSED))]


def _with(ring: Ring, member: Member, state: State, cause: EndCause = EndCause.NORMAL) -> Ring:
    changed = replace(member, state=state, cause=cause)
    return replace(ring, members=tuple(changed if one.leg_id == member.leg_id else one for one in ring.members))
