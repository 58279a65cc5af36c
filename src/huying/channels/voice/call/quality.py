"""How good each leg of a call sounded: keeps the last figures of every leg, and journals them when the leg leaves the call.

Not part of the state: after a restart the engine's own counters still hold the whole leg.
"""

from __future__ import annotations

from collections.abc import Mapping

from huying.channels.voice.call.state import CallState
from huying.channels.voice.call.turn import Turn
from huying.channels.voice.events import LegQuality
from huying.telephony.sound_quality import SoundFigures

LEAST_PACKETS = 50
"""Of less than a second nothing can be said."""


class Soundness:
    """The last figures of every leg of one call."""

    def __init__(self) -> None:
        self._figures: dict[str, SoundFigures] = {}

    def measured(self, leg_id: str, figures: SoundFigures) -> None:
        """These are the leg's figures now; counters of a leg only grow."""
        self._figures[leg_id] = figures

    def of(self, state: CallState) -> list[LegQuality]:
        """What is known of the legs that talk now."""
        return [quality(role, self._figures[leg]) for leg, role in roles(state).items() if leg in self._figures]

    def journal_gone(self, turn: Turn, before: CallState) -> None:
        """Journal the figures of the legs that belonged to the call before the turn and do no longer."""
        still = roles(turn.state)
        gone = {leg: role for leg, role in roles(before).items() if leg not in still}
        figures = [(role, self._figures.pop(leg)) for leg, role in gone.items() if leg in self._figures]
        events = [quality(role, one) for role, one in figures if one.received + one.sent >= LEAST_PACKETS]
        if events:
            turn.record(*events)


def quality(role: str, figures: SoundFigures) -> LegQuality:
    """The figures as they are journalled."""
    return LegQuality(
        role=role,
        mos=figures.mos(),
        loss_percent=round(figures.loss_percent, 2),
        jitter_ms=round(figures.jitter_ms, 1),
        rtt_ms=figures.round_trip_ms,
        codec=figures.codec,
        packets=figures.received,
    )


def roles(state: CallState) -> Mapping[str, str]:
    """Leg -> customer, agent or number, of the legs that are up and carry sound."""
    found = {state.caller_leg: "customer"} if state.caller_leg and state.caller_since else {}
    found |= {segment.leg_id: "agent" for segment in state.segments}
    found |= {guest.leg_id: "number" for guest in state.guests}
    if state.side and state.side.talking:
        found[state.side.leg_id] = "agent" if state.side.party_agent else "number"
    if state.forward and state.forward.bridge_id:
        found[state.forward.leg_id] = "number"
    return found if state.legs() else {}
