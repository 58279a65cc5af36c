"""The demo's traffic: simulated customers call at a chosen rate, simulated agents sign in and answer. Real calls through the engine.

It knows no more than any other program beside the centre: it hears the live entries and gives the commands a desk could give.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

import structlog
from sqlalchemy import select

from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.client import VoiceClient, live_subject
from huying.channels.voice.events import SegmentStarted
from huying.foundation.bus.port import Bus, Message
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError
from huying.foundation.journal.entry import Entry, Event
from huying.routing.events import AgentSignedIn, AgentStateChanged, AgentStatusChosen
from huying.routing.model import AgentRow
from huying.sample.traffic_script import KEY_PAUSE_SECONDS, NextCall, after_call_seconds, next_call
from huying.telephony.model import KIND_SIMULATED, PhoneAccountRow

log = structlog.get_logger(__name__)

SIGN_IN_EVERY_SECONDS = 15.0
READY_AFTER_SECONDS = 5.0
RETRY_SECONDS = 3.0
LONGEST_SECONDS = 1200.0


def most_at_once() -> int:
    """How many simulated calls this machine bears: each takes a tenth of a processor (two people's sound is made, and recorded)."""
    return max(4, 4 * (os.cpu_count() or 1))


class Customers(Protocol):
    """The people who call (`telephony.asterisk.simulated_parties`)."""

    async def place_simulated_call(
        self,
        number: str,
        remote_number: str,
        keys: str = "",
        patience_seconds: float = 300.0,
        talk_seconds: float = 60.0,
        *,
        remote_name: str = "",
        key_pause_seconds: float = 1.0,
        tone: int = 440,
    ) -> object:
        """Call a number of ours."""

    def met_person(self, leg_id: str) -> None:
        """The customer of this leg talks with a person now."""

    def forget(self, leg_id: str) -> None:
        """The call of this leg has ended."""


class Closing(Protocol):
    """Says how calls went (`closing`)."""

    async def close(self, contact_id: str, person_id: str, queue_id: str) -> None:
        """The person is through with this contact."""


@dataclass(frozen=True, slots=True)
class Crew:
    """The simulated agents of a business: person id and account."""

    business_id: str
    agents: Sequence[tuple[str, str]]


async def load_crew(database: Database, business_id: str) -> Crew:
    """The simulated agents who have a simulated account."""
    async with database.business(business_id) as session:
        rows = await session.execute(
            select(AgentRow.person_id, PhoneAccountRow.name)
            .join(PhoneAccountRow, PhoneAccountRow.person_id == AgentRow.person_id)
            .where(AgentRow.simulated, PhoneAccountRow.kind == KIND_SIMULATED)
            .order_by(PhoneAccountRow.name)
        )
        return Crew(business_id, [(str(person), str(account)) for person, account in rows])


class Traffic:
    """Runs until it is cancelled."""

    def __init__(
        self,
        customers: Customers,
        voice: VoiceClient,
        bus: Bus,
        crew: Crew,
        number: str,
        rate: float,
        dice: Random,
        most_at_once: int,
        closing: Closing | None = None,
    ) -> None:
        """`number` is called, `rate` times a minute on average, while fewer than `most_at_once` calls go on."""
        self._most_at_once, self._closing = most_at_once, closing
        self._customers, self._voice, self._bus, self._crew = customers, voice, bus, crew
        self._number, self._rate, self._dice = number, rate, dice
        self._people = {person for person, _ in crew.agents}
        self._legs: dict[str, tuple[str, float]] = {}
        self._later: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Let them call and answer."""
        subscription = await self._bus.subscribe(live_subject(self._crew.business_id), self._hear)
        signing_in = asyncio.create_task(self._keep_signed_in())
        try:
            while True:
                call = next_call(self._dice, self._rate)
                await asyncio.sleep(call.gap_seconds)
                if self._going_on() < self._most_at_once:
                    await self._place(call)
                else:
                    log.info("traffic.call_left_out")
        finally:
            await subscription.stop()
            for task in (signing_in, *self._later):
                task.cancel()
            await asyncio.gather(signing_in, *self._later, return_exceptions=True)

    def _going_on(self) -> int:
        """How many calls go on; an end that the bus has lost is forgotten after a while."""
        now = asyncio.get_running_loop().time()
        for contact_id in [contact_id for contact_id, (_, since) in self._legs.items() if now - since > LONGEST_SECONDS]:
            del self._legs[contact_id]
        return len(self._legs)

    async def _place(self, call: NextCall) -> None:
        try:
            await self._customers.place_simulated_call(
                self._number,
                call.remote_number,
                call.keys,
                call.patience_seconds,
                call.talk_seconds,
                key_pause_seconds=KEY_PAUSE_SECONDS,
                tone=call.tone,
            )
        except HuyingError as error:
            log.info("traffic.call_not_placed", reason=error.message)
            await asyncio.sleep(RETRY_SECONDS)

    async def _keep_signed_in(self) -> None:
        """Signing in again at the same account changes nothing, so it is simply done now and then."""
        while True:
            for person_id, account in self._crew.agents:
                with contextlib.suppress(HuyingError):
                    await self._voice.sign_in(self._crew.business_id, person_id, account)
            await asyncio.sleep(SIGN_IN_EVERY_SECONDS)

    async def _hear(self, _subject: str, message: Message) -> None:
        for raw in message["entries"]:
            if raw["kind"] not in Event.kinds:
                continue  # of a wing that this process has no use for
            entry = Entry.from_json(raw)
            match entry.event:
                case ContactEntered(leg_id=leg_id):
                    self._legs[entry.stream_id] = leg_id, asyncio.get_running_loop().time()
                case SegmentStarted() if entry.stream_id in self._legs:
                    self._customers.met_person(self._legs[entry.stream_id][0])
                case ContactEnded() if entry.stream_id in self._legs:
                    self._customers.forget(self._legs.pop(entry.stream_id)[0])
                case _ if entry.stream_id in self._people:
                    self._hear_of_agent(entry)
                case _:
                    pass

    def _hear_of_agent(self, entry: Entry) -> None:
        match entry.event:
            case AgentSignedIn() | AgentStatusChosen(status="break", by="system"):
                self._soon(READY_AFTER_SECONDS, self._ready(entry.stream_id))
            case AgentStateChanged(state="after_call", contact_id=contact_id, queue_id=queue_id):
                self._soon(after_call_seconds(self._dice), self._finish(entry.stream_id, contact_id, queue_id))
            case _:
                pass

    async def _ready(self, person_id: str) -> None:
        await self._voice.set_status(self._crew.business_id, person_id, "ready")

    async def _finish(self, person_id: str, contact_id: str, queue_id: str) -> None:
        if self._closing is not None:
            with contextlib.suppress(HuyingError):
                await self._closing.close(contact_id, person_id, queue_id)
        await self._voice.finish_after_call(self._crew.business_id, person_id)

    def _soon(self, seconds: float, work: Coroutine[None, None, None]) -> None:
        async def wait() -> None:
            try:
                await asyncio.sleep(seconds)
                with contextlib.suppress(HuyingError):
                    await work
            finally:
                work.close()

        task = asyncio.create_task(wait())
        self._later.add(task)
        task.add_done_callback(self._later.discard)
