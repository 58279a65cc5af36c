"""The router's words: work, queues' rules, what can happen to them, and what the router wants done.

Times are aware datetimes in UTC; ids are opaque text.
"""

from __future__ import annotations

from huying.routing.router.work.agents import ALONE, CHANNELS, ONE_OF_EACH, WAITED_FOR, AgentProfile
from huying.routing.router.work.items import Offer, Wanted, WorkItem
from huying.routing.router.work.router_commands import FreedStuckAgent, MakeOffer, RecordAgent, RoutingCommand, TurnAway, WithdrawOffer
from huying.routing.router.work.router_events import (
    AccountSeen,
    AccountsSeen,
    AfterCallExtended,
    AfterCallFinished,
    AgentFoundStuck,
    AgentReleased,
    ChooseGroups,
    ChooseStatus,
    Configured,
    ContactHeld,
    Engaged,
    OfferAnswered,
    OfferFailed,
    PresenceRestored,
    RoutingEvent,
    SignIn,
    SignOut,
    TimeCame,
    WorkArrived,
    WorkLeft,
)
from huying.routing.router.work.rules import NOBODY, Announcements, Consequence, Door, Opening, QueueRules

__all__ = [
    "ALONE",
    "CHANNELS",
    "NOBODY",
    "ONE_OF_EACH",
    "WAITED_FOR",
    "AccountSeen",
    "AccountsSeen",
    "AfterCallExtended",
    "AfterCallFinished",
    "AgentFoundStuck",
    "AgentProfile",
    "AgentReleased",
    "Announcements",
    "ChooseGroups",
    "ChooseStatus",
    "Configured",
    "Consequence",
    "ContactHeld",
    "Door",
    "Engaged",
    "FreedStuckAgent",
    "MakeOffer",
    "Offer",
    "OfferAnswered",
    "OfferFailed",
    "Opening",
    "PresenceRestored",
    "QueueRules",
    "RecordAgent",
    "RoutingCommand",
    "RoutingEvent",
    "SignIn",
    "SignOut",
    "TimeCame",
    "TurnAway",
    "Wanted",
    "WithdrawOffer",
    "WorkArrived",
    "WorkItem",
    "WorkLeft",
]
