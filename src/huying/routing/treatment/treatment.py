"""How a contact is treated in a queue: what it needs, how it ranks, who is asked first, whether it is served at all. Pure.

Decided once, before the router sees the work. What the rules of the callers, the flow, the customer's class and past, and last of
all the queue's hook say is put together here, in this order; later ones win. The router's matter is who takes the work then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huying.routing.hooks.words import MOST_ATTRIBUTES, MOST_CHARACTERS, HookAnswer, Question
from huying.routing.router.work import Wanted
from huying.routing.rules.names import Names
from huying.routing.treatment.caller_rules import NO_RULES, CallerRules, Held


@dataclass(frozen=True, slots=True)
class QueuePolicy:
    """What a queue says about the treatment of contacts. 0 switches a thing off."""

    queue_id: str
    last_agent_days: int = 0
    last_agent_wait_seconds: int = 0
    """How long nobody but the last agent, or the owner of the open request, is asked."""
    language_level: int = 0
    """Least level of the skill for the caller's language."""


@dataclass(frozen=True, slots=True)
class ClassPriority:
    """What a class of customers has ahead of others."""

    rank: int = 0
    head_start_seconds: int = 0


@dataclass(frozen=True, slots=True)
class BusinessPolicy:
    """What holds for all contacts of a business."""

    queues: Mapping[str, QueuePolicy] = field(default_factory=dict)
    """id -> policy"""
    classes: Mapping[str, ClassPriority] = field(default_factory=dict)
    """code -> priority"""
    callers: CallerRules = NO_RULES
    language_skills: Mapping[str, str] = field(default_factory=dict)
    """Primary subtag (zh, en) -> skill id"""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A contact that is about to enter a queue, and all that is known of it. Ids; empty texts for what is not known."""

    queue_id: str
    now: datetime
    channel: str = "call"
    number: str = ""
    """The caller's, in E.164; empty when hidden or none."""
    may_hide: bool = True
    """Callers of this kind have numbers, so that an empty one is hidden. Visitors of a web page have none."""
    language: str = ""
    customer_class: str = ""
    last_agent_id: str = ""
    last_agent_at: datetime | None = None
    request_owner_id: str = ""
    """Who has the customer's open request in hand."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """region, number_called, menu_choice, entry_point, and what the flow has set."""
    needs: Mapping[str, int] = field(default_factory=dict)
    """Skill (id) -> level: what the flow asks for."""
    rank: int = 0
    head_start_seconds: int = 0
    """Given by the flow."""
    wanted: tuple[Wanted, ...] = ()
    """Asked for by the flow or a transfer; before everybody else."""
    exempt: bool = False
    """Callers' rules do not block it: a callback that the centre makes, a transfer by an agent."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the queue entry and the work item get. `notes` say what decided; they are journalled and hold no personal data."""

    queue_id: str
    needs: Mapping[str, int] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    rank: int = 0
    head_start_seconds: int = 0
    wanted: tuple[Wanted, ...] = ()
    blocked: bool = False
    notes: tuple[str, ...] = ()
    """class, vip, blocked, green_channel, request_owner, last_agent, hook, hook_failed:<reason>"""


def treat(arriving: Arriving, policy: BusinessPolicy, answer: HookAnswer | None = None, hook_failure: str = "") -> Treatment:
    """The treatment; once without the hook's `answer`, to ask it with, and again with it, or with the reason why it failed."""
    held = policy.callers.hold(arriving.number, arriving.customer_class, arriving.now, may_hide=arriving.may_hide)
    answer = answer or HookAnswer()
    queue = policy.queues.get(answer.queue_id or arriving.queue_id) or QueuePolicy(answer.queue_id or arriving.queue_id)
    rank, head_start = _priority(arriving, policy, held, answer)
    wanted = _wanted(arriving, queue, held, answer)
    blocked = held.blocked is not None and not arriving.exempt
    return Treatment(
        queue_id=queue.queue_id,
        needs={**_language_need(arriving, policy, queue), **arriving.needs, **answer.needs},
        attributes=attributes_of(arriving, answer.attributes),
        rank=rank,
        head_start_seconds=head_start,
        wanted=wanted,
        blocked=blocked,
        notes=_notes(policy.classes.get(arriving.customer_class), held, blocked, wanted, answer, hook_failure),
    )


