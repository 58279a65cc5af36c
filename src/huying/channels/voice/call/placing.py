"""Which leg stands in which bridge, who hears music and who hears ringing: one function of the call's state, and the steps between two.

Only what belongs to a conversation is placed here; while the flow leads the call, the flow says what the customer hears. The
customer talks with whoever is present, and hears music when nobody is. An agent is present unless he holds the customer, was lost, or
has gone to the one he consults. In a call between colleagues the caller stands where customers stand, and may be away as well: then
a colleague who is alone hears music.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_words import Ringback
from huying.channels.voice.call.outgoing import INTERNAL
from huying.channels.voice.call.parties import CUSTOMER, Segment, Side
from huying.channels.voice.call.state import CallState, Phase

PLACED = frozenset({Phase.TALKING, Phase.PARKED})


@dataclass(frozen=True, slots=True)
class Placement:
    """Where everybody is. A leg that is named nowhere hears nothing from us."""

    bridges: Mapping[str, frozenset[str]] = field(default_factory=dict)
    music: frozenset[str] = frozenset()
    ringback: frozenset[str] = frozenset()
    ears: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """leg of a lead -> the leg he hears, and whether that one (alone) hears him"""


def placement(state: CallState) -> Placement:
    """Where everybody of the call is to be."""
    if state.phase not in PLACED:
        return Placement()
    if state.phase is Phase.PARKED:
        return Placement(music=frozenset({state.caller_leg}))
    present = {one.leg_id for one in state.segments if is_present(state, one)} | {guest.leg_id for guest in state.guests}
    present |= {one.leg_id for one in state.monitors if one.mode == "join"}
    bridges: dict[str, frozenset[str]] = {}
    music: set[str] = set()
    if present and state.caller_away:
        bridges[state.bridge_id] = frozenset(present if len(present) > 1 else ())
        music |= present if len(present) == 1 else set()
    elif present:
        bridges[state.bridge_id] = frozenset(present | ({state.caller_leg} if not state.playing else set()))
    else:
        if not (state.playing or state.caller_away):
            music.add(state.caller_leg)
        waiting = frozenset(one.leg_id for one in state.segments if one.lost_since is None and not is_away(state.side, one))
        bridges[state.bridge_id] = waiting
    ringback = _place_side(state, bridges, music)
    return Placement(bridges, frozenset(music), ringback, _ears(state))


def _ears(state: CallState) -> dict[str, tuple[str, bool]]:
    """Who listens to whom: to the agent he has chosen; when that one has left, to whoever has the customer now."""
    there = [one for one in state.segments if one.lost_since is None]
    found = {}
    for monitor in state.monitors:
        target = next((one for one in there if one.agent_id == monitor.target_id), there[0] if there else None)
        if target and monitor.mode != "join":
            found[monitor.leg_id] = (target.leg_id, monitor.mode == "whisper")
    return found


def apart(state: CallState) -> frozenset[str]:
    """Whose keys the others do not hear, because they may be a code: the agents' and the leads'. What is none is passed on by us."""
    legs = {one.leg_id for one in state.segments} | {one.leg_id for one in state.monitors}
    if state.outgoing and state.outgoing.kind == INTERNAL:
        legs.add(state.caller_leg)  # an agent's as well
    return frozenset(legs)


def is_away(side: Side | None, segment: Segment) -> bool:
    """Whether this agent has gone to the one he consults, or waits for him."""
    return side is not None and side.segment_id == segment.segment_id and not (side.talking and side.focus == CUSTOMER)


def is_present(state: CallState, segment: Segment) -> bool:
    """Whether this agent can be heard by the customer."""
    return segment.held_since is None and segment.lost_since is None and not is_away(state.side, segment)


def _place_side(state: CallState, bridges: dict[str, frozenset[str]], music: set[str]) -> frozenset[str]:
    """The consultation; returns who hears that it rings."""
    side = state.side
    owner = next((one for one in state.segments if side and one.segment_id == side.segment_id), None)
    if side is None or owner is None:
        return frozenset()
    if side.talking:
        bridges[side.bridge_id] = frozenset()
    here = is_away(side, owner) and (bool(side.own_leg) or owner.lost_since is None)
    leg_id = side.own_leg or owner.leg_id
    asked = side.talking and side.lost_since is None
    if here and asked:
        bridges[side.bridge_id] = frozenset({leg_id, side.leg_id})
    elif asked:
        music.add(side.leg_id)
    elif here and side.talking:
        music.add(leg_id)  # the one he talked with was lost, and may be back in a moment
    elif here:
        return frozenset({leg_id})
    return frozenset()


class Placer:
    """Where everybody is at this moment, as far as we have said so to the engine."""

    def __init__(self, placed: Placement) -> None:
        self._placed = placed
        self._ringbacks: dict[str, str] = {}
        """leg -> playback"""

    def copy(self) -> Placer:
        """The same, apart."""
        other = Placer(self._placed)
        other._ringbacks = dict(self._ringbacks)
        return other

    def move(self, state: CallState, do: Callable[[w.CallCommand], None], new_id: Callable[[], str]) -> None:
        """Say what must change so that everybody is where the state wants him."""
        old, new, alive = self._placed, placement(state), state.legs()
        self._placed = new
        self._silence(old.ringback - new.ringback, do)
        moved_to = {leg for legs in new.bridges.values() for leg in legs}
        for bridge, legs in old.bridges.items():
            if bridge in new.bridges or moved_to & legs or new.music & legs:
                for leg in sorted(legs - new.bridges.get(bridge, frozenset())):
                    if leg in alive:
                        do(ew.LeaveBridge(bridge, leg))
        for leg in sorted(old.ears.keys() - new.ears.keys() - moved_to):
            if leg in alive:
                do(ew.StopListening(leg))
        for bridge, legs in new.bridges.items():
            if added := legs - old.bridges.get(bridge, frozenset()):
                legs_added = tuple(sorted(added, key=lambda leg: (leg != state.caller_leg, leg)))
                do(ew.JoinLegs(bridge, legs_added, apart(state) & added))
        for leg in sorted(old.music - new.music - moved_to):
            if leg in alive and not (state.playing and leg == state.caller_leg):
                do(ew.Music(leg, False))
        for leg in sorted(new.music - old.music):
            do(ew.Music(leg, True))
        for leg in sorted(new.ringback - old.ringback):
            self._ringbacks[leg] = new_id()
            do(Ringback(self._ringbacks[leg], leg))
        for leg, ear in sorted(new.ears.items()):
            if old.ears.get(leg) != ear:
                do(ew.Listen(leg, *ear))
        for bridge in sorted(old.bridges.keys() - new.bridges.keys()):
            do(ew.DestroyBridge(bridge))

    def again(self, state: CallState) -> None:
        """Nobody knows any longer who hears what: the next move says it all, and only that."""
        self._placed = Placement(bridges=placement(state).bridges)
        self._ringbacks.clear()

    def _silence(self, legs: frozenset[str], do: Callable[[w.CallCommand], None]) -> None:
        for leg in sorted(legs):
            if playback := self._ringbacks.pop(leg, ""):
                do(ew.StopPlayback(playback))
