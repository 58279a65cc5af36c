"""Whom one can reach now, and what every colleague may see of each agent: less than leads see, and nothing about customers. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

Row = Mapping[str, object]


def presence_rows(agents: Mapping[str, Row], connected: Collection[str]) -> dict[str, Row]:
    """Person -> his row with `person_id` and `presence` (`presence_of`), of all agents and of everybody whose browser is there.

    `agents`: what colleagues may see of them; whoever is no agent has the two alone.
    """
    people = {**{person: {} for person in connected}, **agents}
    return {person: {**row, "person_id": person, "presence": presence_of(row, person in connected)} for person, row in people.items()}


def presence_of(row: Row, connected: bool) -> str:
    """ready, busy (rings, talks or works on), break, or when not signed in as an agent: online (a browser is there) or away."""
    if not row.get("signed_in"):
        return "online" if connected else "away"
    if row.get("state") not in (None, "", "idle"):
        return "busy"
    return "ready" if row.get("status") == "ready" else "break"
