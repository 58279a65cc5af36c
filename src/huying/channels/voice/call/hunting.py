"""Who is tried next for a caller who is to talk with a person, or with whoever has the duty telephone. Pure.

A hunt goes from one attempt to the next: a person's telephones (all of them ring, the first answer wins), or a number outside. What a
person has set for himself decides where it goes when he is not reached (`reach`); a number of his that is not answered either leads to
his mailbox; of a duty telephone the next one is tried. It ends
with an answer, with a place where the caller is led on (a queue, a mailbox), or with nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from huying.channels.dialling import events as d
from huying.channels.reach.duty import OnDuty
from huying.channels.reach.reach import MAILBOX, Away, Found, Ring, Target, after_ringing, reach
from huying.channels.voice import events as e
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import forwarding, talking
from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_words import Ringback
from huying.channels.voice.call.outgoing import INTERNAL, PersonRing
from huying.channels.voice.call.turn import Turn
from huying.routing.router import work
from huying.telephony.port import EndCause

RESULTS = {
    EndCause.BUSY: "busy",
    EndCause.NO_ANSWER: "no_answer",
    EndCause.REFUSED: "refused",
    EndCause.NORMAL: "refused",
    EndCause.UNREACHABLE: "unreachable",
}
LATE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Over:
    """Nobody was reached; the result for the flow: busy, no_answer, refused, failed."""

    result: str


@dataclass(frozen=True, slots=True)
class LeadOn:
    """The caller goes on there: `target` is a queue, a flow or a mailbox, by the settings of `agent_id`; `why`: what decided there."""

    agent_id: str
    target: Target
    why: str = ""


Outcome = Over | LeadOn | None
"""None: the hunt goes on."""


@dataclass(frozen=True, slots=True)
class Hunt:
    """What is to be tried still. `passed`: persons the call was at; `waiting`: of a duty telephone, who comes next; `outside`: whose
    settings have sent the call to a number outside, which is being rung."""

    why: str
    ring: Ring | None = None
    passed: tuple[str, ...] = ()
    waiting: tuple[OnDuty, ...] = ()
    ring_seconds: int = 25
    mailbox: str = ""
    outside: str = ""
    results: tuple[str, ...] = ()


@dataclass(slots=True)
class Hunting:
    """The hunt of a call, if there is one. Copied before each step, so that a step that fails changes nothing."""

    hunt: Hunt | None = field(default=None)

    def begin(self, turn: Turn, kind: str, address: str) -> Outcome:
        """The flow wants a person (id or extension), whoever an internal number means, or a duty telephone (code)."""
        if kind == "duty":
            return self._begin_duty(turn, address)
        inner = turn.tables.inner(address)
        if inner and inner.kind != "agent":
            return LeadOn("", Target(inner.kind, inner.id))
        agent_id = inner.id if inner else address
        self.hunt = Hunt("called" if turn.state.direction == INTERNAL else "direct")
        return self._go(turn, reach(agent_id, turn.tables.look, turn.now))

    def _begin_duty(self, turn: Turn, code: str) -> Outcome:
        roster = turn.tables.rosters.get(code)
        if roster is None:
            return Over("failed")
        people, _ = roster.people(turn.now)
        self.hunt = Hunt("duty", waiting=people, ring_seconds=roster.ring_seconds, mailbox=roster.mailbox)
        return self._next_on_duty(turn)

    def go_on(self, turn: Turn, ring: PersonRing, kind: str, address: str) -> None:
        """After a restart: he is rung still, and what would be tried after him is worked out again."""
        settings, seen = turn.tables.look(ring.agent_id)
        seconds = round((ring.expires_at - ring.since).total_seconds())
        plan = Ring(ring.agent_id, seen.devices, seconds, settings.no_answer or MAILBOX, ring.quiet)
        self.hunt = Hunt(ring.why, ring=plan, passed=(ring.agent_id,))
        roster = turn.tables.rosters.get(address) if kind == "duty" else None
        if roster:
            people, _ = roster.people(turn.now)
            after = next((index + 1 for index, one in enumerate(people) if one.id == ring.agent_id), len(people))
            self.hunt = Hunt("duty", plan, (), people[after:], roster.ring_seconds, roster.mailbox)
        turn.do(w.Route(work.Engaged(ring.agent_id, turn.state.contact_id, "ringing")))
        turn.do(ew.Music(turn.state.caller_leg, False))

    # --- one attempt after the other ------------------------------------------------------------------------------------------

    def _go(self, turn: Turn, found: Found) -> Outcome:
        """Do what the settings of the persons on the way say."""
        assert self.hunt
        plan = found.plan
        self.hunt = replace(self.hunt, passed=(*self.hunt.passed, *(hop.agent_id for hop in found.path if hop.why != "no_answer")))
        if isinstance(plan, Ring):
            path = [{"agent_id": hop.agent_id, "why": hop.why} for hop in found.path]
            why = self.hunt.why if len(found.path) == 1 and self.hunt.ring is None else "forwarded"
            self._ring(turn, plan, why, path)
            return None
        if not isinstance(plan, Away):
            return self._over(turn, "busy")
        if plan.target.kind == "number":
            whose = found.path[-1].agent_id
            number = turn.tables.diverted(whose, plan.target.number)
            self.hunt = replace(self.hunt, ring=None, outside=whose)
            return None if number and forwarding.ring_number(turn, number) else self._failed(turn, "failed")
        self.hunt = None
        return LeadOn(found.path[-1].agent_id, plan.target, found.path[-1].why)

    def _ring(self, turn: Turn, plan: Ring, why: str, path: list[dict[str, str]]) -> None:
        assert self.hunt
        self.hunt = replace(self.hunt, ring=plan)
        legs = [turn.tables.new_id() for _ in plan.devices]
        ring_id, expires_at = turn.tables.new_id(), turn.now + timedelta(seconds=plan.seconds)
        turn.record(d.PersonRang(ring_id, plan.agent_id, legs, expires_at.isoformat(), why, plan.quiet, path))
        turn.do(w.Route(work.Engaged(plan.agent_id, turn.state.contact_id, "ringing")))
        turn.do(ew.Music(turn.state.caller_leg, False))
        turn.do(Ringback(ring_id, turn.state.caller_leg))
        for leg_id, account in zip(legs, plan.devices, strict=True):
            turn.do(ew.RingAccount(leg_id, account, plan.seconds))

    def _next_on_duty(self, turn: Turn) -> Outcome:
        assert self.hunt
        while self.hunt.waiting:
            one, self.hunt = self.hunt.waiting[0], replace(self.hunt, waiting=self.hunt.waiting[1:])
            if one.kind == "number":
                number = turn.tables.sent(one.number)
                if number and forwarding.ring_number(turn, number, self.hunt.ring_seconds):
                    return None
                continue
            _, seen = turn.tables.look(one.id)
            if seen.signed_in and seen.devices and not seen.contacts and not seen.ringing:
                plan = Ring(one.id, seen.devices, self.hunt.ring_seconds, Target("mailbox"))
                self._ring(turn, plan, "duty", [{"agent_id": one.id, "why": "rings"}])
                return None
        if self.hunt.mailbox:
            mailbox, self.hunt = self.hunt.mailbox, None
            return LeadOn("", Target("mailbox", mailbox))
        return self._over(turn, self.hunt.results[-1] if self.hunt.results else "failed")

    def _failed(self, turn: Turn, result: str) -> Outcome:
        """This attempt came to nothing: the next one."""
        hunt = self.hunt
        if hunt is None:
            return Over(result if result in ("busy", "no_answer", "refused") else "failed")
        self.hunt = hunt = replace(hunt, results=(*hunt.results, result))
        if hunt.why == "duty":
            return self._next_on_duty(turn)
        if hunt.outside:  # nobody is there either: whoever wanted the person can leave him a message
            self.hunt = None
            return LeadOn(hunt.outside, Target("mailbox", hunt.outside))
        if hunt.ring is None:
            return self._over(turn, result)
        return self._go(turn, after_ringing(hunt.ring, result, turn.tables.look, turn.now, hunt.passed))

    def _over(self, _turn: Turn, result: str) -> Outcome:
        self.hunt = None
        return Over(result if result in ("busy", "no_answer", "refused") else "failed")

    # --- what happens to it -----------------------------------------------------------------------------------------------------

    def leg_answered(self, turn: Turn, ring: PersonRing, leg_id: str) -> None:
        """One of his telephones was answered: he has the caller, and the others stop."""
        reason = "internal" if turn.state.direction == INTERNAL else ring.why
        started = e.SegmentStarted(turn.tables.new_id(), ring.agent_id, "", "", leg_id, turn.tables.new_id(), reason)
        turn.record(d.PersonRingEnded(ring.ring_id, ring.agent_id, "answered"), started, durable=True)
        turn.do(ew.StopPlayback(ring.ring_id))
        turn.place()
        for other in ring.leg_ids:
            if other != leg_id:
                turn.do(ew.HangUpLeg(other, EndCause.ANSWERED_ELSEWHERE))
        turn.do(w.Route(work.Engaged(ring.agent_id, turn.state.contact_id, "talking")))
        talking.start_recording(turn)
        self.hunt = None

    def leg_ended(self, turn: Turn, ring: PersonRing, leg_id: str, cause: EndCause, ended: frozenset[str]) -> Outcome:
        """One of his telephones gave up: refused counts for all of them, otherwise the last one decides. `ended`: those that did before."""
        result = RESULTS.get(cause, "failed")
        if result not in ("refused", "busy") and set(ring.leg_ids) - ended - {leg_id}:
            return None
        return self.stop(turn, ring, result)

    def stop(self, turn: Turn, ring: PersonRing, result: str) -> Outcome:
        """He is rung no longer; on to the next."""
        self.let_go(turn, ring, result)
        return self._failed(turn, result)

    def let_go(self, turn: Turn, ring: PersonRing, result: str) -> None:
        """He is rung no longer."""
        turn.record(d.PersonRingEnded(ring.ring_id, ring.agent_id, result))
        turn.do(ew.StopPlayback(ring.ring_id))
        for leg_id in ring.leg_ids:
            turn.do(ew.HangUpLeg(leg_id))
        turn.do(w.Route(work.AgentReleased(ring.agent_id, turn.state.contact_id, after_call=False)))

    def number_failed(self, turn: Turn, result: str) -> Outcome:
        """The number outside did not answer."""
        return self._failed(turn, result)
