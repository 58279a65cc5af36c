"""The commands of desks, leads and web pages, as they come over the bus. Checks that they concern the asker's own business."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict

from huying.channels.help.events import HelpAsked, HelpEnded, HelpTaken
from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_words import CallbackEndAsked
from huying.channels.voice.call.state import Phase
from huying.channels.voice.client import VisitorState
from huying.channels.voice.devices.keeper import LineKeeper
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.party_commands import PartyCommands
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.silence import listeners
from huying.channels.voice.switchboard import Switchboard
from huying.channels.voice.visitors import Visitors
from huying.crm.knowledge.events import ArticleSent
from huying.foundation.bus.port import Message
from huying.foundation.errors import Conflict, Forbidden, InvalidInput, NotFound
from huying.foundation.journal.entry import Event
from huying.routing.events import AgentMoved
from huying.routing.router import work
from huying.routing.router.presence import Status

NOTED_EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in (HelpAsked, HelpTaken, HelpEnded, ArticleSent)}

Arguments = Message
Handler = Callable[[str, Arguments], Awaitable[Message]]


class OnOtherDevice(Conflict):
    """You talk at another one of your devices: nothing is to be put back here."""

    code = "on-other-device"


class DeskCommands:
    """Answers `voice.command`."""

    def __init__(
        self,
        switchboard: Switchboard,
        routing: RoutingOwner,
        visitors: Visitors,
        reload: Callable[[], Awaitable[None]],
        lines: LineKeeper,
        more: Mapping[str, Handler] | None = None,
    ) -> None:
        """`more`: commands that others carry out."""
        self._switchboard = switchboard
        self._reload = reload
        self._routing = routing
        self._visitors = visitors
        self.parties = PartyCommands(switchboard, routing)
        self._lines = lines
        self._handlers: dict[str, Handler] = {
            **(more or {}),
            "refresh_configuration": self._refresh,
            "sign_in": self._sign_in,
            "move_device": self._move_device,
            "sign_out": self._sign_out,
            "set_status": self._set_status,
            "choose_groups": self._choose_groups,
            "tell_moved": self._tell_moved,
            "finish_after_call": self._finish,
            "extend_after_call": self._extend,
            "refuse": self._ask(lambda person, a: w.RefuseAsked(person, str(a["reason"]))),
            "hang_up": self._ask(lambda person, _: w.HangUpAsked(person)),
            "hold": self._ask(lambda person, a: w.HoldAsked(person, bool(a["held"]))),
            "mute": self._ask(lambda person, a: w.MuteAsked(person, bool(a["muted"]))),
            "send_digits": self._ask(lambda person, a: w.DigitsAsked(person, str(a["digits"]))),
            "pause_recording": self._ask(lambda person, a: w.PauseAsked(person, bool(a["paused"]))),
            "rejoin": self._rejoin,
            "call_quality": self._quality,
            "end_contact": self._ask(lambda _, __: w.EndAsked("supervisor")),
            "create_visitor": self._create_visitor,
            "visitor_state": self._visitor_state,
            "end_visitor_call": self._end_visitor_call,
            "request_callback": self._request_callback,
            "cancel_callback": self._cancel_callback,
            **self.parties.handlers,
            "note_in_call": self._note_in_call,
        }

    async def answer(self, message: Message) -> Message:
        """Carry out one command. Raises what it raises; the bus takes it to the asker."""
        handler = self._handlers.get(str(message.get("command")))
        if handler is None:
            raise InvalidInput("The telephone process does not know this command: are both of the same version?")
        return await handler(str(message["business_id"]), message["arguments"])

    async def _refresh(self, _business_id: str, _arguments: Arguments) -> Message:
        await self._reload()
        return {}

    # --- agents ---------------------------------------------------------------------------------------------------------------

    def _agent(self, business_id: str, arguments: Arguments) -> str:
        person_id = str(arguments["person_id"])
        configuration = self._switchboard.configuration
        agent = configuration.routing.agents.get(person_id) if configuration else None
        if agent is None or agent.business_id != business_id:
            raise NotFound("This person is not an agent.")
        return person_id

    async def _sign_in(self, business_id: str, arguments: Arguments) -> Message:
        account = str(arguments["account"])
        person_id = self._agent(business_id, arguments)
        configuration = self._switchboard.configuration
        if configuration is None or configuration.account_owners.get(account) != person_id:
            raise Forbidden("This telephone belongs to somebody else.")
        self._routing.handle(work.SignIn(person_id, account))
        self._lines.begin(person_id)
        return {}

    async def _move_device(self, business_id: str, arguments: Arguments) -> Message:
        presence = self._routing.router.presence(self._agent(business_id, arguments))
        if presence and presence.signed_in:
            ready = presence.status is Status.READY
            await self._sign_in(business_id, arguments)
            if ready:
                self._routing.handle(work.ChooseStatus(presence.agent_id, Status.READY.value, "", "self"))
        return {}

    async def _sign_out(self, business_id: str, arguments: Arguments) -> Message:
        lead = str(arguments["lead"])
        self._routing.handle(work.SignOut(self._agent(business_id, arguments), _by(lead)), lead)
        return {}

    async def _set_status(self, business_id: str, arguments: Arguments) -> Message:
        status = str(arguments["status"])
        if status not in ("ready", "break"):
            raise InvalidInput("The status is ready or break.")
        agent, lead = self._agent(business_id, arguments), str(arguments["lead"])
        if status == "ready":
            self._lines.begin(agent)
        self._routing.handle(work.ChooseStatus(agent, status, str(arguments["reason"]), _by(lead)), lead)
        return {}

    async def _choose_groups(self, business_id: str, arguments: Arguments) -> Message:
        agent, lead = self._agent(business_id, arguments), str(arguments["lead"])
        self._routing.handle(work.ChooseGroups(agent, frozenset(map(str, arguments["left"])), _by(lead)), lead)
        return {}

    async def _tell_moved(self, business_id: str, arguments: Arguments) -> Message:
        agent = self._agent(business_id, arguments)
        self._routing.note(agent, AgentMoved(str(arguments["lead"]), sorted(map(str, arguments["groups"]))))
        return {}

    async def _finish(self, business_id: str, arguments: Arguments) -> Message:
        self._routing.handle(work.AfterCallFinished(self._agent(business_id, arguments)))
        return {}

    async def _extend(self, business_id: str, arguments: Arguments) -> Message:
        seconds = int(arguments["seconds"])
        if not 0 < seconds <= 3600:
            raise InvalidInput("Extend by one second up to one hour.")
        self._routing.handle(work.AfterCallExtended(self._agent(business_id, arguments), seconds))
        return {}

    # --- calls ----------------------------------------------------------------------------------------------------------------

    def _owner(self, business_id: str, contact_id: str) -> CallOwner:
        owner = self._switchboard.owner_of(contact_id)
        if owner is None or owner.business_id != business_id:
            raise Conflict("This contact is over.")
        return owner

    def _ask(
        self,
        event_of: Callable[
            [str, Arguments], w.RefuseAsked | w.HangUpAsked | w.HoldAsked | w.MuteAsked | w.DigitsAsked | w.PauseAsked | w.EndAsked
        ],
    ) -> Handler:
        async def handler(business_id: str, arguments: Arguments) -> Message:
            owner = self._owner(business_id, str(arguments["contact_id"]))
            await owner.ask(event_of(str(arguments["person_id"]), arguments))
            return {}

        return handler

    async def _rejoin(self, business_id: str, arguments: Arguments) -> Message:
        person_id = self._agent(business_id, arguments)
        owner = self._owner(business_id, str(arguments["contact_id"]))
        presence = self._routing.router.presence(person_id)
        if presence is None or not presence.account:
            raise Conflict("Sign in at a device first.")
        elsewhere = {self._lines.account_of(leg_id) for agent_id, leg_id in listeners(owner) if agent_id == person_id} - {
            "",
            presence.account,
        }
        if elsewhere:
            raise OnOtherDevice
        await owner.ask(w.RejoinAsked(person_id, presence.account))
        return {}

    async def _quality(self, business_id: str, arguments: Arguments) -> Message:
        owner = self._owner(business_id, str(arguments["contact_id"]))
        if not owner.has_agent(str(arguments["person_id"])):
            raise Forbidden("You are not in this conversation.")
        return {"legs": [leg.data() for leg in owner.call.soundness.of(owner.call.state)]}

    # --- visitors --------------------------------------------------------------------------------------------------------------

    async def _create_visitor(self, business_id: str, arguments: Arguments) -> Message:
        configuration = self._switchboard.configuration
        entry = configuration.entries.get(("web", str(arguments["entry"]))) if configuration else None
        if entry is None or entry.business_id != business_id:
            raise NotFound("There is no such entry.")
        return asdict(await self._visitors.create(entry.address, str(arguments["language"]), str(arguments.get("customer_number") or "")))

    async def _visitor_state(self, business_id: str, arguments: Arguments) -> Message:
        call_id = str(arguments["call_id"])
        owner = self._switchboard.owner_of(self._visitors.contact_of(call_id))
        if owner is None or owner.business_id != business_id or owner.call.ended:
            return asdict(self._visitors.state_without_call(call_id))
        state = owner.call.state
        waiting = state.phase is Phase.WAITING and state.stay
        place = self._routing.router.place(state.stay.entry_id) if waiting and state.stay else 0
        return asdict(VisitorState(state.phase.value, state.contact_id, place, ""))

    async def _end_visitor_call(self, business_id: str, arguments: Arguments) -> Message:
        owner = self._owner(business_id, self._visitors.contact_of(str(arguments["call_id"])))
        await owner.ask(w.EndAsked("customer_hung_up"))
        return {}

    # --- callbacks -------------------------------------------------------------------------------------------------------------

    async def _request_callback(self, business_id: str, arguments: Arguments) -> Message:
        configuration = self._switchboard.configuration
        entry = configuration.entries.get(("web", str(arguments["entry"]))) if configuration else None
        if configuration is None or entry is None or entry.business_id != business_id:
            raise NotFound("There is no such entry.")
        queue = configuration.rules.get(str(arguments["queue_id"]))
        if queue is None or queue.business_id != business_id:
            raise NotFound("There is no such queue.")
        number, name, language = (str(arguments[what]) for what in ("number", "name", "language"))
        return {"contact_id": await self._switchboard.request_callback(entry, queue, number, name, language)}

    async def _cancel_callback(self, business_id: str, arguments: Arguments) -> Message:
        owner = self._owner(business_id, str(arguments["contact_id"]))
        if not owner.call.state.virtual:
            raise Conflict("This is no callback that waits.")
        await owner.ask(CallbackEndAsked("cancelled"))
        return {}

    # --- help ------------------------------------------------------------------------------------------------------------------

    async def _note_in_call(self, business_id: str, arguments: Arguments) -> Message:
        """Journal what becomes of a request for help, or that an article was sent; who asks or sends must be in the call."""
        owner = self._owner(business_id, str(arguments["contact_id"]))
        event = NOTED_EVENTS[str(arguments["kind"])].of(arguments["data"])
        if isinstance(event, HelpAsked | ArticleSent) and not owner.has_agent(event.agent_id):
            raise Conflict("You are not in this call (any more).")
        await owner.note(event)
        return {}


def _by(lead: str) -> str:
    return "lead" if lead else "self"
