"""What merging writes into the journal. Customers and persons by id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class CustomersMerged(Event):
    """A person made one customer of several."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    merge_id: str
    into_id: str
    from_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomersParted(Event):
    """A person took a merge back."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    merge_id: str


@dataclass(frozen=True, slots=True)
class CustomersToldApart(Event):
    """A person said that each of these customers is another one than each of the others."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    customer_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomersToldAlike(Event):
    """A person took back that these customers are different."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    customer_ids: tuple[str, ...]
