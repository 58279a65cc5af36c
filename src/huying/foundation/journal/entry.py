"""One line of the journal, and the typed events it carries.

Wings define events as frozen dataclasses derived from `Event`; the class name is the kind that is stored. Events hold
ids and measures, never personal data, so that the journal can be kept when a person is erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

STREAM_CONTACT = "contact"
STREAM_AGENT = "agent"
STREAM_ACT = "act"
STREAM_SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in the past tense. Fields are plain JSON values."""

    kinds: ClassVar[dict[str, type[Event]]] = {}
    closes_stream: ClassVar[bool] = False
    """The stream is over: it is not read back after a restart. Entries may still follow (a recording that is finished later)."""
    opens_stream: ClassVar[bool] = False
    """The stream's live part begins here (again): what stands before it is not read back after a restart."""

    def __init_subclass__(cls) -> None:
        known = Event.kinds.get(cls.__name__)
        if known is not None and known.__module__ != cls.__module__:
            raise TypeError(f"two events are called {cls.__name__}: {known.__module__} and {cls.__module__}")
        Event.kinds[cls.__name__] = cls

    @property
    def kind(self) -> str:
        """The name that the journal stores."""
        return type(self).__name__

    def data(self) -> dict[str, Any]:
        """The fields as a JSON object."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The event of stored data; fields that this version does not know are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})


@dataclass(frozen=True, slots=True)
class Entry:
    """One journalled event.

    `number` counts from 1 without a gap inside (`stream`, `stream_id`) and is given by the stream's one owner; `at` is UTC.
    """

    business_id: str
    stream: str
    stream_id: str
    number: int
    at: datetime
    event: Event

    @property
    def kind(self) -> str:
        """The event's kind."""
        return self.event.kind

    def to_json(self) -> dict[str, Any]:
        """The form that travels on the bus and in the spool."""
        return {
            "business_id": self.business_id,
            "stream": self.stream,
            "stream_id": self.stream_id,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(),
            "kind": self.kind,
            "data": self.event.data(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Entry:
        """The entry of `to_json`'s form. Raises KeyError when the kind is unknown."""
        return cls(
            business_id=value["business_id"],
            stream=value["stream"],
            stream_id=value["stream_id"],
            number=value["number"],
            at=datetime.fromisoformat(value["at"]),
            event=Event.kinds[value["kind"]].of(value["data"]),
        )
