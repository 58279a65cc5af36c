"""The values of a queue that are stored as JSON, as the router's words and back. Pure; what is missing or odd has its usual value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, get_args, get_type_hints

from huying.routing.router.requirements import Action
from huying.routing.router.work import Announcements, Consequence, Door

DEEDS: frozenset[str] = frozenset(get_args(get_type_hints(Action)["do"]))


def announcements_of(stored: Mapping[str, Any]) -> Announcements:
    """What the waiting customer hears."""
    return Announcements(**_known(Announcements, stored))


def consequence_of(stored: Mapping[str, Any]) -> Consequence:
    """What missed and refused offers bring."""
    return Consequence(**_known(Consequence, stored))


def door_of(stored: Mapping[str, Any]) -> Door:
    """The queue's limits, and where work goes for which there is no place."""
    return Door(**{**_known(Door, stored), "actions": actions_of(stored.get("actions") or {})})


def actions_of(stored: Mapping[str, Any]) -> dict[str, Action]:
    """Actions by key or occasion."""
    return {key: Action(value["do"], str(value.get("target", ""))) for key, value in stored.items() if value.get("do") in DEEDS}


def to_json(value: Announcements | Consequence | Door | Action) -> dict[str, Any]:
    """As it is stored and sent."""
    return asdict(value)


def _known(kind: type[Announcements | Consequence | Door], stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {item.name for item in fields(kind)}
    return {name: value for name, value in stored.items() if name in names}
