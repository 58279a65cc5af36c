"""What a flow writes into the contact's stream."""

from __future__ import annotations

from dataclasses import dataclass

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class FlowStarted(Event):
    """A published version of a flow took the contact."""

    flow_id: str
    version: int


@dataclass(frozen=True, slots=True)
class FlowNodeEntered(Event):
    """The contact came to a node."""

    node: str
    node_kind: str


@dataclass(frozen=True, slots=True)
class FlowChoiceMade(Event):
    """The customer chose in a menu. Digits of a collect node are never journalled."""

    node: str
    choice: str


@dataclass(frozen=True, slots=True)
class FlowHoursRead(Event):
    """A node asked whether the business is open. `why` it is closed: hours, holiday, emergency; empty when it is open."""

    node: str
    schedule: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class AttributesSet(Event):
    """The flow noted something about the contact that routing may look at. No personal data."""

    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class LanguageChosen(Event):
    """The contact goes on in this language (BCP 47: zh-CN, en)."""

    language: str
