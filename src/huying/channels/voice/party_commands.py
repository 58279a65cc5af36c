"""What agents ask of a call with other people in it: resolves whom they mean, and leaves the decision to the call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from huying.admin.permissions import permissions_of
from huying.channels.dialling.numbers import FIRST_SLOT, LAST_SLOT
from huying.channels.dialling.plan import USUAL_PLAN, Inner
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call.monitoring import MODES, PURPOSE
from huying.channels.voice.call.state import Phase
from huying.channels.voice.directory import Configuration
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.bus.port import Message
from huying.foundation.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from huying.routing.router.presence import IN_CONTACT, Status

Handler = Callable[[str, Message], Awaitable[Message]]
LISTEN = "live.listen"


class Unreachable(Conflict):
    """This colleague cannot be reached now."""

    code = "colleague-unreachable"


class PartyCommands:
    """A part of `voice.command`."""

    def __init__(self, switchboard: Switchboard, routing: RoutingOwner) -> None:
        self._switchboard = switchboard
        self._routing = routing
        self._slots_given: set[tuple[str, str]] = set()
        self.handlers: dict[str, Handler] = {
            "consult": self._consult,
            "swap": self._ask(lambda person, _: pw.SwapAsked(person)),
            "merge": self._ask(lambda person, _: pw.MergeAsked(person)),
            "complete": self._ask(lambda person, _: pw.CompleteAsked(person)),
            "end_consult": self._ask(lambda person, _: pw.EndConsultAsked(person)),
            "transfer": self._transfer,
            "leave": self._ask(lambda person, _: pw.LeaveAsked(person)),
            "drop": self._ask(lambda person, a: pw.DropAsked(person, str(a["party_id"]))),
            "park": self._park,
            "parked": self._parked,
            "join": self._join,
            "pick_up": self._pick_up,
            "monitor": self._monitor,
            "play": self._play,
            "stop_playing": self._ask(lambda person, _: pw.StopPlayingAsked(person)),
        }

    # --- who is meant ---------------------------------------------------------------------------------------------------------

    @property
    def _configuration(self) -> Configuration:
        if self._switchboard.configuration is None:
            raise Unavailable("The telephone process is still starting: try again in a moment.")
        return self._switchboard.configuration

    def _owner(self, business_id: str, message: Message) -> CallOwner:
        owner = self._switchboard.owner_of(str(message["contact_id"]))
        if owner is None or owner.business_id != business_id:
            raise Conflict("This contact is over.")
        return owner

    def _own_account(self, person_id: str) -> str:
        presence = self._routing.router.presence(person_id)
        if presence is None or not presence.signed_in or not presence.account:
            raise Conflict("Sign in at a device first.")
        if presence.state in IN_CONTACT:
            raise Conflict("You are in a contact: end it or put it aside first.")
        return presence.account

    def account_of_colleague(self, business_id: str, agent_id: str) -> str:
        """The device where a colleague can be rung now. Raises NotFound, Unreachable."""
        self._check_agent(business_id, agent_id)
        presence = self._routing.router.presence(agent_id)
        if presence is None or not presence.signed_in:
            raise Unreachable("This colleague is not signed in.")
        if not presence.reachable:
            raise Unreachable("This colleague's telephone cannot be reached.")
        if presence.state in IN_CONTACT:
            raise Unreachable("This colleague is in another contact.")
        return presence.account

    def _check_agent(self, business_id: str, agent_id: str) -> None:
        agent = self._configuration.routing.agents.get(agent_id)
        if agent is None or agent.business_id != business_id:
            raise NotFound("There is no such colleague.")

    async def target(self, business_id: str, person_id: str, given: Any, *, ring: bool) -> pw.Target:
        """Whom the agent means; `ring`: he is to be rung at once, otherwise he is waited for."""
        kind, target_id = str(given["kind"]), str(given.get("id") or "")
        match kind:
            case "agent" if target_id == person_id:
                raise InvalidInput("Choose somebody else.", field="target")
            case "agent" if ring:
                return pw.Target(kind, target_id, self.account_of_colleague(business_id, target_id))
            case "agent":
                self._check_waits(business_id, target_id)
            case "queue":
                self._check_queue(business_id, target_id)
            case "mailbox":
                if target_id not in self._configuration.routing.agents:
                    self._check_queue(business_id, target_id)
            case "flow":
                flow = self._configuration.flow_of(business_id, target_id)
                if flow is None:
                    raise NotFound("There is no such flow.")
                return pw.Target(kind, target_id, flow=flow)
            case "number" if (inner := self._inner(business_id, str(given.get("number") or ""))) and inner.kind != "agent":
                return await self.target(business_id, person_id, {"kind": inner.kind, "id": inner.id}, ring=ring)
            case "number":
                knowing = bool(given.get("override_do_not_call"))
                found = await self._switchboard.may_reach(business_id, person_id, str(given.get("number") or ""), knowing=knowing)
                tables = self._switchboard.tables_for(business_id)
                if found.kind == "internal":
                    return await self.target(business_id, person_id, {"kind": "agent", "id": tables.extensions[found.number]}, ring=ring)
                return pw.Target(kind, number=tables.sent(found.number))
            case _:
                raise InvalidInput("A target is an agent, a queue, a flow, a number or a mailbox.", field="target")
        return pw.Target(kind, target_id)

    def _inner(self, business_id: str, number: str) -> Inner | None:
        return self._configuration.dial_plans.get(business_id, USUAL_PLAN).inner(number)

    async def consulted(self, business_id: str, person_id: str, given: Any) -> pw.Target:
        """Whom the agent wants to ask while the customer hears music. Raises InvalidInput for a flow or a mailbox."""
        target = await self.target(business_id, person_id, given, ring=True)
        if target.kind not in ("agent", "queue", "number"):
            raise InvalidInput("A colleague, a queue or a number can be consulted.", field="target")
        return target

    def _check_waits(self, business_id: str, agent_id: str) -> None:
        self._check_agent(business_id, agent_id)
        presence = self._routing.router.presence(agent_id)
        if presence is None or not presence.signed_in:
            raise Unreachable("This colleague is not signed in.")
        if presence.status is not Status.READY:
            raise Unreachable("This colleague is on a break.")

    def _check_queue(self, business_id: str, queue_id: str) -> None:
        rules = self._configuration.rules.get(queue_id)
        if rules is None or rules.business_id != business_id:
            raise NotFound("There is no such queue.")

    # --- commands ---------------------------------------------------------------------------------------------------------------

    def _ask(self, event_of: Callable[[str, Message], pw.PartyAsked]) -> Handler:
        async def handler(business_id: str, message: Message) -> Message:
            await self._owner(business_id, message).ask(event_of(str(message["person_id"]), message))
            return {}

        return handler

    async def _consult(self, business_id: str, message: Message) -> Message:
        person_id = str(message["person_id"])
        target = await self.consulted(business_id, person_id, message["target"])
        await self._owner(business_id, message).ask(pw.ConsultAsked(person_id, target))
        return {}

    async def _transfer(self, business_id: str, message: Message) -> Message:
        person_id = str(message["person_id"])
        target = await self.target(business_id, person_id, message["target"], ring=False)
        await self._owner(business_id, message).ask(pw.TransferAsked(person_id, target))
        return {}

    async def _park(self, business_id: str, message: Message) -> Message:
        return {"slot": await self.park(self._owner(business_id, message), str(message["person_id"]))}

    async def park(self, owner: CallOwner, agent_id: str) -> str:
        """Put the customer into the first slot that is free; the slot."""
        business_id = owner.business_id
        taken = {(one.business_id, one.call.state.parked.slot) for one in self._switchboard.owners.values() if one.call.state.parked}
        free = (slot for slot in map(str, range(FIRST_SLOT, LAST_SLOT + 1)) if (business_id, slot) not in taken | self._slots_given)
        slot = next(free, "")
        if not slot:
            raise Conflict("Every parking slot is taken.")
        self._slots_given.add((business_id, slot))
        try:
            await owner.ask(pw.ParkAsked(agent_id, slot))
        finally:
            self._slots_given.discard((business_id, slot))
        return slot

    async def _parked(self, business_id: str, _message: Message) -> Message:
        owners = [one for one in self._switchboard.owners.values() if one.business_id == business_id and one.call.state.parked]
        return {"items": [_parked(owner) for owner in sorted(owners, key=lambda one: _slot(one))]}

    async def _join(self, business_id: str, message: Message) -> Message:
        person_id = str(message["person_id"])
        owner = self._owner(business_id, message)
        await owner.ask(pw.ComeInAsked(person_id, self._own_account(person_id), "join"))
        return {}

    async def _monitor(self, business_id: str, message: Message) -> Message:
        """A lead hears a call over his own telephone, or changes how he does."""
        person_id, mode, agent_id = (str(message[what]) for what in ("person_id", "mode", "agent_id"))
        owner = self._owner(business_id, message)
        if owner.call.state.monitor_of(person_id):
            await owner.ask(pw.MonitorAsked(person_id, mode))
        elif mode not in MODES:
            raise InvalidInput("One listens, whispers or joins.", field="mode")
        else:
            await owner.ask(pw.ComeInAsked(person_id, self._own_account(person_id), f"{PURPOSE}{mode}", target_id=agent_id))
        return {}

    def monitored(self, business_id: str, person_id: str, agent_id: str) -> CallOwner:
        """The conversation of this agent, for somebody who may listen. Raises Forbidden, NotFound, Conflict."""
        plan = self._configuration.dial_plans.get(business_id)
        person = plan.people.get(person_id) if plan else None
        if person is None or LISTEN not in permissions_of(person.roles):
            raise Forbidden("You have no permission to listen to calls.", permission=LISTEN)
        self._check_agent(business_id, agent_id)
        owners = (one for one in self._switchboard.owners.values() if one.business_id == business_id)
        owner = next((one for one in owners if one.call.state.segment_of(agent_id)), None)
        if owner is None:
            raise Conflict("This colleague is in no conversation.")
        return owner

    async def _pick_up(self, business_id: str, message: Message) -> Message:
        person_id = str(message["person_id"])
        owner = self._owner(business_id, message)
        purpose = "pick_up" if owner.call.state.phase is Phase.PARKED else "take"
        await owner.ask(pw.ComeInAsked(person_id, self._own_account(person_id), purpose))
        return {}

    async def _play(self, business_id: str, message: Message) -> Message:
        owner = self._owner(business_id, message)
        sound_id = str(message["sound_id"])
        sound = self._configuration.sounds.get(sound_id)
        if sound is None or sound.business_id != business_id:
            raise NotFound("There is no such recording.")
        await owner.ask(pw.PlayAsked(str(message["person_id"]), sound_id, sound.spoken_in(owner.call.state.language)))
        return {}


def _slot(owner: CallOwner) -> str:
    parked = owner.call.state.parked
    return parked.slot if parked else ""


def _parked(owner: CallOwner) -> dict[str, Any]:
    state = owner.call.state
    assert state.parked
    since = state.parked.since.isoformat()
    return {
        "contact_id": owner.contact_id,
        "slot": state.parked.slot,
        "since": since,
        "by": state.parked.agent_id,
        "customer_id": state.customer_id,
    }
