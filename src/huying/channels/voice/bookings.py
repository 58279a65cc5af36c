"""Callbacks at a time that was booked, as desks, pages and telephones ask for them: checks time, number and queue, then begins one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.channels.callback.events import CallbackRequested
from huying.channels.callback.numbers import number_to_call
from huying.channels.callback.settings import USUAL, CallbackSettings
from huying.channels.callback.when import check, moment, nearest
from huying.channels.dialling.numbers import NotDiallable
from huying.channels.dialling.plan import DiallingRefused
from huying.channels.events import ContactEntered
from huying.channels.voice.call.booked import CHANNEL, expiry
from huying.channels.voice.call.callback_words import CallbackMoveAsked
from huying.channels.voice.callbacks import AlreadyBooked, Wish, booked_for
from huying.channels.voice.dial_calls import DialCalls
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.bus.port import Message
from huying.foundation.errors import Conflict, Forbidden, InvalidInput, NotFound
from huying.routing.router.work import QueueRules

Handler = Callable[[str, Message], Awaitable[Message]]
LANGUAGE = "zh-CN"
MOST_OF_A_NUMBER = 5
WHY_NOT = ("no_line", "no_queue", "never_open", "no_number", "not_callable", "booked_often")
"""Why no callback can be booked for a customer, whatever the time."""


@dataclass(frozen=True, slots=True)
class Booking:
    """What is booked. `agent_id`: who booked it, empty for the customer himself; `wanted_id`: who is asked first."""

    business_id: str
    due_at: datetime
    queue_id: str
    number: str = field(repr=False)
    agent_id: str = ""
    wanted_id: str = ""
    customer_id: str = ""
    previous_contact_id: str = ""
    name: str = field(default="", repr=False)
    language: str = ""
    entry_point: str = ""


class Bookings:
    """A part of `voice.command`, and of the keypad."""

    def __init__(self, switchboard: Switchboard, calls: DialCalls) -> None:
        self._switchboard, self._calls = switchboard, calls
        self.handlers: dict[str, Handler] = {"book_callback": self._book, "move_callback": self._move, "why_not_booked": self._why_not}

    def zone(self, business_id: str) -> ZoneInfo:
        """By whose clocks the business lives."""
        return self._switchboard.zone(business_id)

    async def _book(self, business_id: str, message: Message) -> Message:
        booking = Booking(
            business_id=business_id,
            due_at=moment(str(message["at"]), self.zone(business_id)),
            queue_id=str(message["queue_id"]),
            number=str(message["number"]),
            agent_id=str(message["agent_id"]),
            wanted_id=str(message["wanted_id"]),
            customer_id=str(message["customer_id"]),
            previous_contact_id=str(message["previous_contact_id"]),
            name=str(message["name"]),
            language=str(message["language"]),
            entry_point=str(message["entry_point"]),
        )
        return {"contact_id": await self.book(booking), "at": booking.due_at.isoformat()}

    async def book(self, booking: Booking) -> str:
        """It stands in the journal; the contact's id. Raises TimePassed, TimeTooFar, ClosedThen, DiallingRefused, NotFound, Conflict."""
        switchboard, now = self._switchboard, self._switchboard.around.clock()
        settings = self._settings(booking.business_id)
        self.check_time(booking.business_id, booking.queue_id, booking.due_at)
        number = await self._number(booking)
        theirs = booked_for(switchboard.owners.values(), booking.business_id, number)
        if not booking.agent_id and booking.queue_id in theirs:
            raise AlreadyBooked
        if len(theirs) >= MOST_OF_A_NUMBER:
            raise Conflict("This customer has several callbacks booked already: move or cancel one.")
        customer_id, language = booking.customer_id, booking.language
        if not customer_id or not language:
            found, spoken = await switchboard.records.customer(booking.business_id, number)
            customer_id, language = customer_id or found, language or spoken or LANGUAGE
        wish = Wish(booking.business_id, switchboard.new_id(), booking.entry_point, customer_id, number, booking.name)
        requested = CallbackRequested(
            by="agent" if booking.agent_id else "web",
            queue_id=booking.queue_id,
            previous_contact_id=booking.previous_contact_id,
            expires_at=expiry(booking.due_at, settings.expire_seconds).isoformat(),
            due_at=booking.due_at.isoformat(),
            wanted_id=booking.wanted_id,
            wanted_seconds=settings.own_seconds if booking.wanted_id else 0,
            agent_id=booking.agent_id,
        )
        first = (ContactEntered(CHANNEL, "outbound", booking.entry_point, customer_id, language, ""), requested)
        await switchboard.callbacks.request(wish, first, now)
        switchboard.begin_callback(booking.business_id, wish.contact_id, first, now)
        return wish.contact_id

    async def _why_not(self, business_id: str, message: Message) -> Message:
        return {"why": await self.why_not(business_id, str(message["agent_id"]), str(message["number"]))}

    async def why_not(self, business_id: str, agent_id: str, number: str) -> str:
        """One of WHY_NOT when this agent can book nothing for this number; empty when something can be booked."""
        configuration, now = self._switchboard.configuration, self._switchboard.around.clock()
        if not self._switchboard.tables_for(business_id).trunk:
            return "no_line"
        queues = [rules for rules in configuration.rules.values() if rules.business_id == business_id] if configuration else []
        if not queues:
            return "no_queue"
        most_days = self._settings(business_id).most_days
        if not any(nearest(now, now, rules.opening, most_days) for rules in queues):
            return "never_open"
        if not number:
            return "no_number"
        try:
            found = await self._calls.may_reach(business_id, agent_id, number)
        except (NotDiallable, DiallingRefused):
            return "not_callable"
        if found.kind in ("internal", "emergency"):
            return "not_callable"
        often = len(booked_for(self._switchboard.owners.values(), business_id, found.number)) >= MOST_OF_A_NUMBER
        return "booked_often" if often else ""

    def check_time(self, business_id: str, queue_id: str, due_at: datetime) -> None:
        """Whether somebody may be called from this queue then. Raises TimePassed, TimeTooFar, ClosedThen, NotFound, Forbidden."""
        now, most_days = self._switchboard.around.clock(), self._settings(business_id).most_days
        check(due_at, now, self.queue(business_id, queue_id).opening, most_days)

    async def _number(self, booking: Booking) -> str:
        """In E.164. Agents may book what they may dial; customers what the business calls back."""
        if not booking.agent_id:
            return number_to_call(booking.number, self._settings(booking.business_id))
        found = await self._calls.may_reach(booking.business_id, booking.agent_id, booking.number)
        if found.kind in ("internal", "emergency"):
            raise InvalidInput("A callback needs the number of a customer.", field="number")
        return found.number

    async def _move(self, business_id: str, message: Message) -> Message:
        owner = self.owner(business_id, str(message["contact_id"]))
        due_at = moment(str(message["at"]), self.zone(business_id))
        queue_id = str(message["queue_id"])
        self.check_time(business_id, queue_id, due_at)
        await owner.ask(CallbackMoveAsked(str(message["person_id"]), due_at, queue_id, str(message["wanted_id"])))
        return {"at": due_at.isoformat()}

    def owner(self, business_id: str, contact_id: str) -> CallOwner:
        """The owner of a callback that nobody talks in yet. Raises NotFound, Conflict."""
        owner = self._switchboard.owner_of(contact_id)
        if owner is None or owner.business_id != business_id:
            raise NotFound("There is no such contact (any longer).")
        if not owner.call.state.virtual:
            raise Conflict("This is no callback that waits.")
        return owner

    def queue(self, business_id: str, queue_id: str) -> QueueRules:
        """The rules of a queue of this business. Raises NotFound; Forbidden where nothing can be dialled."""
        configuration = self._switchboard.configuration
        rules = configuration.rules.get(queue_id) if configuration else None
        if rules is None or rules.business_id != business_id:
            raise NotFound("There is no such queue.")
        if not self._switchboard.tables_for(business_id).trunk:
            raise Forbidden("There is no line by which customers could be called.")
        return rules

    def _settings(self, business_id: str) -> CallbackSettings:
        configuration = self._switchboard.configuration
        return configuration.callbacks.get(business_id, USUAL) if configuration else USUAL
