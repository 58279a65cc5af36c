"""The terms that figures are made of: whole numbers that may be added over intervals and queues, and taken away again.

Only here is decided what a queue entry counts for. Ratios and means are made from summed terms in `figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self, TypeVar

from huying.analytics.folds.contact import ContactFold, milliseconds
from huying.analytics.folds.facts import AgentInterval, OfferFact, QueueEntryFact, SegmentFact
from huying.analytics.spans import Span

_S = TypeVar("_S", bound="Summed")

LEVELS = ("SL1", "SL2", "SL3", "SL4")


@dataclass(frozen=True, slots=True)
class Target:
    """What a queue promises: of how many in a hundred it is kept, within how many seconds (not later than), and by which formula."""

    within_seconds: int = 20
    level: str = "SL1"
    percent: int = 80

    def missed(self, terms: QueueTerms) -> bool | None:
        """Whether these entries fell short of what is promised; None where there is nothing to judge by."""
        return terms.level_met * 100 < self.percent * terms.level_base if terms.level_base else None


@dataclass(frozen=True, slots=True)
class Summed:
    """Base of records of whole numbers that add up field by field."""

    def __add__(self, other: Self) -> Self:
        return type(self)(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    def __sub__(self, other: Self) -> Self:
        return type(self)(**{f.name: getattr(self, f.name) - getattr(other, f.name) for f in fields(self)})


def total(terms: Iterable[_S], nothing: _S) -> _S:
    """The sum; `nothing` where there is nothing to add."""
    for one in terms:
        nothing = nothing + one
    return nothing


@dataclass(frozen=True, slots=True)
class EntryMeasure:
    """A queue entry with what came of it: the row that every figure of queues is computed from, live and in history."""

    entry_id: str
    contact_id: str
    queue_id: str
    origin: str
    started_at: datetime
    ending: str | None
    wait_ms: int
    agent_id: str = ""
    rang: bool = False
    ring_ms: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    held: bool = False
    after_call_ms: int = 0
    transferred: bool = False
    unfinished: bool = False
    """Still waiting, or still in conversation."""
    no_disposition: bool = False


def measures_of(
    contact_id: str,
    entries: Iterable[QueueEntryFact],
    offers: Iterable[OfferFact],
    segments: Iterable[SegmentFact],
    after_calls: Iterable[AgentInterval] = (),
) -> list[EntryMeasure]:
    """The measures of one contact's queue entries, in order.

    After-call work belongs to the last entry that this agent answered before it, in the queue that is named if one is.
    """
    entries, segments = list(entries), list(segments)
    transferred = {entry.previous_entry_id for entry in entries if entry.origin == "transfer"}
    accepted = {offer.entry_id: offer for offer in offers if offer.result == "accepted" and offer.ended_at is not None}
    after = _after_call_by_entry(segments, after_calls)
    found = []
    for entry in entries:
        own = [segment for segment in segments if segment.entry_id == entry.entry_id]
        offer = accepted.get(entry.entry_id)
        found.append(
            EntryMeasure(
                entry_id=entry.entry_id,
                contact_id=contact_id,
                queue_id=entry.queue_id,
                origin=entry.origin,
                started_at=entry.started_at,
                ending=entry.ending,
                wait_ms=entry.wait_ms or 0,
                agent_id=entry.agent_id,
                rang=offer is not None,
                ring_ms=milliseconds(offer.ended_at - offer.made_at) if offer is not None and offer.ended_at is not None else 0,
                talk_ms=sum(segment.talk_ms or 0 for segment in own),
                hold_ms=sum(segment.hold_ms or 0 for segment in own if segment.ended_at is not None),
                held=any(segment.hold_count for segment in own),
                after_call_ms=after.get(entry.entry_id, 0),
                transferred=entry.entry_id in transferred,
                unfinished=entry.ending is None or any(segment.ended_at is None for segment in own),
                no_disposition=entry.no_disposition,
            )
        )
    return found


def _after_call_by_entry(segments: list[SegmentFact], after_calls: Iterable[AgentInterval]) -> dict[str, int]:
    found: dict[str, int] = {}
    for work in after_calls:
        if work.ended_at is None:
            continue
        before = [
            segment
            for segment in segments
            if segment.entry_id
            and segment.agent_id == work.agent_id
            and segment.started_at <= work.started_at
            and work.queue_id in ("", segment.queue_id)
        ]
        if before:
            entry_id = max(before, key=lambda segment: segment.started_at).entry_id
            found[entry_id] = found.get(entry_id, 0) + milliseconds(work.ended_at - work.started_at)
    return found


def measures_of_fold(fold: ContactFold, after_calls: Iterable[AgentInterval] = ()) -> list[EntryMeasure]:
    """The measures of a folded contact."""
    return measures_of(fold.contact_id, fold.entries.values(), fold.offers.values(), fold.segments.values(), after_calls)


@dataclass(frozen=True, slots=True)
class QueueTerms(Summed):
    """Counts and milliseconds over queue entries."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    short_abandoned: int = 0
    overflowed: int = 0
    self_served: int = 0
    called_back: int = 0
    voicemail: int = 0
    forwarded: int = 0
    ended: int = 0
    not_reached: int = 0
    refused: int = 0
    lost: int = 0
    waiting: int = 0
    contacts: int = 0
    from_overflow: int = 0
    from_transfer: int = 0
    from_recovery: int = 0
    from_callback: int = 0
    answered_in_time: int = 0
    abandoned_in_time: int = 0
    level_met: int = 0
    level_base: int = 0
    wait_ms: int = 0
    wait_answered_ms: int = 0
    wait_abandoned_ms: int = 0
    rang: int = 0
    ring_ms: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    after_call_ms: int = 0
    held: int = 0
    transferred: int = 0
    unfinished: int = 0
    no_disposition: int = 0

    def identity_holds(self) -> bool:
        """Whether every entry has exactly one ending or waits."""
        parts = (
            self.answered, self.abandoned, self.short_abandoned, self.overflowed, self.self_served, self.called_back, self.voicemail,
            self.forwarded, self.ended, self.not_reached, self.refused, self.lost, self.waiting,
        )  # fmt: skip
        return self.offered == sum(parts)

    @property
    def provisional(self) -> bool:
        """Whether an entry still waits or talks, so that the figures may yet change."""
        return self.waiting > 0 or self.unfinished > 0


