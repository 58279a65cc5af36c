"""Booking a callback from a telephone's keypad: the time is typed, read back, confirmed. After a call by a code, or in it.

Confirming: 1 books it for oneself first, 2 for whoever of the queue is free, * asks for another time (in a call: gives it up).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from huying.channels.callback.when import ClosedThen, TimePassed, TimeTooFar, TimeUnknown, typed
from huying.channels.voice.bookings import Booking, Bookings
from huying.channels.voice.directory import Directory
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.phone_session import PhoneSession
from huying.channels.voice.switchboard import Switchboard
from huying.flows.effects import Item, Say
from huying.flows.speech import spoken_date, time_of_day, weekday
from huying.foundation.errors import Conflict, HuyingError, NotFound
from huying.telephony import port

log = structlog.get_logger()

LANGUAGE = "zh-CN"
TRIES = 4
TIME_KEYS = 9
"""One more than the longest time, so that its # is taken too."""
KEY_SECONDS = 8.0
PATIENCE = timedelta(seconds=30)
"""In a call: from the read-back to the key that confirms."""
WRONG: dict[type[HuyingError], str] = {
    TimePassed: "keypad.time_passed",
    TimeTooFar: "keypad.time_too_far",
    ClosedThen: "keypad.closed_then",
    TimeUnknown: "keypad.time_unknown",
}
Speak = Callable[[tuple[Item, ...]], list[port.Media]]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a telephone means: the customer of a contact."""

    business_id: str
    agent_id: str
    contact_id: str
    number: str
    queue_id: str


@dataclass(frozen=True, slots=True)
class _Asked:
    meant: Meant
    due_at: datetime
    until: datetime


class Appointing:
    """The dialogue, for telephones that have called in (`run`) and for those in a conversation (`ask`, `answer`)."""

    def __init__(self, switchboard: Switchboard, bookings: Bookings, directory: Directory, speak: Speak) -> None:
        self._switchboard, self._bookings, self._directory, self._speak = switchboard, bookings, directory, speak
        self._asked: dict[str, _Asked] = {}

    # --- after a call -----------------------------------------------------------------------------------------------------------

    async def run(self, session: PhoneSession, meant: Meant) -> None:
        """Ask until it is booked. Raises HungUp, and what speaks against booking for this number."""
        for _ in range(TRIES):
            first = await session.play(self._said("keypad.enter_time"))
            due_at, wrong = self._read(meant, await session.keys(KEY_SECONDS, most=TIME_KEYS, first=first.strip("#")))
            if due_at is None:
                await session.play(self._said(wrong))
                continue
            key = await session.play(self._read_back(meant.business_id, due_at)) or await session.keys(KEY_SECONDS)
            if key in ("1", "2"):
                await self._book(meant, due_at, key)
                await session.play(self._said("keypad.booked"))
                return
        raise Conflict("No time was confirmed.")

    # --- in a call --------------------------------------------------------------------------------------------------------------

    async def ask(self, leg_id: str, meant: Meant, keys: str) -> None:
        """The time was typed in a conversation: read it back to this telephone alone."""
        due_at, wrong = self._read(meant, keys)
        if due_at is None:
            await self._tell(leg_id, self._said(wrong))
            return
        now = self._switchboard.around.clock()
        self._asked = {leg: asked for leg, asked in self._asked.items() if asked.until >= now}  # of calls that ended without an answer
        self._asked[leg_id] = _Asked(meant, due_at, now + PATIENCE)
        await self._tell(leg_id, self._read_back(meant.business_id, due_at))

    def waits(self, leg_id: str) -> bool:
        """Whether the next key of this telephone answers a read-back."""
        asked = self._asked.get(leg_id)
        if asked and self._switchboard.around.clock() > asked.until:
            del self._asked[leg_id]
            return False
        return asked is not None

    async def answer(self, leg_id: str, key: str) -> None:
        """The key after a read-back. Raises what speaks against booking."""
        asked = self._asked.pop(leg_id, None)
        if asked and key in ("1", "2"):
            await self._book(asked.meant, asked.due_at, key)
            await self._tell(leg_id, self._said("keypad.booked"))
        elif asked:
            await self._tell(leg_id, self._said("keypad.given_up"))

    def in_call(self, owner: CallOwner, agent_id: str) -> Meant:
        """The customer of a conversation. Raises Conflict when he has no number."""
        state = owner.call.state
        if not owner.remote_number:
            raise Conflict("The customer's number is not known.")
        segment = state.segment_of(agent_id)
        queue_id = (segment.queue_id if segment else "") or (state.stay.queue_id if state.stay else "")
        return Meant(owner.business_id, agent_id, owner.contact_id, owner.remote_number, queue_id or self._home(agent_id))

    async def after_call(self, business_id: str, agent_id: str, contact_id: str) -> Meant:
        """The customer of a contact that is over. Raises NotFound."""
        if owner := self._switchboard.owner_of(contact_id):
            return self.in_call(owner, agent_id)
        number = (await self._directory.numbers_of([contact_id])).get(contact_id, "")
        if not number:
            raise NotFound("The customer's number is not known.")
        return Meant(business_id, agent_id, contact_id, number, self._home(agent_id))

    def _home(self, agent_id: str) -> str:
        configuration = self._switchboard.configuration
        agent = configuration.routing.agents.get(agent_id) if configuration else None
        if agent is None or not agent.queues:
            raise Conflict("You serve no queue from which the customer could be called.")
        return agent.queues[0]

    # --- both -------------------------------------------------------------------------------------------------------------------

    def _read(self, meant: Meant, keys: str) -> tuple[datetime | None, str]:
        """The moment, or the prompt that says why not."""
        now = self._switchboard.around.clock()
        try:
            due_at = typed(keys, self._bookings.zone(meant.business_id), now)
            self._bookings.check_time(meant.business_id, meant.queue_id, due_at)
        except (TimePassed, TimeTooFar, ClosedThen, TimeUnknown) as error:
            return None, WRONG[type(error)]
        return due_at, ""

    async def _book(self, meant: Meant, due_at: datetime, key: str) -> None:
        booking = Booking(
            business_id=meant.business_id,
            due_at=due_at,
            queue_id=meant.queue_id,
            number=meant.number,
            agent_id=meant.agent_id,
            wanted_id=meant.agent_id if key == "1" else "",
            previous_contact_id=meant.contact_id,
        )
        contact_id = await self._bookings.book(booking)
        log.info("keypad.callback_booked", contact_id=contact_id, agent_id=meant.agent_id)

    def _read_back(self, business_id: str, due_at: datetime) -> list[port.Media]:
        local = due_at.astimezone(self._bookings.zone(business_id))
        date = spoken_date(local.date(), LANGUAGE, with_year=False)
        return self._said("keypad.call_back_on", *date, *weekday(local.date()), *time_of_day(local.time(), LANGUAGE), "keypad.confirm_time")

    def _said(self, *keys: str) -> list[port.Media]:
        return self._speak(tuple(Say(key, LANGUAGE) for key in keys))

    async def _tell(self, leg_id: str, media: Sequence[port.Media]) -> None:
        await self._switchboard.around.engine.play(self._switchboard.new_id(), leg_id, media)
