"""All work at the desk of one voice process: takes in what is written down for it, finds its owners, brings it back after a restart."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from huying.channels.desk_work import words as w
from huying.channels.desk_work.book import Outcome, Wanted, WorkBook
from huying.channels.desk_work.events import DeskWorkGiven
from huying.channels.desk_work.machine import DeskWork, opening
from huying.channels.desk_work.owner import Desk, WorkOwner
from huying.channels.desk_work.state import Phase, WorkState, after
from huying.channels.events import ContactEnded
from huying.channels.voice.call.words import Placed
from huying.channels.voice.events import SegmentStarted
from huying.channels.voice.streams import Streams
from huying.foundation.clock import Clock
from huying.foundation.errors import Conflict, HuyingError
from huying.foundation.journal.entry import STREAM_CONTACT, Entry, Event
from huying.foundation.journal.port import Journal
from huying.routing.router import work
from huying.routing.router.presence import State
from huying.routing.router.router import Router

log = structlog.get_logger()

FromRouter = w.OfferFor | w.OfferTakenBack | w.TurnedAway | Placed
LOOK_SECONDS = 5.0
"""How often the book is looked into when nobody says that there is something new."""
AT_ONCE = 100
AGAIN_SECONDS = 2.0


def is_desk_work(entries: Sequence[Entry]) -> bool:
    """Whether a contact's stream is that of work at the desk."""
    return any(isinstance(entry.event, DeskWorkGiven) for entry in entries[:2])