_ORIGINS = {
    "first": "contacts",
    "overflow": "from_overflow",
    "transfer": "from_transfer",
    "recovery": "from_recovery",
    "callback": "from_callback",
}


def queue_terms(measure: EntryMeasure, target: Target) -> QueueTerms:
    """What one queue entry counts for under its queue's target."""
    return QueueTerms(**queue_counts(measure, target))


def queue_counts(measure: EntryMeasure, target: Target) -> dict[str, int]:
    """The same by the names of the terms, for adding up many."""
    ending = measure.ending or "waiting"
    answered, abandoned = ending == "answered", ending == "abandoned"
    in_time = measure.wait_ms <= target.within_seconds * 1000
    met, base = _level(ending, in_time, target.level)
    told: dict[str, int] = {
        "offered": 1,
        ending: 1,
        "answered_in_time": int(answered and in_time),
        "abandoned_in_time": int(abandoned and in_time),
        "level_met": met,
        "level_base": base,
        "wait_ms": measure.wait_ms,
        "wait_answered_ms": measure.wait_ms if answered else 0,
        "wait_abandoned_ms": measure.wait_ms if abandoned else 0,
        "rang": int(measure.rang),
        "ring_ms": measure.ring_ms,
        "talk_ms": measure.talk_ms,
        "hold_ms": measure.hold_ms,
        "after_call_ms": measure.after_call_ms,
        "held": int(answered and measure.held),
        "transferred": int(answered and measure.transferred),
        "unfinished": int(measure.unfinished),
        "no_disposition": int(measure.no_disposition),
    }
    origin = _ORIGINS.get(measure.origin)
    if origin is not None:
        told[origin] = 1
    return told


def _level(ending: str, in_time: bool, level: str) -> tuple[int, int]:
    """What one entry adds above and below the line of the service level."""
    answered, abandoned = ending == "answered", ending == "abandoned"
    met = int(answered and in_time)
    if level == "SL2":
        return met, int(answered)
    if level == "SL3":
        return met + int(abandoned and in_time), int(answered or abandoned)
    if level == "SL4":
        return met, int(answered or (abandoned and not in_time))
    return met, int(ending not in ("short_abandoned", "refused"))


@dataclass(frozen=True, slots=True)
class AgentTerms(Summed):
    """Counts and milliseconds over an agent's offers, segments and intervals."""

    offers: int = 0
    accepted: int = 0
    refused: int = 0
    timed_out: int = 0
    unreachable: int = 0
    withdrawn: int = 0
    ringing: int = 0
    """Offers that still ring."""
    segments: int = 0
    open_segments: int = 0
    held: int = 0
    no_disposition: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    signed_in_ms: int = 0
    ready_ms: int = 0
    break_ms: int = 0
    ringing_ms: int = 0
    talking_ms: int = 0
    holding_ms: int = 0
    after_call_ms: int = 0

    @property
    def busy_ms(self) -> int:
        """Time with at least one contact."""
        return self.ringing_ms + self.talking_ms + self.holding_ms + self.after_call_ms

    @property
    def provisional(self) -> bool:
        """Whether something is still going on."""
        return self.ringing > 0 or self.open_segments > 0


def offer_terms(offer: OfferFact) -> AgentTerms:
    """What one offer counts for; it counts where it was made."""
    return AgentTerms(offers=1, **{offer.result or "ringing": 1})


def segment_terms(segment: SegmentFact) -> AgentTerms:
    """What one segment counts for; it counts where it began."""
    return AgentTerms(
        segments=1,
        open_segments=int(segment.ended_at is None),
        held=int(segment.hold_count > 0),
        no_disposition=int(segment.no_disposition),
        talk_ms=segment.talk_ms or 0,
        hold_ms=(segment.hold_ms or 0) if segment.ended_at is not None else 0,
    )


def interval_terms(interval: AgentInterval, span: Span, now: datetime) -> AgentTerms:
    """What the part of an agent's interval inside the span counts for; the present one reaches until now."""
    length = span.overlap_ms(interval.started_at, interval.ended_at or max(now, interval.started_at))
    told: Mapping[str, int]
    if interval.state == "idle":
        told = {"ready_ms" if interval.status == "ready" else "break_ms": length}
    else:
        told = {f"{interval.state}_ms": length} if f"{interval.state}_ms" in _STATE_TIMES else {}
    return AgentTerms(signed_in_ms=length, **told)


_STATE_TIMES = frozenset({"ringing_ms", "talking_ms", "holding_ms", "after_call_ms"})
