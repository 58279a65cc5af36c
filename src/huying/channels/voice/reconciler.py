"""Compares ours with the engine's, every few seconds and after every connect, and repairs what differs, so that nothing stays stuck.

Each call compares its own legs, bridge and recording (`call.truth`); here stands what belongs to nobody: legs, bridges and
recordings without a call, work and offers without a call, agents in a contact that does not exist. What is found twice in a
row is removed and journalled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

import structlog

from huying.channels.desk_work.works import DeskWorks
from huying.channels.voice.call import words as w
from huying.channels.voice.call.state import Phase
from huying.channels.voice.routing_owner import RoutingOwner
from huying.channels.voice.switchboard import Switchboard
from huying.foundation.clock import Clock
from huying.foundation.errors import HuyingError
from huying.routing.router import work
from huying.telephony.port import Engine, RecordingFailed, Snapshot

log = structlog.get_logger()

EVERY_SECONDS = 3.0
NOBODYS = "00000000-0000-0000-0000-000000000000"
"""Business of debris that belongs to no business."""


class Reconciler:
    """Holds our memory against the engine."""

    def __init__(self, switchboard: Switchboard, works: DeskWorks, routing: RoutingOwner, engine: Engine, clock: Clock) -> None:
        self._switchboard = switchboard
        self._works = works
        self._routing = routing
        self._engine = engine
        self._clock = clock
        self._suspects: set[tuple[str, str]] = set()

    async def run(self) -> None:
        """Compare for ever."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self.compare()
            except HuyingError as error:
                log.warning("reconciler.engine_away", reason=error.message)
            except Exception:  # whatever it is, the next comparison must come
                log.exception("reconciler.failed")

    async def compare(self) -> None:
        """One comparison. Raises EngineUnavailable."""
        asked_at = self._clock()
        snapshot = await self._engine.snapshot()
        for owner in list(self._switchboard.owners.values()):
            owner.post(w.EngineTruth(snapshot, asked_at))
        await self._remove_debris(snapshot)

    async def _remove_debris(self, snapshot: Snapshot) -> None:
        found: dict[tuple[str, str], Callable[[], Awaitable[None]]] = {}
        for leg in set(snapshot.legs) - self._switchboard.legs():
            found["leg", leg] = partial(self._engine.hang_up, leg)
        for bridge in set(snapshot.bridges) - self._bridges():
            found["bridge", bridge] = partial(self._engine.destroy_bridge, bridge)
        for recording in snapshot.recordings:
            if self._switchboard.owner_of_recording(recording) is None:
                found["recording", recording] = partial(self._engine.stop_recording, recording)
        for what, debris_id in sorted(set(found) & self._suspects):
            await self._remove(what, debris_id, found[what, debris_id])
        self._suspects = set(found) | self._stale(snapshot)

    async def _remove(self, what: str, debris_id: str, remove: Callable[[], Awaitable[None]]) -> None:
        log.warning("reconciler.debris", what=what, debris_id=debris_id)
        self._routing.debris(NOBODYS, what, debris_id)
        try:
            await remove()
        except HuyingError as error:
            log.info("reconciler.not_removed", what=what, debris_id=debris_id, reason=error.message)

    def _stale(self, snapshot: Snapshot) -> set[tuple[str, str]]:
        """Repair the router's side; what is seen for the first time is returned as suspect."""
        suspects = {("work", item) for item in self._routing.router.item_ids() - self._waiting_items()}
        suspects |= {("offer", offer_id) for offer_id in {offer.offer_id for offer in self._routing.router.offers()} - self._ringing()}
        suspects |= {("kept", recording) for recording in self._lost_recordings(snapshot)}
        suspects |= {("agent", f"{agent_id} {contact_id}") for agent_id, contact_id in self._stuck_agents()}
        for what, suspect in sorted(suspects & self._suspects):
            self._repair(what, suspect)
        self._routing.handle(work.AccountsSeen(snapshot.reachable_accounts))
        return suspects

    def _repair(self, what: str, suspect: str) -> None:
        log.warning("reconciler.debris", what=what, debris_id=suspect)
        if what == "kept":
            owner = self._switchboard.owner_of_recording(suspect)
            if owner:
                owner.post(RecordingFailed(suspect, "the engine does not know it any more"))
            return
        if what == "agent":
            agent_id, contact_id = suspect.split()
            self._routing.handle(work.AgentFoundStuck(agent_id, contact_id))
            return
        self._routing.debris(NOBODYS, "offer", suspect)
        self._routing.handle(work.WorkLeft(suspect) if what == "work" else work.OfferFailed(suspect, "unreachable"))

    def _stuck_agents(self) -> set[tuple[str, str]]:
        owners = self._switchboard.owners
        offered = {offer.agent_id for offer in self._routing.router.offers()}
        return {
            (agent_id, contact_id)
            for agent_id, contact_id in self._routing.router.in_contact().items()
            if agent_id not in offered
            and not (contact_id in owners and owners[contact_id].has_agent(agent_id))
            and not self._works.has_agent(contact_id, agent_id)
        }

    def _bridges(self) -> set[str]:
        return {bridge for owner in self._switchboard.owners.values() for bridge in owner.call.state.bridges()}

    def _waiting_items(self) -> set[str]:
        states = [owner.call.state for owner in self._switchboard.owners.values()]
        asked = {state.side.consult_id for state in states if state.side and state.side.target_kind == "queue" and not state.side.talking}
        return (
            asked | self._works.waiting_items() | {state.stay.entry_id for state in states if state.stay and state.phase is Phase.WAITING}
        )

    def _ringing(self) -> set[str]:
        states = [owner.call.state for owner in self._switchboard.owners.values()]
        asked = {ring.offer_id for state in states if state.side for ring in state.side.rings}
        return asked | self._works.offer_ids() | {ring.offer_id for state in states for ring in state.rings}

    def _lost_recordings(self, snapshot: Snapshot) -> Iterable[str]:
        for owner in self._switchboard.owners.values():
            if owner.call.ended:
                yield from owner.recordings() - snapshot.recordings
