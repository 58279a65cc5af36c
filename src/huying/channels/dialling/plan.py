"""How one business dials: its settings, its rules, its people, as plain values. Decides with `permissions`; reads nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huying.channels.dialling.numbers import SEPARATORS, Dialled, Plan, as_dialled, is_emergency, read
from huying.channels.dialling.permissions import Person, Rule, Verdict, may_dial
from huying.channels.voice.call.limit import NO_LIMIT, Limit
from huying.foundation.errors import Forbidden


class DiallingRefused(Forbidden):
    """This number may not be dialled: ask who sets the rules of dialling."""

    code = "dialling-refused"


REASONS = {
    "forbidden": "This number is forbidden by a rule of dialling.",
    "class_not_allowed": "You may not dial numbers of this class: ask who sets the rules of dialling.",
    "outside_hours": "You may not dial this number at this hour.",
    "do_not_call": "This customer does not want to be called.",
}


@dataclass(frozen=True, slots=True)
class DialSettings:
    """How a business dials. Seconds are whole."""

    country: str = "CN"
    area_code: str = ""
    outside_prefix: str = ""
    trunk_prefix: str = ""
    """What the trunk wants before every number."""
    caller_number: str = ""
    caller_numbers: Mapping[str, str] = field(default_factory=dict)
    """Queue (id) -> what people called for this queue see."""
    ring_seconds: int = 45
    after_call_seconds: int = 30
    after_call_when_not_reached: bool = False
    record_outbound: bool = True
    record_internal: bool = False
    limits: Mapping[str, Limit] = field(default_factory=dict)
    """Class of number -> how long such a call may last."""
    wish_seconds: int = 3600

    @property
    def plan(self) -> Plan:
        """How what is dialled is read."""
        return Plan(self.country, self.area_code, self.outside_prefix)

    def limit_of(self, kind: str) -> Limit:
        """How long a call to a number of this class may last; emergency calls are never cut."""
        return NO_LIMIT if kind == "emergency" else self.limits.get(kind, NO_LIMIT)


@dataclass(frozen=True, slots=True)
class Inner:
    """Whom an internal number means. `kind`: agent, queue, flow, mailbox (of an agent or a queue)."""

    kind: str
    id: str


MAILBOX = "*"
"""Before an agent's or a queue's number: straight to the mailbox."""


@dataclass(frozen=True, slots=True)
class DialPlan:
    """All that decides about dialling in one business."""

    settings: DialSettings = field(default_factory=DialSettings)
    rules: Sequence[Rule] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    extensions: Mapping[str, str] = field(default_factory=dict)
    """extension -> agent (id)"""
    numbered: Mapping[str, Inner] = field(default_factory=dict)
    """Internal numbers of queues and flows."""

    def read(self, text: str) -> Dialled:
        """What the text means. Raises NotDiallable."""
        clean = SEPARATORS.sub("", text)
        if clean.startswith(MAILBOX) and self.inner(clean):
            return Dialled(clean, "internal")
        return read(text, self.settings.plan, {*self.extensions, *self.numbered})

    def inner(self, text: str) -> Inner | None:
        """Whom the text means inside the house; None for everything else. A star before the number: the mailbox."""
        clean = SEPARATORS.sub("", text)
        number = clean.removeprefix(MAILBOX)
        if is_emergency(number, self.settings.country):
            return None
        agent_id = self.extensions.get(number, "")
        found = Inner("agent", agent_id) if agent_id else self.numbered.get(number)
        if found and number != clean:
            return Inner("mailbox", found.id) if found.kind in ("agent", "queue") else None
        return found

    def verdict(self, person_id: str, found: Dialled, now: datetime, *, do_not_call: bool = False, knowing: bool = False) -> Verdict:
        """May this person dial this number now, and why?"""
        person = self.people.get(person_id, Person(person_id))
        return may_dial(person, found, self.rules, now, do_not_call=do_not_call, knowing=knowing)

    def allowed(self, person_id: str, text: str, now: datetime, *, do_not_call: bool = False, knowing: bool = False) -> Dialled:
        """The number, when the person may dial it. Raises NotDiallable, DiallingRefused."""
        found = self.read(text)
        verdict = self.verdict(person_id, found, now, do_not_call=do_not_call, knowing=knowing)
        if not verdict.allowed:
            told = {"why": verdict.why, "kind": found.kind, "rule": verdict.rule, "may_override": verdict.may_override}
            raise DiallingRefused(REASONS[verdict.why], **told)
        return found

    def sent(self, found: Dialled) -> str:
        """What goes over the trunk for this number."""
        return as_dialled(found, self.settings.plan, self.settings.trunk_prefix)

    def shown(self, queue_id: str, otherwise: str) -> str:
        """What the called party sees."""
        return self.settings.caller_numbers.get(queue_id) or self.settings.caller_number or otherwise


USUAL_PLAN = DialPlan()
