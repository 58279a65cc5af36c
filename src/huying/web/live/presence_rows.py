"""Whom one can reach now, as a word for each agent that every colleague may see: less than leads see, and nothing about customers. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

Row = Mapping[str, object]


def presence_rows(agents: Mapping[str, Row], connected: Collection[str]) -> dict[str, Row]:
    """Person -> {person_id, state}, of all agents and of everybody whose browser is there; states are those of `presence_of`."""
    people = {**{person: {} for person in connected}, **agents}
    return {person: {"person_id": person, "state": presence_of(row, person in connected)} for person, row in people.items()}


def presence_of(row: Row, connected: bool) -> str:
    """ready, busy (rings, talks or works on), break, or when not signed in as an agent: online (a browser is there) or away."""
    if not row.get("signed_in"):
        return "online" if connected else "away"
    if row.get("state") not in (None, "", "idle"):
        return "busy"
    return "ready" if row.get("status") == "ready" else "break"
