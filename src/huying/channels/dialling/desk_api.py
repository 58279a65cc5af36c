"""Routes by which people of the house call: a number, a customer's, a colleague; and what a number is before it is dialled."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints, model_validator

from huying.admin.guard import CallerOf, requires
from huying.channels.book.targets import Target, note_used
from huying.channels.dialling.events import DialEnded, DialRequested
from huying.channels.dialling.plan import USUAL_PLAN
from huying.channels.dialling.service import load_dial_plans
from huying.channels.events import ContactEnded
from huying.channels.voice.dependency import VoiceOf
from huying.crm.customers.regions import province_of, region_of
from huying.crm.customers.service import identify_caller
from huying.foundation.errors import NotFound
from huying.foundation.http import GroundOf, IdPath
from huying.foundation.journal.entry import STREAM_CONTACT
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Given, Id

router = APIRouter(prefix="/api/desk/dial", tags=["dialling"], dependencies=[requires("desk.use")])

Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class DialIn(Given):
    """Whom to call: a number as people write it, or a colleague.

    `queue_id`: for which queue; `contact_id`: the contact that is called back; `override_do_not_call`: although the customer does not
    want to be called.
    """

    number: Number = Field(default="", repr=False)
    agent_id: Id | None = None
    queue_id: Id | None = None
    customer_id: Id | None = None
    contact_id: Id | None = None
    override_do_not_call: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.number) == bool(self.agent_id):
            raise ValueError("give a number or a colleague")
        return self


class Dialling(BaseModel):
    """The contact that the call is."""

    contact_id: str


class LookIn(Given):
    """What somebody has typed so far."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)] = Field(repr=False)


class NumberView(BaseModel):
    """What a number is. `kind`: emergency, internal, local, national, mobile, international, premium; `why` as the rules say."""

    number: str
    kind: str
    region: str
    province: str
    allowed: bool
    why: str
    agent_id: str | None
    customer_id: str | None


@router.post("")
async def dial(caller: CallerOf, ground: GroundOf, voice: VoiceOf, given: DialIn) -> Dialling:
    """Call; one's own telephone is rung first and answers by itself. What follows is told by the live feed."""
    contact_id = await voice.dial(
        caller.business_id,
        caller.person_id,
        number=given.number,
        agent_id=given.agent_id or "",
        queue_id=given.queue_id or "",
        customer_id=given.customer_id or "",
        previous_contact_id=given.contact_id or "",
        knowing=given.override_do_not_call,
    )
    target = Target("agent", given.agent_id) if given.agent_id else Target("number", number=given.number)
    async with ground.database.business(caller.business_id) as session:
        await note_used(session, caller.business_id, caller.person_id, target, ground.clock())
    return Dialling(contact_id=contact_id)


class Outcome(BaseModel):
    """What came of a call. `result` is null while it goes on, empty when they talked; else busy, no_answer, refused, unreachable, ..."""

    result: str | None


@router.get("/{contact_id}")
async def outcome(caller: CallerOf, ground: GroundOf, contact_id: IdPath) -> Outcome:
    """What came of a call that one began oneself."""
    entries = await PostgresJournal(ground.database).read_stream(caller.business_id, STREAM_CONTACT, contact_id)
    events = [entry.event for entry in entries]
    if not any(isinstance(event, DialRequested) and event.agent_id == caller.person_id for event in events):
        raise NotFound("You have not begun such a call.")
    failed = next((event.result for event in events if isinstance(event, DialEnded)), None)
    over = any(isinstance(event, ContactEnded) for event in events)
    return Outcome(result=failed if failed is not None else "" if over else None)


@router.post("/look")
async def look(caller: CallerOf, ground: GroundOf, given: LookIn) -> NumberView:
    """What this number is, whose, and whether one may dial it now. Raises NotDiallable while it is none."""
    async with ground.database.business(caller.business_id) as session:
        plan = (await load_dial_plans(session, await load_routing(session))).get(caller.business_id, USUAL_PLAN)
    found = plan.read(given.number)
    verdict = plan.verdict(caller.person_id, found, ground.clock())
    outside = found.kind not in ("internal", "emergency") and not found.short
    customer_id = (await identify_caller(ground.database, caller.business_id, found.number))[0] if outside else ""
    return NumberView(
        number=found.number,
        kind=found.kind,
        region=(region_of(found.number) or "") if outside else "",
        province=(province_of(found.number) or "") if outside else "",
        allowed=verdict.allowed,
        why=verdict.why,
        agent_id=plan.extensions.get(found.number) if found.kind == "internal" else None,
        customer_id=customer_id or None,
    )
