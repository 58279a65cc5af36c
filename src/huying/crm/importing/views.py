"""Imports as they travel over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.crm.importing.model import CustomerImportRow
from huying.crm.importing.service import Options, done_of, to_do_of
from huying.crm.importing.words import said

Match = Literal["code", "number", "code_or_number", "none"]
Existing = Literal["update", "skip", "create"]
State = Literal["reading", "ready", "running", "done", "cancelled", "failed", "undoing", "undone"]


class ImportView(BaseModel):
    """A file that is or was imported. `rows` in all; `done` of `to_do` rows so far (while it is taken back: of those that made or changed
    a customer, into `removed` and `kept`, `reverted` and `left_alone`); `seconds_left` is null when nobody can say."""

    id: str
    file_name: str
    form: dict[str, Any]
    heading: int
    columns: list[str]
    targets: list[str]
    match: Match
    existing: Existing
    state: State
    error: str
    rows: int
    to_do: int
    done: int
    created: int
    updated: int
    skipped: int
    failed: int
    removed: int
    kept: int
    reverted: int
    left_alone: int
    person_id: str
    made_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seconds_left: float | None


class ImportPage(BaseModel):
    """The latest imports, the newest first."""

    items: list[ImportView]
    total: int


class ImportTargetView(BaseModel):
    """What a column may become. `name` is given for the business's own fields only; pages have words for the others."""

    code: str
    group: str
    many: bool
    name: dict[str, str] | None = None


class ImportTargets(BaseModel):
    """All of them."""

    items: list[ImportTargetView]


class ImportChoice(BaseModel):
    """What becomes of each column (empty: nothing), and of customers who are there already."""

    model_config = ConfigDict(extra="forbid")

    targets: Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=200)]
    match: Match = "code_or_number"
    existing: Existing = "update"

    def options(self) -> Options:
        """For the service."""
        return Options(self.match, self.existing)


class ImportProblemView(BaseModel):
    """What is wrong with a row, in the reader's language; `column` is empty when it is the whole row."""

    code: str
    column: str
    message: str


class ImportLineView(BaseModel):
    """What would become of a row. `customer` is who is there already."""

    number: int
    cells: list[str]
    act: Literal["create", "update", "skip", "fail"]
    customer: str
    problems: list[ImportProblemView]


class ImportPreview(BaseModel):
    """The first rows."""

    items: list[ImportLineView]
    looked_at: int
    failing: int
    """How many of the `looked_at` rows would fail."""


def import_view(row: CustomerImportRow, seconds_left: float | None = None) -> ImportView:
    """An import for the browser."""
    names = set(ImportView.model_fields) - {"done", "to_do", "seconds_left", "match", "existing"}
    options: dict[str, Any] = {**Options().to_json(), **row.options}
    return ImportView(
        **{name: getattr(row, name) for name in names},
        match=options["match"],
        existing=options["existing"],
        done=done_of(row),
        to_do=to_do_of(row),
        seconds_left=seconds_left,
    )


def problem_view(problem: dict[str, Any], language: str) -> ImportProblemView:
    """A problem in words."""
    told = said({**problem, "column": ""}, language)
    return ImportProblemView(code=str(problem["code"]), column=str(problem.get("column") or ""), message=told)
