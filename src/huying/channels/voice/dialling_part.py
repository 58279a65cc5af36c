"""Puts together what belongs to dialling and to calls to persons: what calls look up for it, the commands, the entrance of telephones."""

from __future__ import annotations

from typing import Any

from huying.channels.reach.reach import USUAL, ReachSettings, Seen, Target, inside
from huying.channels.voice.call_wishes import CallWishes
from huying.channels.voice.dial_calls import DialCalls
from huying.channels.voice.dial_commands import DialCommands
from huying.channels.voice.directory import Directory
from huying.channels.voice.one_voice import consults
from huying.channels.voice.phone_entrance import PhoneEntrance
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.streams import Streams
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.clock import Clock
from huying.routing.router.presence import IN_CONTACT, State


class DiallingPart:
    """A part of the voice process."""

    def __init__(self, switchboard: Switchboard, routing: RoutingOwner, directory: Directory, streams: Streams, clock: Clock) -> None:
        self._switchboard = switchboard
        self._routing = routing
        self.calls = DialCalls(switchboard, directory, streams)
        self.wishes = CallWishes(directory, routing, self.calls, clock)
        self.commands = DialCommands(switchboard, routing, self.calls, self.wishes)
        self.entrance = PhoneEntrance(routing, self.calls)
        switchboard.dialling = self.tables
        switchboard.entrance = self.entrance
        switchboard.may_reach = self.calls.may_reach

    def tables(self, business_id: str) -> dict[str, Any]:
        """What calls of this business look up: fields of `Tables`."""
        configuration, plan = self._switchboard.configuration, self.calls.plan_of(business_id)
        line = configuration.line_number_of(business_id) if configuration else ""
        return {
            "dialling": plan.settings,
            "extensions": plan.extensions,
            "look": self.look,
            "inner": plan.inner,
            "flow": lambda flow_id: configuration.flow_of(business_id, flow_id) if configuration else None,
            "rosters": configuration.rosters.get(business_id, {}) if configuration else {},
            "sent": lambda number: self.calls.sent(business_id, number),
            "diverted": lambda agent_id, number: self.calls.diverted(business_id, agent_id, number),
            "shown_for": lambda queue_id: plan.shown(queue_id, line),
        }

    def _settings(self, agent_id: str) -> ReachSettings:
        configuration = self._switchboard.configuration
        agent = configuration.routing.agents.get(agent_id) if configuration else None
        if configuration is None or agent is None:
            return configuration.reach.get(agent_id, USUAL) if configuration else USUAL
        plan = self.calls.plan_of(agent.business_id)

        def meant(number: str) -> Target | None:
            found = plan.inner(number)
            return Target(found.kind, found.id) if found else None

        return inside(configuration.reach.get(agent_id, USUAL), meant)

    def look(self, agent_id: str) -> tuple[ReachSettings, Seen]:
        """What a person has set, and how he is at this moment."""
        configuration, router = self._switchboard.configuration, self._routing.router
        settings = self._settings(agent_id)
        presence = router.presence(agent_id)
        if configuration is None or presence is None or not presence.signed_in:
            return settings, Seen()
        own = [account for account, person in configuration.account_owners.items() if person == agent_id]
        devices = tuple(sorted((one for one in own if router.is_reachable(one)), key=lambda one: (one != presence.account, one)))
        in_hand = [work for work in presence.works if work.state in IN_CONTACT]
        calls = 2 if in_hand and consults(self._switchboard, agent_id) else len(in_hand)
        return settings, Seen(True, devices, calls, any(work.state is State.RINGING for work in in_hand))