class DeskWorks:
    """Everything that waits for a desk, stands at one or is in somebody's hands."""

    def __init__(
        self,
        book: WorkBook,
        journal: Journal,
        streams: Streams,
        clock: Clock,
        route: Callable[[work.RoutingEvent], None],
        router: Router,
        new_id: Callable[[], str],
        accept_seconds: Callable[[str], int],
    ) -> None:
        """`accept_seconds`: of an agent, see `DeskWork`."""
        self.owners: dict[str, WorkOwner] = {}
        self._book, self._journal, self._streams, self._clock = book, journal, streams, clock
        self._router, self._new_id, self._accept_seconds = router, new_id, accept_seconds
        self._desk = Desk(streams, clock, route, self._write, self._over)
        self._unwritten: dict[str, Outcome] = {}
        self._unheld: set[tuple[str, str]] = set()
        self._news = asyncio.Event()
        self._looking = asyncio.Lock()

    # --- questions -------------------------------------------------------------------------------------------------------------

    def waiting_items(self) -> set[str]:
        """What stands in the router's line."""
        states = [owner.work.state for owner in self.owners.values()]
        return {state.item.item_id for state in states if state.item and state.phase is Phase.WAITING}

    def offer_ids(self) -> set[str]:
        """What is offered at a desk."""
        return {offered.offer_id for owner in self.owners.values() for offered in owner.work.state.offers}

    def has_agent(self, contact_id: str, agent_id: str) -> bool:
        """Whether the agent is at this work, or is offered it."""
        owner = self.owners.get(contact_id)
        if owner is None:
            return False
        state = owner.work.state
        return bool(state.offer_to(agent_id) or (state.in_hand and state.in_hand.agent_id == agent_id))

    # --- what the router and the desk say --------------------------------------------------------------------------------------

    def deliver(self, contact_id: str, event: FromRouter) -> None:
        """Pass on what the router says of a contact that is no call."""
        owner = self.owners.get(contact_id)
        if owner and not isinstance(event, Placed):
            owner.post(event)

    async def ask(self, business_id: str, contact_id: str, event: w.WorkEvent) -> None:
        """Do what somebody asks for. Raises Conflict."""
        owner = self.owners.get(contact_id)
        if owner is None or owner.business_id != business_id:
            raise Conflict("This is done already.")
        if isinstance(event, w.TakeAsked):
            self._must_be_free(event.agent_id)
        await owner.ask(event)

    def _must_be_free(self, agent_id: str) -> None:
        presence = self._router.presence(agent_id)
        if presence is None or not presence.signed_in:
            raise Conflict("Sign in at a device first.")
        if any(one.state is State.RINGING for one in presence.works):
            raise Conflict("Something else is offered to you: answer or refuse it first.")

    def agent_leaves(self, agent_id: str) -> None:
        """What an agent has in hand who signs out goes back into its queue."""
        for owner in list(self.owners.values()):
            held = owner.work.state.in_hand
            if held and held.agent_id == agent_id:
                owner.post(w.ReturnAsked(agent_id))

    # --- new work ----------------------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """There is something new in the book."""
        self._news.set()

    async def run(self) -> None:
        """Take in what is written down, for ever; first what was over when we died and could not be written down any more."""
        caught_up = False
        while True:
            try:
                if not caught_up:
                    await self._catch_up()
                    caught_up = True
                await self.take_in()
            except HuyingError as error:
                log.warning("desk_work.book_away", reason=error.message)
            except Exception:  # whatever it is, the next look must come
                log.exception("desk_work.look_failed")
            try:
                async with asyncio.timeout(AGAIN_SECONDS if self._unwritten else LOOK_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                pass
            self._news.clear()

    async def take_in(self) -> None:
        """Begin what is new, and write down what could not be written before. Raises Unavailable."""
        self._return_unheld()
        async with self._looking:
            for outcome in list(self._unwritten.values()):
                await self._book.write(outcome)
                if self._unwritten.get(outcome.contact_id) is outcome:
                    del self._unwritten[outcome.contact_id]
            while found := await self._book.wanted(self._clock(), AT_ONCE):
                for one in found:
                    await self._begin(one)
                await self._book.begun([one.work.contact_id for one in found])

    async def _catch_up(self) -> None:
        for one in await self._book.unfinished():
            contact_id = one.work.contact_id
            if contact_id in self.owners:
                continue
            past = await self._journal.read_stream(one.business_id, STREAM_CONTACT, contact_id)
            ended = next((entry for entry in past if isinstance(entry.event, ContactEnded)), None)
            if ended and isinstance(ended.event, ContactEnded):
                done = ended.event.cause == "done"
                holders = [entry.event.agent_id for entry in past if isinstance(entry.event, SegmentStarted)]
                outcome = Outcome(
                    business_id=one.business_id,
                    contact_id=contact_id,
                    subject=one.work.subject,
                    subject_id=one.work.subject_id,
                    holder_id=holders[-1] if done and holders else "",
                    result="done" if done else "cancelled",
                    at=ended.at,
                )
                await self._book.write(outcome)

    def _return_unheld(self) -> None:
        """What is in the hands of somebody whom the router knows nothing of goes back into its queue, when it is seen twice."""
        found = set()
        for owner in self.owners.values():
            held = owner.work.state.in_hand
            presence = self._router.presence(held.agent_id) if held else None
            if held and (presence is None or presence.work(owner.contact_id) is None):
                found.add((owner.contact_id, held.agent_id))
        for contact_id, agent_id in found & self._unheld:
            log.warning("desk_work.held_by_nobody", contact_id=contact_id, agent_id=agent_id)
            self.owners[contact_id].post(w.ReturnAsked(agent_id))
        self._unheld = found

    async def _begin(self, wanted: Wanted) -> None:
        """A death between the journal and the book shows the same work again: then it has a stream already."""
        contact_id = wanted.work.contact_id
        if contact_id in self.owners:
            return
        known = await self._journal.read_stream(wanted.business_id, STREAM_CONTACT, contact_id)
        if known:
            return
        now = self._clock()
        first = opening(wanted.work, self._new_id)
        await self._streams.commit(wanted.business_id, STREAM_CONTACT, contact_id, first, now)
        owner = WorkOwner(self._work(_folded(contact_id, first, now)), wanted.business_id, self._desk)
        self.owners[contact_id] = owner
        owner.start()
        owner.post(w.Begun())

    def _work(self, state: WorkState) -> DeskWork:
        return DeskWork(state, self._new_id, self._accept_seconds)

    async def _write(self, outcome: Outcome) -> None:
        try:
            await self._book.write(outcome)
            self._unwritten.pop(outcome.contact_id, None)
        except HuyingError as error:
            log.warning("desk_work.not_written_yet", contact_id=outcome.contact_id, reason=error.message)
            self._unwritten[outcome.contact_id] = outcome
            self._news.set()

    def _over(self, owner: WorkOwner) -> None:
        self.owners.pop(owner.contact_id, None)
        self._streams.forget(STREAM_CONTACT, owner.contact_id)

    # --- after a restart ---------------------------------------------------------------------------------------------------------

    def restore(self, entries: Sequence[Entry]) -> list[Entry]:
        """Take what is ours of the open contacts' entries; the others are given back. Nothing runs yet."""
        by_contact: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_contact[entry.stream_id].append(entry)
        others = []
        for contact_id, past in by_contact.items():
            if not is_desk_work(past):
                others += past
                continue
            state = WorkState(contact_id)
            for entry in past:
                state = after(state, entry.event, entry.at)
            self.owners[contact_id] = WorkOwner(self._work(state), past[0].business_id, self._desk)
        return others

    async def bring_back(self, now: datetime) -> list[work.WorkArrived]:
        """Go on with what was restored; what waits is to be put into the line, with all the rest, in its old order."""
        arrivals: list[work.WorkArrived] = []
        for owner in list(self.owners.values()):
            held = owner.work.state.in_hand
            presence = self._router.presence(held.agent_id) if held else None
            for command in owner.work.handle(w.Recovered(bool(presence and presence.signed_in)), now):
                if isinstance(command, w.Route) and isinstance(command.event, work.WorkArrived):
                    arrivals.append(command.event)
                else:
                    await owner.execute(command, now)
            owner.start()
        return arrivals

    async def stop(self) -> None:
        """Stop all tasks."""
        await asyncio.gather(*(owner.stop() for owner in list(self.owners.values())))


def _folded(contact_id: str, events: Sequence[Event], at: datetime) -> WorkState:
    state = WorkState(contact_id)
    for event in events:
        state = after(state, event, at)
    return state
