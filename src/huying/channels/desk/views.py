"""What the agent's desk sends and gets over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.channels.dispositions.api import QueueDeskView, queue_desk_views
from huying.channels.dispositions.service import queues_that_show
from huying.channels.dispositions.tree import Disposition, QueueDesk, Tree
from huying.channels.model import InteractionRow
from huying.crm.customers.search import full_pinyin, initials
from huying.routing.configuration import RoutingSettings
from huying.routing.model import BreakReasonRow
from huying.routing.refusals import RefusalReason
from huying.routing.settings.queue_views import QueueView, queue_view

Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]


class Given(BaseModel):
    """What a client sends: nothing but the known fields."""

    model_config = ConfigDict(extra="forbid")


class IceServer(BaseModel):
    """A server that helps sound through networks (STUN or TURN), in the browser's own form."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class PhoneSettings(BaseModel):
    """How the browser's telephone registers."""

    ws_path: str
    account: str
    secret: str = Field(repr=False)
    domain: str
    ice_servers: list[IceServer]


class DeskPhone(BaseModel):
    """How a softphone or desk phone registers as this agent's device."""

    account: str
    secret: str = Field(repr=False)
    domain: str
    port: int
    transport: Literal["udp", "tcp", "tls"]


class SignIn(Given):
    """Where the agent will be rung."""

    device: Literal["browser", "phone", "remote", "number", "chosen"] = "browser"
    """`chosen`: the devices of `PUT /api/desk/devices`."""


class StatusChoice(Given):
    """The status an agent chooses; a break needs a reason."""

    status: Literal["ready", "break"]
    reason: Code = ""


class GroupsChoice(Given):
    """The groups (ids) one does not work for now."""

    left: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=500)]


class Digits(Given):
    """Keys to press."""

    digits: Annotated[str, StringConstraints(pattern=r"^[0-9*#A-D]{1,32}$")]


class Refusal(Given):
    """Why one does not take what rings: the code of one of the business's reasons, or nothing."""

    reason: Code = ""


class Extension(Given):
    """How much longer the after-call work may take."""

    seconds: Annotated[int, Field(ge=10, le=600)] = 60


class WrapUp(Given):
    """How the contact is closed."""

    disposition: Code = ""
    note: Annotated[str, StringConstraints(max_length=4000)] = ""
    follow_up: bool | None = None
    """Whether the writer follows the contact up; null leaves it as it is."""


class CustomerLink(Given):
    """Whose contact it is."""

    customer_id: str | None


class LegQualityView(BaseModel):
    """How good one leg of a call sounds, as the engine has counted so far. `role`: customer, agent, number."""

    role: str
    mos: float
    loss_percent: float
    jitter_ms: float
    rtt_ms: float | None
    codec: str
    packets: int


class Choice(BaseModel):
    """A thing to choose, by code, with its name in each language."""

    code: str
    name: dict[str, str]


class BreakChoice(Choice):
    """A reason for a break. `colour` as #rrggbb, empty for the page's own; `most_seconds` it may usually last, 0 for any."""

    colour: str
    most_seconds: int


class RefusalChoice(Choice):
    """A reason for refusing what rings; one that is not `active` is there for its name alone."""

    active: bool


class GroupChoice(Choice):
    """A group of agents."""

    id: str


class DispositionChoice(Choice):
    """A way to close a contact, or a branch of such ways; without queues it is for all. Each stands before what is below it."""

    id: str
    parent_id: str | None
    branch: bool
    search: str
    """Its names and those above it with their pinyin, in small letters, to be found by."""
    note_required: bool
    follow_up_required: bool
    date_required: bool
    queue_ids: list[str]


class DeskSettings(BaseModel):
    """What an agent may choose."""

    break_reasons: list[BreakChoice]
    refusal_reasons: list[RefusalChoice]
    dispositions: list[DispositionChoice]
    queue_desks: list[QueueDeskView]
    groups: list[GroupChoice]
    queues: list[QueueView]


class FollowUpView(BaseModel):
    """Who follows a contact up; open until `done_at`. `why`: of a customer who wants to be called back, why nothing could be booked."""

    model_config = ConfigDict(from_attributes=True)

    by: str
    since: datetime
    done_at: datetime | None
    why: str = ""


class InteractionView(BaseModel):
    """What is kept of a contact besides its events."""

    contact_id: str
    channel: str
    direction: str
    remote_number: str
    remote_name: str
    customer_id: str | None
    number_called: str
    started_at: datetime
    disposition: str
    note: str
    wrapped_by: str | None
    wrapped_at: datetime | None
    follow_up: FollowUpView | None


def interaction_view(row: InteractionRow) -> InteractionView:
    """A contact's record for the browser."""
    return InteractionView.model_validate(row, from_attributes=True)


def desk_settings(
    reasons: list[BreakReasonRow], refusals: list[RefusalReason], tree: Tree, desks: dict[str, QueueDesk], routing: RoutingSettings
) -> DeskSettings:
    """What an agent may choose."""
    return DeskSettings(
        break_reasons=[BreakChoice(code=row.code, name=row.name, colour=row.colour, most_seconds=row.most_seconds) for row in reasons],
        refusal_reasons=[RefusalChoice(code=one.code, name=dict(one.name), active=one.active) for one in refusals],
        dispositions=_dispositions(tree, desks, list(routing.queues)),
        queue_desks=queue_desk_views(desks),
        groups=[GroupChoice(id=group.group_id, code=group.code, name=dict(group.name)) for group in routing.groups.values()],
        queues=[queue_view(queue) for queue in routing.queues.values()],
    )


def _dispositions(tree: Tree, desks: dict[str, QueueDesk], queue_ids: list[str]) -> list[DispositionChoice]:
    queues = queues_that_show(tree, desks, queue_ids)
    return [
        DispositionChoice(
            id=one.id,
            parent_id=one.parent_id,
            code=one.code,
            name=dict(one.name),
            branch=tree.is_branch(one),
            search=_search(tree, one),
            note_required=one.note_required,
            follow_up_required=one.follow_up_required,
            date_required=one.date_required,
            queue_ids=queues[one.id],
        )
        for one in tree.walk()
        if tree.in_use(one) and one.id in queues
    ]


def _search(tree: Tree, disposition: Disposition) -> str:
    names = [name for step in tree.path(disposition) for name in step.name.values()]
    words = [word for name in names for word in (name.lower(), initials(name), full_pinyin(name))]
    return " ".join(dict.fromkeys([*words, disposition.code]))
