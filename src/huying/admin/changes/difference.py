"""What a change changed, and what is left of a thing when that is put back. Pure.

A state is compared by paths: its fields, and the keys of the objects in its fields. Undoing puts back the paths that the change touched,
and leaves alone what was changed elsewhere in the thing since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

State = Mapping[str, Any]
Path = tuple[str, ...]
NOTHING: Any = ...
"""The value of a path that is not there (JSON has no ellipsis)."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """The thing after undoing; `clashes` are the paths that have another value by now than the change gave them."""

    state: State | None
    clashes: frozenset[Path]
    differs: bool
    """Whether anything would change."""


def touched(before: State | None, after: State | None) -> dict[Path, tuple[Any, Any]]:
    """The paths in which two states differ: path -> (before, after)."""
    old, new = _paths(before), _paths(after)
    pairs = {path: (old.get(path, NOTHING), new.get(path, NOTHING)) for path in {*old, *new}}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def put_back(current: State | None, before: State | None, after: State | None) -> PutBack:
    """Take the step from `before` to `after` back, from where the thing is now."""
    if before is None or after is None or current is None:
        clashes = frozenset(touched(after, current)) if current != before else frozenset()
        return PutBack(before, clashes, current != before)
    state, now, changed = _copy(current), _paths(current), touched(before, after)
    clashing: set[Path] = set()
    differs = False
    for path, (old, new) in sorted(changed.items()):
        there = now.get(path, NOTHING)
        if there == old:
            continue
        differs = True
        if there != new:
            clashing.add(path)
        if len(path) == 1 and not isinstance(old, Mapping):  # the whole object goes, with what came into it since
            clashing |= {inner for inner in now.keys() - changed.keys() if inner[0] == path[0]}
        _put(state, path, old)
    return PutBack(state, frozenset(clashing), differs)


def _paths(state: State | None) -> dict[Path, Any]:
    """An object's own path says that it is an object, so that an empty one and a missing one differ."""
    found: dict[Path, Any] = {}
    for name, value in (state or {}).items():
        if isinstance(value, Mapping):
            found[(name,)] = {}
            found |= {(name, key): inner for key, inner in value.items()}
        else:
            found[(name,)] = value
    return found


def _copy(state: State) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in state.items()}


def _put(state: dict[str, Any], path: Path, value: Any) -> None:
    """Paths come sorted, so an object is put before what is in it."""
    if len(path) == 1:
        if value is NOTHING:
            state.pop(path[0], None)
        else:
            state[path[0]] = dict(value) if isinstance(value, Mapping) else value
        return
    inner = state.get(path[0])
    if isinstance(inner, dict):
        if value is NOTHING:
            inner.pop(path[1], None)
        else:
            inner[path[1]] = value
