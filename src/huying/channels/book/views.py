"""What the browser sends and gets of the address book and of a person's own targets."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.channels.book.entries import EntryData
from huying.channels.book.model import AddressEntryRow, DialTargetRow
from huying.channels.book.targets import Target, target_of
from huying.routing.settings.queue_views import Given, Id

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Kind = Literal["agent", "queue", "flow", "number", "mailbox"]
Scope = Literal["company", "team", "own"]


class AddressEntryChange(Given):
    """An entry. A team's has the group."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    organisation: Line = ""
    other_number: Number = ""
    note: Annotated[str, StringConstraints(max_length=1000)] = ""
    group_id: Id | None = None

    def data(self, scope: str) -> EntryData:
        """As the service takes it."""
        return EntryData(**{**self.model_dump(), "scope": scope})


class NewAddressEntry(AddressEntryChange):
    """A new entry: of the company, of a team, or one's own."""

    scope: Scope = "own"


class AddressEntryView(BaseModel):
    """An entry. `may_change`: whether whoever asks may change it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    scope: Scope
    group_id: str | None
    name: str
    organisation: str
    number: str
    other_number: str
    note: str
    may_change: bool = False


class AddressEntryPage(BaseModel):
    """Entries and how many there are."""

    items: list[AddressEntryView]
    total: int


class AddressListIn(Given):
    """The company's entries as CSV. One with the same name and number is replaced; with `try_only` nothing is stored."""

    text: Annotated[str, StringConstraints(max_length=2_000_000)]
    try_only: bool = False


class AddressRowProblem(BaseModel):
    """What is wrong in a row; the heading is row 1."""

    row: int
    code: str
    message: str


class AddressListResult(BaseModel):
    """How many rows came and changed; with problems nothing was stored."""

    made: int
    changed: int
    problems: list[AddressRowProblem]


class DialTargetIn(Given):
    """Where a call goes: an id for all kinds but a number."""

    kind: Kind
    id: Annotated[str, StringConstraints(pattern=r"^([0-9a-f-]{36})?$")] = ""
    number: Number = ""
    label: Line = ""

    def target(self) -> Target:
        """As the service takes it."""
        return Target(self.kind, self.id, self.number, self.label)


class KeptTargetIn(DialTargetIn):
    """A target to keep, or not: `key` 1 to 9 of speed dial."""

    favourite: bool = False
    key: Annotated[int, Field(ge=1, le=9)] | None = None


class OwnTargetView(BaseModel):
    """A person's own target; `used_at` where it was called lately."""

    kind: Kind
    id: str
    number: str
    label: str
    favourite: bool
    key: int | None
    used_at: datetime | None


class OwnTargetPage(BaseModel):
    """A person's own targets, the last used first."""

    items: list[OwnTargetView]


class ColleagueView(BaseModel):
    """A person of the centre who takes contacts. `search`: name, its pinyin and initials, extension, in small letters."""

    id: str
    name: str
    extension: str
    groups: list[str]
    search: str


class TargetPlaceView(BaseModel):
    """A queue, group or flow that one can choose. `number`: its internal number, empty for none."""

    id: str
    code: str
    name: dict[str, str]
    number: str
    search: str


class DirectoryView(BaseModel):
    """Everybody and everything in the centre that a call can go to."""

    colleagues: list[ColleagueView]
    queues: list[TargetPlaceView]
    flows: list[TargetPlaceView]
    groups: list[TargetPlaceView]


class BookSettings(Given):
    """`presence`: agents see what all colleagues do, or those of their own groups alone."""

    presence: Literal["all", "groups"] = "all"


def entry_view(row: AddressEntryRow, *, may_change: bool) -> AddressEntryView:
    """An entry for the browser."""
    return AddressEntryView.model_validate(row).model_copy(update={"may_change": may_change})


def own_target_view(row: DialTargetRow) -> OwnTargetView:
    """A person's own target for the browser."""
    target = target_of(row)
    told = {"kind": target.kind, "id": target.id, "number": target.number, "label": target.label}
    return OwnTargetView.model_validate({**told, "favourite": row.favourite, "key": row.key, "used_at": row.used_at})
