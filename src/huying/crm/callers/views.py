"""What the browser sends and gets of rules for callers and of classes of customers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from huying.crm.callers.model import CallerRuleRow
from huying.crm.callers.rule_data import RuleData

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Rank = Annotated[int, Field(ge=0, le=1000)]
HeadStart = Annotated[int, Field(ge=0, le=86_400)]


class Given(BaseModel):
    """What a client sends: nothing but the known fields."""

    model_config = ConfigDict(extra="forbid")


class CallerRuleIn(Given):
    """A rule. vip takes rank and head start; green takes the agent and the seconds nobody else is asked; blocked takes neither."""

    matches: Literal["number", "prefix", "class", "hidden"]
    value: Annotated[str, StringConstraints(max_length=100)] = ""
    effect: Literal["vip", "blocked", "green"]
    rank: Rank = 0
    head_start_seconds: HeadStart = 0
    agent_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")] | None = None
    seconds: Annotated[int, Field(ge=0, le=600)] = 0
    reason: Annotated[str, StringConstraints(max_length=500)] = ""
    until: AwareDatetime | None = None

    def data(self) -> RuleData:
        """As the service takes it."""
        return RuleData(**self.model_dump())


class CallerRuleView(BaseModel):
    """A rule."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    matches: str
    value: str
    effect: str
    rank: int
    head_start_seconds: int
    agent_id: str | None
    seconds: int
    reason: str
    until: datetime | None
    created_at: datetime


class CallerRulePage(BaseModel):
    """Rules and how many there are."""

    items: list[CallerRuleView]
    total: int


class ListIn(Given):
    """A list as CSV. Rules for the same caller with the same effect are replaced; with `try_only` nothing is stored."""

    text: Annotated[str, StringConstraints(max_length=4_000_000)]
    try_only: bool = False


class RowProblemView(BaseModel):
    """What is wrong in a row; the heading is row 1."""

    row: int
    code: str
    message: str


class ListResult(BaseModel):
    """How many rules came and changed; with problems nothing was stored."""

    made: int
    changed: int
    problems: list[RowProblemView]


class CallerIn(Given):
    """A caller to look up."""

    number: Annotated[str, StringConstraints(max_length=40)] = ""
    customer_class: Annotated[str, StringConstraints(max_length=40)] = ""


class HeldView(BaseModel):
    """Which rules hold for the caller now: their ids, empty where none does; `number` in the form that is compared."""

    number: str
    vip: str
    blocked: str
    green: str


class ClassIn(Given):
    """What a class of customers has ahead of others."""

    name: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")], Text], Field(min_length=1, max_length=20)]
    rank: Rank = 0
    head_start_seconds: HeadStart = 0


class ClassView(BaseModel):
    """A class of customers."""

    code: str
    name: dict[str, str]
    rank: int
    head_start_seconds: int


class ClassPage(BaseModel):
    """The classes and how many there are."""

    items: list[ClassView]
    total: int


def rule_view(row: CallerRuleRow) -> CallerRuleView:
    """A rule for the browser."""
    return CallerRuleView.model_validate(row)
