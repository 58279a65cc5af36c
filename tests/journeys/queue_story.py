"""What journeys about queues have in common: a flow that is one queue, and what became of every stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, QueueNode
from huying.flows.spoken import lines_of
from huying.telephony.virtual_time import run_virtual
from journeys.centre import Centre

LOST = GoodbyeNode(id="bye", prompt=lines_of("system.goodbye"))


def journey(main: Callable[[], Awaitable[None]]) -> None:
    """Run a journey in virtual time."""

    async def run() -> None:
        await main()

    run_virtual(run())


def plain(**queue: Any) -> Flow:
    """A flow that is one queue, at once."""
    return Flow.build("plain", 1, QueueNode(id="wait", **{"queue": "repair", "exits": {"otherwise": "bye"}, **queue}), LOST)


class Shut:
    """Business hours that never are."""

    def __init__(self, why: str = "hours") -> None:
        self.why = why

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Closed."""
        return False, self.why, None


async def stays(centre: Centre) -> list[dict[str, Any]]:
    """Every stay in a queue: where, how it began and ended."""
    found: dict[str, dict[str, Any]] = {}
    for entry in await centre.entries():
        data = entry.event.data()
        if entry.kind == "QueueEntered":
            found[data["entry_id"]] = {"at": entry.at, "ending": "", **data}
        elif entry.kind == "QueueEntryEnded":
            found[data["entry_id"]] |= {"ending": data["ending"], "reason": data["reason"], "agent_id": data["agent_id"]}
    return list(found.values())


async def told(centre: Centre) -> list[tuple[str, str, str, str]]:
    """Queue, origin, ending, reason of every stay."""
    return [(stay["queue_id"], stay["origin"], stay["ending"], stay.get("reason", "")) for stay in await stays(centre)]


async def results(centre: Centre) -> dict[str, list[str]]:
    """Agent -> the results of his offers."""
    found: dict[str, list[str]] = {}
    for entry in await centre.entries():
        if entry.kind == "OfferEnded":
            found.setdefault(entry.event.data()["agent_id"], []).append(entry.event.data()["result"])
    return found
