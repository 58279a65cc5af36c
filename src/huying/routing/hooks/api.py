"""Routes of a queue's hook: see it, change it, and try it on sample attributes before anybody calls. The secret never comes out."""

from __future__ import annotations

import time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.requests import HTTPConnection

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.admin.people import business_of
from huying.foundation.errors import InvalidInput
from huying.foundation.http import Caller, GroundOf, IdPath
from huying.routing.hooks.asking import Hook, HookAsker
from huying.routing.hooks.model import RoutingHookRow
from huying.routing.hooks.service import HookData, Vault, check_hook, find_hook, hook_of, put_hook, remove_hook, vocabularies
from huying.routing.hooks.words import HookAnswer, HookFailed, read_answer
from huying.routing.model import QueueRow
from huying.routing.rules.names import Names
from huying.routing.service import load_routing
from huying.routing.settings.administration import find
from huying.routing.treatment.treatment import Arriving, BusinessPolicy, QueuePolicy, question_of, treat

router = APIRouter(prefix="/api/queues/{queue_id}/hook", tags=["routing"], dependencies=[requires("queues.manage")])

Short = Annotated[str, StringConstraints(max_length=200)]


class HookDesk:
    """What these routes need beside the ground; bootstrap puts it into `app.state.hooks`."""

    def __init__(self, vault: Vault) -> None:
        self.vault, self.asker = vault, HookAsker()


def hook_desk(connection: HTTPConnection) -> HookDesk:
    """The desk of this application."""
    found = connection.app.state.hooks
    assert isinstance(found, HookDesk)
    return found


HookDeskOf = Annotated[HookDesk, Depends(hook_desk)]


class HookIn(BaseModel):
    """A hook. Without `secret` the one that is there is kept; an empty one takes it away."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["expression", "service"]
    expression: Annotated[str, StringConstraints(max_length=4000)] = ""
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    secret: Annotated[str, StringConstraints(max_length=200)] | None = Field(default=None, repr=False)
    timeout_ms: Annotated[int, Field(ge=50, le=1000)] = 500
    active: bool = True

    def data(self) -> HookData:
        """As the service takes it."""
        return HookData(self.kind, self.expression, self.address, self.secret, self.timeout_ms, self.active)


class HookView(BaseModel):
    """A hook without its secret; `kind` none: the queue has no hook."""

    kind: Literal["none", "expression", "service"]
    expression: str = ""
    address: str = ""
    has_secret: bool = False
    timeout_ms: int = 500
    active: bool = False


class TryIn(HookIn):
    """A hook as it stands in the form, and the contact to try it with."""

    number: Short = ""
    language: Short = ""
    customer_class: Short = ""
    channel: Short = "call"
    attributes: Annotated[dict[Short, Short], Field(max_length=32)] = Field(default_factory=dict)


class AnswerView(BaseModel):
    """What the hook decided, in codes."""

    queue: str = ""
    needs: dict[str, int] = Field(default_factory=dict)
    rank: int | None = None
    head_start_seconds: int | None = None
    agent: str = ""
    agent_seconds: int = 0
    attributes: dict[str, str] = Field(default_factory=dict)


class TryView(BaseModel):
    """What was asked, what came back and how long that took. With `failure` the contact would go on as without a hook."""

    question: dict[str, Any]
    answer: AnswerView | None = None
    failure: str = ""
    message: str = ""
    milliseconds: float


@router.get("")
async def read_hook(caller: CallerOf, ground: GroundOf, queue_id: IdPath) -> HookView:
    """The queue's hook."""
    async with ground.database.business(caller.business_id) as session:
        return _view(await find_hook(session, queue_id))


@router.put("")
async def write_hook(caller: CallerOf, ground: GroundOf, desk: HookDeskOf, queue_id: IdPath, given: HookIn) -> HookView:
    """Make or change the queue's hook; it is asked from the next contact on."""
    _may_set(caller, given)
    await _check(desk, given)
    async with changing(ground, caller, "routing_hook") as change:
        await change.begin(queue_id)
        row, made = await put_hook(change.session, desk.vault, caller.business_id, queue_id, given.data())
        change.note(queue_id, "made" if made else "changed")
        return _view(row)


@router.delete("", status_code=204)
async def forget_hook(caller: CallerOf, ground: GroundOf, queue_id: IdPath) -> None:
    """The queue has no hook any more."""
    async with changing(ground, caller, "routing_hook") as change:
        await change.begin(queue_id)
        await remove_hook(change.session, queue_id)
        change.note(queue_id, "removed")


@router.post("/try")
async def try_hook(caller: CallerOf, ground: GroundOf, desk: HookDeskOf, queue_id: IdPath, given: TryIn) -> TryView:
    """Ask a hook that need not be saved yet, with a contact made up; nothing is kept."""
    _may_set(caller, given)
    await _check(desk, given)
    async with ground.database.business(caller.business_id) as session:
        await find(session, QueueRow, queue_id)
        routing, row = await load_routing(session), await find_hook(session, queue_id)
        business = await business_of(session, caller.business_id)
    words = vocabularies(routing)[caller.business_id]
    secret = given.secret.encode() if given.secret is not None else hook_of(row, desk.vault).secret if row else b""
    hook = Hook(queue_id, caller.business_id, given.kind, given.expression, given.address, secret, given.timeout_ms)
    now = ground.clock()
    local = now.astimezone(ZoneInfo(business.time_zone))
    contact = Arriving(
        queue_id,
        now,
        given.channel,
        number=given.number,
        language=given.language,
        customer_class=given.customer_class,
        attributes=given.attributes,
    )
    question = question_of(contact, treat(contact, BusinessPolicy({queue_id: QueuePolicy(queue_id)})), words.names, local, "try")
    began = time.perf_counter()
    answer, failure, message = None, "", ""
    try:
        answer = _answer_view(read_answer(await desk.asker.ask(hook, question), words.names, words.agents), words.names)
    except HookFailed as failed:
        failure, message = failed.reason, failed.message
    took = round((time.perf_counter() - began) * 1000, 1)
    return TryView(question=dict(question), answer=answer, failure=failure, message=message, milliseconds=took)


def _may_set(caller: Caller, given: HookIn) -> None:
    """An address makes our server call another one: that is for whoever sets up the business."""
    if given.kind == "service":
        caller.must("settings.manage")


async def _check(desk: HookDesk, given: HookIn) -> None:
    check_hook(given.data())
    if given.kind == "expression":
        try:
            problem = await desk.asker.expressions.check(given.expression)
        except HookFailed as failed:
            raise InvalidInput(f"The expression could not be checked: {failed.message}", field="expression") from failed
        if problem:
            raise InvalidInput(f"The expression cannot be understood: {problem}", field="expression")


def _view(row: RoutingHookRow | None) -> HookView:
    if row is None:
        return HookView(kind="none")
    return HookView(
        kind="service" if row.kind == "service" else "expression",
        expression=row.expression,
        address=row.address,
        has_secret=bool(row.secret),
        timeout_ms=row.timeout_ms,
        active=row.active,
    )


def _answer_view(answer: HookAnswer, names: Names) -> AnswerView:
    codes = {thing.id: thing.code for thing in (*names.skills, *names.queues)}
    return AnswerView(
        queue=codes.get(answer.queue_id, ""),
        needs={codes[skill]: level for skill, level in answer.needs.items()},
        rank=answer.rank,
        head_start_seconds=answer.head_start_seconds,
        agent=answer.agent_id,
        agent_seconds=answer.agent_seconds if answer.agent_id else 0,
        attributes=dict(answer.attributes),
    )
