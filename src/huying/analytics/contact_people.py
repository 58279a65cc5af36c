"""The part of a contact's live row that tells who takes part, who is asked, and what the customer hears. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import SegmentFact
from huying.analytics.folds.people import Consultation, Hearing

Part = Mapping[str, object]
CUSTOMER = "customer"


def people_of(fold: ContactFold) -> Part:
    """`parties` (empty before somebody answers), `people` (ids of all agents concerned), `monitors` (leads who hear it), consult, parked,
    playing, last_consult_result."""
    people, segments = fold.people, _open(fold)
    parked, playing = people.parked, people.playing
    concerned = fold.dialling.agents(ended=fold.ended_at is not None)
    return {
        "parties": _parties(fold, segments),
        "people": sorted({*(one.agent_id for one in segments), *people.agents(), *concerned} - {""}),
        "monitors": [_hearing(monitor_id, one) for monitor_id, one in people.hearing.items()],
        "consult": _consult(people.consult),
        "last_consult_result": people.last_consult_result or None,
        "parked": {"slot": parked.slot, "since": parked.since.isoformat(), "by": parked.by} if parked is not None else None,
        "playing": {"sound_id": playing.sound_id, "since": playing.since.isoformat()} if playing is not None else None,
    }


def dial_of(fold: ContactFold) -> Part:
    """The part of the row that tells who called, who is rung as a person, and when the time of the call is up."""
    dial, ringing = fold.dialling.dial, fold.dialling.ringing
    told: Part | None = None
    if dial is not None:
        told = {
            "agent_id": dial.agent_id,
            "called_id": dial.called_id or None,
            "number_class": dial.number_class,
            "previous_contact_id": dial.previous_contact_id or None,
            "stage": dial.stage,
            "since": dial.since.isoformat(),
            "result": dial.result or None,
            "passed_on": {"kind": dial.passed_on, "why": dial.why} if dial.passed_on else None,
        }
    rings: Part | None = None
    if ringing is not None:
        rings = {
            "agent_id": ringing.agent_id,
            "since": ringing.since.isoformat(),
            "expires_at": ringing.expires_at,
            "why": ringing.why,
            "quiet": ringing.quiet,
        }
    return {"dial": told, "person_ring": rings, "limit_at": fold.dialling.limit_at or None}


def _open(fold: ContactFold) -> list[SegmentFact]:
    return [fact for fact in fold.segments.values() if fact.ended_at is None]


def _parties(fold: ContactFold, segments: list[SegmentFact]) -> list[Part]:
    people = fold.people
    entering = [_party(party_id, "agent", one.agent_id, "ringing", one.since.isoformat()) for party_id, one in people.entering.items()]
    ringing = fold.dialling.ringing
    if ringing is not None:
        entering.append(_party(ringing.ring_id, "agent", ringing.agent_id, "ringing", ringing.since.isoformat()))
    if not segments and not people.guests:
        return entering
    heard = any(_present(one, people.consult) for one in segments) or bool(people.guests)
    customer = "listening" if people.playing is not None else "talking" if heard else "held"
    began = fold.since or fold.entered_at
    since = began.isoformat() if began is not None else ""
    parties = [_calling_colleague(fold, since) if fold.dialling.colleague else _party(CUSTOMER, CUSTOMER, None, customer, since)]
    for one in segments:
        parties.append(
            {**_party(one.segment_id, "agent", one.agent_id, _state(one, people.consult), one.started_at.isoformat()), "muted": one.muted}
        )
    parties += [_party(party_id, "number", None, "talking", since.isoformat()) for party_id, since in people.guests.items()]
    return parties + entering


def _calling_colleague(fold: ContactFold, since: str) -> Part:
    """Of an internal call: the one who called, with the state of an agent."""
    caller = fold.dialling.caller
    state = "lost" if caller.lost_since is not None else "held" if caller.held_since is not None else "talking"
    return {**_party(CUSTOMER, "agent", fold.dialling.colleague, state, since), "muted": caller.muted}


def _away(segment: SegmentFact, asked: Consultation | None) -> bool:
    return asked is not None and asked.segment_id == segment.segment_id and not (asked.state == "talking" and asked.focus == CUSTOMER)


def _present(segment: SegmentFact, asked: Consultation | None) -> bool:
    return segment.lost_since is None and segment.held_since is None and not _away(segment, asked)


def _state(segment: SegmentFact, asked: Consultation | None) -> str:
    if segment.lost_since is not None:
        return "lost"
    if _away(segment, asked):
        return "consulting"
    return "held" if segment.held_since is not None else "talking"


def _party(party_id: str, kind: str, agent_id: str | None, state: str, since: str) -> Part:
    return {"party_id": party_id, "kind": kind, "agent_id": agent_id, "state": state, "since": since}


def _hearing(monitor_id: str, one: Hearing) -> Part:
    state = "ringing" if one.ringing else "talking"
    since = one.since.isoformat()
    return {
        "monitor_id": monitor_id,
        "agent_id": one.agent_id,
        "target_id": one.target_id,
        "mode": one.mode,
        "state": state,
        "since": since,
    }


def _consult(asked: Consultation | None) -> Part | None:
    if asked is None:
        return None
    return {
        "consult_id": asked.consult_id,
        "agent_id": asked.agent_id,
        "kind": asked.kind,
        "target_id": asked.target_id or None,
        "party_agent_id": asked.party_agent_id or next((agent_id for _, agent_id in asked.rings if agent_id), None),
        "state": asked.state,
        "focus": asked.focus,
        "since": (asked.answered_at or asked.since).isoformat(),
    }
