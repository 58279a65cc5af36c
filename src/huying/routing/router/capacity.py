"""Whether an agent can be offered work of a channel now, beside what he has in hand already. Decides nothing about skills."""

from __future__ import annotations

from datetime import datetime

from huying.routing.router.presence import Presence, State, Status
from huying.routing.router.work import AgentProfile

BY_DEVICE = frozenset({"call", "callback"})
"""Channels that ring a telephone or a browser's softphone; other work needs only the desk."""


def obstacle_to(channel: str, presence: Presence, profile: AgentProfile, now: datetime) -> str:
    """Why such work cannot be offered to this agent now; empty when it can.

    signed_out, on_break, unreachable, resting (after a missed offer), ringing, talking, holding, after_call (what he has in hand
    may not be joined by such work), full (he has as many of them as he may).
    """
    if not presence.signed_in:
        return "signed_out"
    if presence.works:
        in_hand = _in_hand(channel, presence, profile)
        if in_hand:
            return in_hand
    if presence.status is not Status.READY:
        return "on_break"
    if channel in BY_DEVICE and not presence.reachable:
        return "unreachable"
    return "resting" if presence.rests_until and now < presence.rests_until else ""


def _in_hand(channel: str, presence: Presence, profile: AgentProfile) -> str:
    may_join = profile.joins.get(channel, frozenset())
    same = 0
    for work in presence.works:
        if work.state is State.RINGING:
            return State.RINGING.value
        if work.channel == channel:
            same += 1
        elif work.channel not in may_join:
            return presence.state.value
    if same == 0:
        return "" if profile.capacity.get(channel, 1) > 0 else "full"
    if channel not in may_join:
        return presence.state.value
    return "" if same < profile.capacity.get(channel, 1) else "full"
