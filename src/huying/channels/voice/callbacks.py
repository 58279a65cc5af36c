"""The callbacks of this process: writing down whom to call, beginning one, and finding those of a customer who calls."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from huying.channels.callback.events import CallbackRequested
from huying.channels.callback.numbers import NumberNotAllowed, number_to_call
from huying.channels.events import ContactEntered
from huying.channels.service import NewInteraction
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call.calling_back import CallingBack
from huying.channels.voice.call.folding import after
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.turn import Tables
from huying.channels.voice.directory import Directory
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.streams import Streams
from huying.foundation.errors import Conflict, HuyingError, Unavailable
from huying.foundation.journal.entry import STREAM_CONTACT, Event
from huying.routing.events import QueueEntered

log = structlog.get_logger()

KEEP_SECONDS = 3.0
"""Longer nobody waits for the database at the telephone: then it cannot be agreed, and he keeps his place in the line."""
CHANNEL = "callback"


class AlreadyBooked(Conflict):
    """You will be called back at this number already."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Whom to call, as it was written down."""

    business_id: str
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody asks to be called back, otherwise than by a call. `number` in E.164."""

    business_id: str
    contact_id: str
    entry_point: str
    customer_id: str
    number: str = field(repr=False)
    name: str = field(default="", repr=False)


class Callbacks:
    """Knows numbers, which stand in no journal."""

    def __init__(self, directory: Directory, streams: Streams) -> None:
        self._directory = directory
        self._streams = streams
        self._agreed: dict[str, Agreed] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def keep(self, owner: CallOwner, command: cw.KeepCallback, others: Collection[CallOwner]) -> None:
        """Write it down beside the call, and tell the call how that went. `others`: all calls there are."""
        self._spawn(self._keep(owner, command, others))

    async def _keep(self, owner: CallOwner, command: cw.KeepCallback, others: Collection[CallOwner]) -> None:
        state, result = owner.call.state, "kept"
        try:
            number = number_to_call(command.number or owner.remote_number, owner.call.tables.callbacks)
            if command.booked_from and command.booked_from in booked_for(others, owner.business_id, number):
                raise AlreadyBooked
            interaction = NewInteraction(
                contact_id=command.contact_id,
                business_id=owner.business_id,
                channel=CHANNEL,
                direction="outbound",
                remote_number=number,
                remote_name="" if command.number else owner.remote_name,
                customer_id=state.customer_id or None,
                number_called=state.entry_point,
                started_at=owner.now(),
            )
            await self.write_down(interaction)
        except NumberNotAllowed:
            result = "not_allowed"
        except AlreadyBooked:
            result = "already"
        except (HuyingError, TimeoutError):
            log.warning("callback.not_kept", contact_id=owner.contact_id)
            result = "failed"
        except Exception:  # whatever it is, the customer waits for the answer
            log.exception("callback.not_kept", contact_id=owner.contact_id)
            result = "failed"
        owner.post(cw.CallbackKept(command.contact_id, result))

    async def write_down(self, interaction: NewInteraction) -> None:
        """Keep whom to call. Raises Unavailable, TimeoutError."""
        async with asyncio.timeout(KEEP_SECONDS):
            await self._directory.keep_interaction(interaction)
        self._agreed[interaction.contact_id] = Agreed(interaction.business_id, interaction.remote_number)

    async def request(self, wish: Wish, first: Sequence[Event], at: datetime) -> None:
        """A callback that no call stands behind: write down whom to call, then journal it. Raises Unavailable."""
        interaction = NewInteraction(
            contact_id=wish.contact_id,
            business_id=wish.business_id,
            channel=CHANNEL,
            direction="outbound",
            remote_number=wish.number,
            remote_name=wish.name,
            customer_id=wish.customer_id or None,
            number_called=wish.entry_point,
            started_at=at,
        )
        try:
            await self.write_down(interaction)
        except TimeoutError:
            raise Unavailable("Your number could not be written down: try again in a minute.") from None
        await self._streams.commit(wish.business_id, STREAM_CONTACT, wish.contact_id, first, at)

    def forget(self, business_id: str, contact_id: str) -> None:
        """It came to nothing."""
        if self._agreed.pop(contact_id, None):
            self._spawn(self._forget(business_id, contact_id))

    async def _forget(self, business_id: str, contact_id: str) -> None:
        try:
            await self._directory.forget_interaction(business_id, contact_id)
        except HuyingError as error:
            log.warning("callback.not_forgotten", contact_id=contact_id, reason=error.message)

    def take_agreed(self, contact_id: str) -> str:
        """The number that was agreed for this contact; known once."""
        agreed = self._agreed.pop(contact_id, None)
        return agreed.number if agreed else ""

    async def stop(self) -> None:
        """Stop what still runs beside."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, job: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def state_of(contact_id: str, events: Sequence[Event], at: datetime) -> CallState:
    """A callback's state after its first events."""
    state = CallState(contact_id=contact_id)
    for event in events:
        state = after(state, event, at)
    return state


def booked_for(owners: Collection[CallOwner], business_id: str, number: str) -> list[str]:
    """The queues (ids) from which this number (E.164) is to be called at a time that was booked, one for each callback."""
    theirs = [one.call.state for one in owners if one.business_id == business_id and one.remote_number == number]
    return [state.callback.queue_id for state in theirs if state.virtual and state.callback and state.callback.due_at]


def returning(owners: Sequence[CallOwner], business_id: str, number: str) -> dict[str, cw.Returning]:
    """The callbacks that wait for the customer of this number (E.164), by queue."""
    found = {}
    for owner in owners:
        state = owner.call.state
        in_line = state.phase in (Phase.WAITING, Phase.DIALLING)
        waits = isinstance(owner.call, CallingBack) and state.virtual and in_line
        if waits and state.stay and owner.business_id == business_id and owner.remote_number == number:
            found[state.stay.queue_id] = cw.Returning(owner.contact_id, state.stay.entry_id, state.stay.waiting_since)
    return found


def callback_opening(tables: Tables, wish: Wish, queue_id: str, language: str, now: datetime) -> tuple[Event, ...]:
    """The first events of a callback that was asked for otherwise than by a call: its wait begins now."""
    expires_at = now + timedelta(seconds=tables.callbacks.expire_seconds)
    return (
        ContactEntered(CHANNEL, "outbound", wish.entry_point, wish.customer_id, language, ""),
        CallbackRequested("web", queue_id, "", expires_at.isoformat()),
        QueueEntered(tables.new_id(), queue_id, "first", channel=CHANNEL, attributes={"language": language}),
    )
