"""What a hook is asked and may answer. Pure: reads answers strictly, so that no nonsense reaches the router."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from huying.foundation.errors import HuyingError
from huying.routing.router.requirements import MOST
from huying.routing.rules.names import Kind, Names

ALLOWED = frozenset({"queue", "needs", "rank", "head_start_seconds", "agent", "agent_seconds", "attributes"})
MOST_ATTRIBUTES = 32
MOST_CHARACTERS = 200
MOST_RANK = 1000
MOST_HEAD_START = 24 * 3600
USUAL_AGENT_SECONDS = 30
MOST_AGENT_SECONDS = 600


class HookFailed(HuyingError):
    """The hook gave no usable answer; the contact goes on as if there were no hook."""

    code = "hook-failed"

    def __init__(self, reason: str, message: str) -> None:
        """`reason`: time-out, unreachable, status, too-large, not-json, bad-answer, error, busy, resting."""
        super().__init__(message, reason=reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What a hook decided; ids inside. What is absent stays as it was."""

    queue_id: str = ""
    needs: Mapping[str, int] = field(default_factory=dict)
    rank: int | None = None
    head_start_seconds: int | None = None
    agent_id: str = ""
    agent_seconds: int = USUAL_AGENT_SECONDS
    attributes: Mapping[str, str] = field(default_factory=dict)


Question = Mapping[str, object]
"""JSON: queue (code), channel, number, customer_class, language, attributes {}, rank, head_start_seconds, needs {code: level},
hour 0-23 and weekday 1-7 (Monday is 1) at the business's place, contact_id."""


class Hooks(Protocol):
    """Asks a queue's hook, in an expression or an outside service."""

    def has(self, queue_id: str) -> bool:
        """Whether the queue has a hook that is switched on."""

    async def ask(self, queue_id: str, question: Question) -> HookAnswer:
        """The hook's answer, within its time. Raises HookFailed, nothing else."""


def read_answer(raw: object, names: Names, agents: Mapping[str, str]) -> HookAnswer:
    """The answer, with codes and names turned into ids. `agents`: extension or id -> id. Raises HookFailed (bad-answer)."""
    if not isinstance(raw, Mapping):
        raise _bad("it must be a map, such as {'rank': 1}")
    unknown = sorted(str(key) for key in raw if key not in ALLOWED)
    if unknown:
        raise _bad(f"it may not say {unknown[0][:40]!r}; known are {', '.join(sorted(ALLOWED))}")
    return HookAnswer(
        queue_id=_thing(names, "queue", raw.get("queue")),
        needs=_needs(raw.get("needs"), names),
        rank=_whole(raw, "rank", -MOST_RANK, MOST_RANK),
        head_start_seconds=_whole(raw, "head_start_seconds", -MOST_HEAD_START, MOST_HEAD_START),
        agent_id=_agent(raw.get("agent"), agents),
        agent_seconds=_whole(raw, "agent_seconds", 1, MOST_AGENT_SECONDS) or USUAL_AGENT_SECONDS,
        attributes=_attributes(raw.get("attributes")),
    )


def _thing(names: Names, kind: Kind, written: object) -> str:
    if written is None or written == "":
        return ""
    found = names.find(kind, written) if isinstance(written, str) else ()
    if len(found) != 1:
        raise _bad(f"there is no {kind} {str(written)[:40]!r}: give its code")
    return found[0]


def _needs(raw: object, names: Names) -> dict[str, int]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping) or len(raw) > MOST_ATTRIBUTES:
        raise _bad("needs must be a map of skill codes to levels")
    return {_thing(names, "skill", skill or "?"): _level(level) for skill, level in raw.items()}


def _level(level: object) -> int:
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= MOST:
        raise _bad("levels go from 1 to 10")
    return level


def _whole(raw: Mapping[object, object], name: str, least: int, most: int) -> int | None:
    value = raw.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _bad(f"{name} must be a whole number from {least} to {most}")
    return value


def _agent(raw: object, agents: Mapping[str, str]) -> str:
    if raw is None or raw == "":
        return ""
    if not isinstance(raw, str) or raw not in agents:
        raise _bad(f"there is no agent {str(raw)[:40]!r}: give an extension or an id")
    return agents[raw]


def _attributes(raw: object) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping) or len(raw) > MOST_ATTRIBUTES:
        raise _bad(f"attributes must be a map of at most {MOST_ATTRIBUTES} texts")
    for key, value in raw.items():
        if not isinstance(key, str) or not isinstance(value, str) or not 0 < len(key) <= MOST_CHARACTERS or len(value) > MOST_CHARACTERS:
            raise _bad(f"attributes must be texts of at most {MOST_CHARACTERS} characters")
    return dict(raw)


def _bad(what: str) -> HookFailed:
    return HookFailed("bad-answer", f"The answer cannot be used: {what}.")
