"""Calls that people of the house begin, from the wish to the owner of the call: who, whom, over which telephone, and what is kept of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import structlog

from huying.channels.dialling.events import DialRequested
from huying.channels.dialling.numbers import Dialled, NotDiallable
from huying.channels.dialling.plan import MAILBOX, USUAL_PLAN, DiallingRefused, DialPlan
from huying.channels.events import ContactEntered
from huying.channels.service import NewInteraction
from huying.channels.voice.call.dial_words import DialBegun
from huying.channels.voice.call.dialling import Dialling
from huying.channels.voice.call.outgoing import INTERNAL, MAILBOX_CLASS, OUTBOUND
from huying.channels.voice.call.turn import Tables
from huying.channels.voice.callbacks import state_of
from huying.channels.voice.directory import Directory
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.streams import Streams
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.errors import HuyingError, InvalidInput
from huying.foundation.journal.entry import STREAM_CONTACT

log = structlog.get_logger()

KEEP_SECONDS = 1.0
LANGUAGE = "zh-CN"


class FlowNotCalled(InvalidInput):
    """This is the number of a flow: a customer can be handed on to it, but it cannot be called."""

    code = "flow-not-called"


@dataclass(frozen=True, slots=True)
class Wish:
    """A call that may be: everything has been checked. `leg_id`: the telephone that has called in already, otherwise `account` is rung."""

    business_id: str
    agent_id: str
    found: Dialled
    account: str = ""
    leg_id: str = ""
    called_id: str = ""
    """The colleague or the queue, of an internal call."""
    queue_id: str = ""
    customer_id: str = ""
    previous_contact_id: str = ""
    wish_id: str = ""
    shown_name: str = field(default="", repr=False)


class DialCalls:
    """Begins such calls."""

    def __init__(self, switchboard: Switchboard, directory: Directory, streams: Streams) -> None:
        self._switchboard = switchboard
        self._directory = directory
        self._streams = streams

    def plan_of(self, business_id: str) -> DialPlan:
        """How the business dials."""
        configuration = self._switchboard.configuration
        return configuration.dial_plans.get(business_id, USUAL_PLAN) if configuration else USUAL_PLAN

    def called(self, business_id: str, found: Dialled) -> str:
        """The colleague or the queue of an internal number, or of the mailbox; empty for one outside. Raises FlowNotCalled."""
        inner = self.plan_of(business_id).inner(found.number) if found.kind == "internal" else None
        if inner and inner.kind == "flow":
            raise FlowNotCalled
        return inner.id if inner else ""

    async def begin(self, wish: Wish) -> str:
        """The call stands in the journal and has an owner; the contact's id. Raises Unavailable."""
        switchboard, around = self._switchboard, self._switchboard.around
        internal = bool(wish.called_id)
        contact_id, leg_id = switchboard.new_id(), wish.leg_id or switchboard.new_id()
        customer_id, language = wish.customer_id, ""
        if not internal and not customer_id and wish.found.kind != "emergency":
            customer_id, language = await switchboard.records.customer(wish.business_id, wish.found.number)
        now, kind = around.clock(), INTERNAL if internal else OUTBOUND
        first = (
            ContactEntered("phone", kind, "", customer_id, language or LANGUAGE, ""),
            DialRequested(
                kind,
                wish.agent_id,
                leg_id,
                MAILBOX_CLASS if internal and wish.found.number.startswith(MAILBOX) else wish.found.kind,
                wish.queue_id,
                wish.called_id,
                wish.previous_contact_id,
                wish.wish_id,
            ),
        )
        await self._keep(self._interaction(contact_id, wish, customer_id, kind))
        await self._streams.commit(wish.business_id, STREAM_CONTACT, contact_id, first, now)
        tables = self.tables_of(wish.business_id, wish.queue_id, wish.found)
        call = Dialling(state_of(contact_id, first, now), tables)
        owner = CallOwner(call, wish.business_id, *self._remote(wish), around)
        switchboard.hold(owner, [leg_id])
        owner.start()
        await owner.ask(DialBegun(wish.account, has_called_in=bool(wish.leg_id)))
        return contact_id

    def tables_of(self, business_id: str, queue_id: str, found: Dialled | None) -> Tables:
        """What such a call looks up; without a number nothing is dialled."""
        tables, plan = self._switchboard.tables_for(business_id), self.plan_of(business_id)
        dialled = plan.sent(found) if found and found.kind != "internal" else ""
        return replace(tables, dialled=dialled, shown=tables.shown_for(queue_id))

    def _remote(self, wish: Wish) -> tuple[str, str]:
        """What telephones of ours show: outside, whom one calls; inside, who calls."""
        if not wish.called_id:
            return wish.found.number, wish.shown_name
        return self.extension_of(wish.agent_id), self.name_of(wish.agent_id)

    def extension_of(self, agent_id: str) -> str:
        """The agent's extension; empty for nobody."""
        configuration = self._switchboard.configuration
        agent = configuration.routing.agents.get(agent_id) if configuration else None
        return agent.extension if agent else ""

    def name_of(self, agent_id: str) -> str:
        """The agent's name, or the queue's; empty for nobody."""
        configuration = self._switchboard.configuration
        if configuration is None:
            return ""
        agent, queue = configuration.routing.agents.get(agent_id), configuration.routing.queues.get(agent_id)
        return agent.name if agent else queue.name.get(LANGUAGE, queue.code) if queue else ""

    def _interaction(self, contact_id: str, wish: Wish, customer_id: str, kind: str) -> NewInteraction:
        shown = self._switchboard.tables_for(wish.business_id).shown_for(wish.queue_id) if kind == OUTBOUND else ""
        return NewInteraction(
            contact_id=contact_id,
            business_id=wish.business_id,
            channel="phone",
            direction=kind,
            remote_number=wish.found.number,
            remote_name=self.name_of(wish.called_id) if wish.called_id else wish.shown_name,
            customer_id=customer_id or None,
            number_called=shown,
            started_at=self._switchboard.around.clock(),
        )

    async def _keep(self, interaction: NewInteraction) -> None:
        """Before the screen hears of the call and asks for it, when the database can; otherwise as soon as it can."""
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                await self._directory.keep_interaction(interaction)
        except (HuyingError, TimeoutError):
            log.warning("dial.interaction_not_kept_yet", contact_id=interaction.contact_id)
            self._switchboard.records.keep_later(interaction)

    def may_dial(self, business_id: str, person_id: str, text: str, *, do_not_call: bool = False, knowing: bool = False) -> Dialled:
        """The number, when this person may dial it now. Raises NotDiallable, DiallingRefused."""
        now = self._switchboard.around.clock()
        return self.plan_of(business_id).allowed(person_id, text, now, do_not_call=do_not_call, knowing=knowing)

    async def may_reach(self, business_id: str, person_id: str, text: str, *, knowing: bool = False) -> Dialled:
        """The number outside or extension, when this person may call it now and the customer who has it wants to be called; `knowing`: the
        person wants it all the same. Raises NotDiallable, DiallingRefused."""
        refused = await self.does_not_want_it(business_id, text)
        return self.may_dial(business_id, person_id, text, do_not_call=refused, knowing=knowing)

    async def does_not_want_it(self, business_id: str, text: str) -> bool:
        """Does the customer of this number not want to be called? What cannot be found out in time hinders nobody."""
        found = self.plan_of(business_id).read(text)
        if found.short or found.kind in ("internal", "emergency"):
            return False
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                return await self._directory.may_not_be_called(business_id, found.number)
        except (HuyingError, TimeoutError):
            log.warning("dial.consent_not_looked_up", business_id=business_id)
            return False

    def sent(self, business_id: str, text: str) -> str:
        """What goes over the trunk for a number; empty for one that cannot be dialled."""
        plan = self.plan_of(business_id)
        try:
            found = plan.read(text)
        except NotDiallable:
            return ""
        return plan.sent(found) if found.kind != "internal" else ""

    def diverted(self, business_id: str, person_id: str, text: str) -> str:
        """What goes over the trunk for a number that a person passes calls on to; empty where he may not dial it (any longer)."""
        try:
            self.may_dial(business_id, person_id, text)
        except (NotDiallable, DiallingRefused):
            log.info("dial.not_passed_on", person_id=person_id)
            return ""
        return self.sent(business_id, text)
