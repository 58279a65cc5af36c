"""What imports and exports of customers write into the journal. Persons and imports by id, no names of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class CustomersImportStarted(Event):
    """A person began to import a file of so many rows."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    import_id: str
    rows: int


@dataclass(frozen=True, slots=True)
class CustomersImportEnded(Event):
    """An import is over. `state`: done, cancelled, failed, undone."""

    closes_stream: ClassVar[bool] = True

    import_id: str
    state: str
    created: int
    updated: int
    skipped: int
    failed: int


@dataclass(frozen=True, slots=True)
class CustomersImportUndone(Event):
    """A person took an import back."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    import_id: str


@dataclass(frozen=True, slots=True)
class CustomersExported(Event):
    """A person took so many customers out as a file. `form`: xlsx, csv."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    form: str
    customers: int