def attributes_of(arriving: Arriving, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What rules may look at: the flow's, then what is known, then the hook's; bounded in number and length."""
    known = {"channel": arriving.channel, "language": arriving.language, "customer_class": arriving.customer_class}
    found = {**{key: value for key, value in known.items() if value}, **arriving.attributes, **(more or {})}
    return {key[:MOST_CHARACTERS]: str(value)[:MOST_CHARACTERS] for key, value in list(found.items())[: 2 * MOST_ATTRIBUTES]}


def question_of(arriving: Arriving, treatment: Treatment, names: Names, local: datetime, contact_id: str) -> Question:
    """What the hook is asked. `local`: now, at the business's place."""
    codes = {thing.id: thing.code for thing in (*names.skills, *names.queues)}
    return {
        "contact_id": contact_id,
        "queue": codes.get(arriving.queue_id, arriving.queue_id),
        "channel": arriving.channel,
        "number": arriving.number,
        "language": arriving.language,
        "customer_class": arriving.customer_class,
        "attributes": dict(treatment.attributes),
        "needs": {codes.get(skill, skill): level for skill, level in treatment.needs.items()},
        "rank": treatment.rank,
        "head_start_seconds": treatment.head_start_seconds,
        "hour": local.hour,
        "weekday": local.isoweekday(),
    }


def _priority(arriving: Arriving, policy: BusinessPolicy, held: Held, answer: HookAnswer) -> tuple[int, int]:
    """The best of class, rule and flow; the hook's word replaces it."""
    own = policy.classes.get(arriving.customer_class, ClassPriority())
    vip = held.vip
    rank = max(own.rank, arriving.rank, vip.rank if vip else own.rank)
    head_start = max(own.head_start_seconds, arriving.head_start_seconds, vip.head_start_seconds if vip else 0)
    return (
        rank if answer.rank is None else answer.rank,
        head_start if answer.head_start_seconds is None else answer.head_start_seconds,
    )


def _wanted(arriving: Arriving, queue: QueuePolicy, held: Held, answer: HookAnswer) -> tuple[Wanted, ...]:
    """Whom to ask first, each person once: flow, hook, green channel, owner of the request, last agent."""
    found = [*arriving.wanted]
    if answer.agent_id:
        found.append(Wanted(answer.agent_id, answer.agent_seconds, "rule"))
    if held.green and held.green.agent_id:
        found.append(Wanted(held.green.agent_id, held.green.seconds, "green_channel"))
    seconds = queue.last_agent_wait_seconds
    if arriving.request_owner_id and seconds:
        found.append(Wanted(arriving.request_owner_id, seconds, "request_owner"))
    if arriving.last_agent_id and seconds and _recent(arriving, queue.last_agent_days):
        found.append(Wanted(arriving.last_agent_id, seconds, "last_agent"))
    return tuple({one.agent_id: one for one in reversed(found)}[agent_id] for agent_id in dict.fromkeys(one.agent_id for one in found))


def _recent(arriving: Arriving, days: int) -> bool:
    return arriving.last_agent_at is not None and arriving.now - arriving.last_agent_at <= timedelta(days=days)


def _language_need(arriving: Arriving, policy: BusinessPolicy, queue: QueuePolicy) -> dict[str, int]:
    skill = policy.language_skills.get(arriving.language.partition("-")[0].lower(), "")
    return {skill: queue.language_level} if skill and queue.language_level else {}


def _notes(
    own: ClassPriority | None, held: Held, blocked: bool, wanted: tuple[Wanted, ...], answer: HookAnswer, hook_failure: str
) -> tuple[str, ...]:
    said = {
        "class": own is not None and own != ClassPriority(),
        "vip": held.vip is not None,
        "blocked": blocked,
        "hook": answer != HookAnswer(),
        f"hook_failed:{hook_failure}": bool(hook_failure),
    }
    return (*(note for note, holds in said.items() if holds), *(one.why for one in wanted if one.why != "rule"))
