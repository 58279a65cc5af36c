"""Everybody who could or could not have taken a contact when it was offered: the router's decision, worked out again from the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.errors import NotFound
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.events import AgentSignedIn, AgentStateChanged, OfferMade, QueueEntered
from huying.routing.router.replay import Candidate, candidates, decision_of, presences_of
from huying.routing.settings.past import routing_at

BEFORE, AFTER = timedelta(minutes=1), timedelta(seconds=1)
"""An offer is journalled for the contact a moment after the agent's entry that says he rings."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The full list of one offer. `changed_since`: how many changes of the configuration were put back for it."""

    at: datetime
    strategy: str
    agent_id: str
    candidates: Sequence[Candidate]
    names: Mapping[str, str]
    changed_since: int

    @property
    def agrees(self) -> bool:
        """Whether the one who would be chosen again is the one who was."""
        return bool(self.candidates) and self.candidates[0].agent_id == self.agent_id and self.candidates[0].place == 1


async def replay_offer(session: AsyncSession, journal: PostgresJournal, business_id: str, contact_id: str, offer_id: str) -> Replayed:
    """Work out one decision again. Raises NotFound for an offer that the journal does not know."""
    entries = await journal.read_stream(business_id, STREAM_CONTACT, contact_id)
    made_at, made = _made(entries, offer_id)
    rang = await _rang(journal, business_id, contact_id, made, made_at)
    history = await journal.read_parts_before(rang, AgentSignedIn)
    past = await routing_at(session, business_id, made.queue_id, rang.at)
    channel = next((e.event.channel for e in entries if isinstance(e.event, QueueEntered) and e.event.entry_id == made.entry_id), "call")
    decision = decision_of(made.explanation, made.agent_id, contact_id, channel, past.rules, rang.at)
    presences = presences_of((entry.stream_id, entry.event, entry.at) for entry in history)
    listed = candidates(decision, presences, past.profiles)
    strategy = "wanted" if decision.circle is None else past.rules.strategy
    return Replayed(rang.at, strategy, made.agent_id, listed, past.names, past.changed_since)


def _made(entries: Sequence[Entry], offer_id: str) -> tuple[datetime, OfferMade]:
    for entry in entries:
        if isinstance(entry.event, OfferMade) and entry.event.offer_id == offer_id:
            return entry.at, entry.event
    raise NotFound("There is no such offer.")


async def _rang(journal: PostgresJournal, business_id: str, contact_id: str, made: OfferMade, at: datetime) -> Entry:
    """The agent's entry that says this contact rings at him: what stands before it is what the router knew."""
    entries = await journal.read_between(business_id, STREAM_AGENT, made.agent_id, at - BEFORE, at + AFTER)
    for entry in reversed(entries):
        if isinstance(entry.event, AgentStateChanged) and entry.event.state == "ringing" and entry.event.contact_id == contact_id:
            return entry
    raise NotFound("The journal does not say what was known when this offer was made.")
