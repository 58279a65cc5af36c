"""Calls that come from an agent's own telephone: what was dialled decides. A table of codes goes first; then an extension, then a number.

What a code does stands in the table (`codes`): a code is matched whole, or as the beginning of what was dialled when it ends with `*`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog

from huying.channels.voice.dial_calls import DialCalls, Wish
from huying.channels.voice.routing_owner import RoutingOwner
from huying.foundation.errors import HuyingError
from huying.routing.router.presence import IN_CONTACT
from huying.telephony import port

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """An agent's telephone has called: `rest` is what was dialled after the code."""

    business_id: str
    agent_id: str
    leg: port.LegEntered
    rest: str


Code = Callable[[PhoneCall], Awaitable[None]]
"""Does what the code says with the leg: answers it, hands it to a call, or hangs it up. Raises HuyingError to refuse."""


class PhoneEntrance:
    """Where agents' telephones come in."""

    def __init__(self, routing: RoutingOwner, calls: DialCalls, codes: Mapping[str, Code] | None = None) -> None:
        self._routing = routing
        self._calls = calls
        self.codes: dict[str, Code] = dict(codes or {})
        self.code_of: Callable[[str, str], Code | None] = lambda _business_id, _dialled: None
        """(business, dialled) -> what a code of the business's does."""
        self.beside: Callable[[str, str, port.LegEntered], Awaitable[bool]] = self._nobody_beside
        """Takes what a telephone dials beside a conversation: whether it did."""

    async def _nobody_beside(self, _business_id: str, _agent_id: str, _leg: port.LegEntered) -> bool:
        return False

    async def enter(self, business_id: str, agent_id: str, leg: port.LegEntered) -> port.EndCause | None:
        """Take the leg in; the cause to hang it up with when it leads nowhere."""
        try:
            code, rest = self.code_of(business_id, leg.number_called), ""
            if code is None:
                code, rest = self._code(leg.number_called)
            if code:
                await code(PhoneCall(business_id, agent_id, leg, rest))
            else:
                await self.dial(business_id, agent_id, leg)
        except HuyingError as error:
            log.info("phone.refused", agent_id=agent_id, reason=error.message)
            return port.EndCause.REFUSED
        return None

    def _code(self, dialled: str) -> tuple[Code | None, str]:
        whole = self.codes.get(dialled)
        if whole:
            return whole, ""
        beginnings = [code for code in self.codes if code.endswith("*") and len(code) > 1 and dialled.startswith(code[:-1])]
        longest = max(beginnings, key=len, default="")
        return (self.codes[longest], dialled[len(longest) - 1 :]) if longest else (None, dialled)

    async def dial(self, business_id: str, agent_id: str, leg: port.LegEntered) -> None:
        found = await self._calls.may_reach(business_id, agent_id, leg.number_called)
        presence = self._routing.router.presence(agent_id)
        if presence and presence.state in IN_CONTACT and await self.beside(business_id, agent_id, leg):
            return
        called_id = self._calls.called(business_id, found)
        if called_id == agent_id or (presence and presence.state in IN_CONTACT):
            raise Engaged
        await self._calls.begin(Wish(business_id, agent_id, found, leg_id=leg.leg_id, called_id=called_id))


class Engaged(HuyingError):
    """The agent is in another contact."""

    code = "engaged"
