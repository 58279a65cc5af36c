"""What people ask who want to call: checks that they may, and that they can now. A part of `voice.command`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from huying.channels.dialling.numbers import Dialled
from huying.channels.dialling.plan import REASONS, DiallingRefused
from huying.channels.voice.call_wishes import CallWishes
from huying.channels.voice.dial_calls import DialCalls, Wish
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.bus.port import Message
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.routing.router.presence import IN_CONTACT

Handler = Callable[[str, Message], Awaitable[Message]]


class DialCommands:
    """Dialling, as the desk asks for it."""

    def __init__(self, switchboard: Switchboard, routing: RoutingOwner, calls: DialCalls, wishes: CallWishes) -> None:
        self._switchboard = switchboard
        self._routing = routing
        self._calls = calls
        self._wishes = wishes
        self._beginning: set[str] = set()
        """Agents whose call is being begun: nobody begins two at once."""
        self.handlers: dict[str, Handler] = {"dial": self._dial, "wishes_changed": self._wishes_changed}

    async def _dial(self, business_id: str, message: Message) -> Message:
        person_id = str(message["person_id"])
        found, called_id = await self.meant(business_id, person_id, message)
        wish = Wish(
            business_id=business_id,
            agent_id=person_id,
            found=found,
            account=self.own_account(person_id),
            called_id=called_id,
            queue_id=self._queue(business_id, str(message["queue_id"])),
            customer_id=str(message["customer_id"]),
            previous_contact_id=str(message["previous_contact_id"]),
        )
        if person_id in self._beginning:
            raise Conflict("Your call is being begun already.")
        self._beginning.add(person_id)
        try:
            return {"contact_id": await self._calls.begin(wish)}
        finally:
            self._beginning.discard(person_id)

    async def meant(self, business_id: str, person_id: str, message: Message) -> tuple[Dialled, str]:
        """What is dialled, and the colleague or queue of an internal call. Raises NotDiallable, DiallingRefused, NotFound, InvalidInput."""
        plan, now = self._calls.plan_of(business_id), self._switchboard.around.clock()
        agent_id = str(message["agent_id"])
        if agent_id:
            extension = next((ext for ext, agent in plan.extensions.items() if agent == agent_id), "")
            if not extension:
                raise NotFound("There is no such colleague.")
            found = Dialled(extension, "internal")
            verdict = plan.verdict(person_id, found, now)
            if not verdict.allowed:
                raise DiallingRefused(REASONS[verdict.why], why=verdict.why, kind=found.kind, rule=verdict.rule)
        else:
            found = await self._calls.may_reach(business_id, person_id, str(message["number"]), knowing=bool(message["knowing"]))
        called_id = self._calls.called(business_id, found)
        if called_id == person_id:
            raise InvalidInput("This is your own extension.", field="number")
        return found, called_id

    def own_account(self, person_id: str) -> str:
        """The telephone by which this person calls. Raises Conflict when he cannot now."""
        presence = self._routing.router.presence(person_id)
        if presence is None or not presence.signed_in or not presence.account:
            raise Conflict("Sign in at a device first.")
        if presence.state in IN_CONTACT:
            raise Conflict("You are in a contact: end it or put it aside first.")
        if not presence.reachable:
            raise Conflict("Your telephone cannot be rung at the moment: check its connection.")
        return presence.account

    def _queue(self, business_id: str, queue_id: str) -> str:
        configuration = self._switchboard.configuration
        rules = configuration.rules.get(queue_id) if configuration and queue_id else None
        if queue_id and (rules is None or rules.business_id != business_id):
            raise NotFound("There is no such queue.")
        return queue_id

    async def _wishes_changed(self, _business_id: str, _message: Message) -> Message:
        await self._wishes.read()
        return {}
