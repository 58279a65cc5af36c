"""What administration writes into the journal: one stream an act, closed at once. Persons and things by id alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class PersonSignedIn(Event):
    """A person began a session."""

    closes_stream: ClassVar[bool] = True

    person_id: str
    session_id: str


@dataclass(frozen=True, slots=True)
class PersonSignedOut(Event):
    """A session ended. `by`: self, administrator."""

    closes_stream: ClassVar[bool] = True

    person_id: str
    session_id: str
    by: str = "self"


@dataclass(frozen=True, slots=True)
class SignInRefused(Event):
    """Somebody tried to sign in as this person and failed. `reason`: password, inactive, sample."""

    closes_stream: ClassVar[bool] = True

    person_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class BusinessMade(Event):
    """A business was made, with its first administrator."""

    closes_stream: ClassVar[bool] = True

    administrator_id: str


@dataclass(frozen=True, slots=True)
class PersonMade(Event):
    """An administrator made a person."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    person_id: str
    roles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PersonChanged(Event):
    """A person was changed. `changed` names the fields; roles and active stand with their new values."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    person_id: str
    changed: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    active: bool = True


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """A person's password was set; all other sessions of the person ended."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class SettingsChanged(Event):
    """Something else was changed by an administrator. `what` names the table, `action`: made, changed, removed.

    `number`: of the change that is kept and can be undone, 0 for none; `undoes`: of the one that this undid.
    """

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    what: str
    id: str
    action: str
    number: int = 0
    undoes: int = 0
