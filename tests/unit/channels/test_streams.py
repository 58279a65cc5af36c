"""What is kept in memory of the streams: the open contacts and agents, and nothing of what the house itself journals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from huying.channels.voice.events import DebrisRemoved
from huying.channels.voice.streams import Streams
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_SYSTEM, Entry
from huying.routing.events import AgentSignedIn, AgentSignedOut

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class Written:
    """A writer that remembers."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    async def commit(self, entries: Sequence[Entry]) -> None:
        self.entries += entries

    def record(self, entries: Sequence[Entry]) -> None:
        self.entries += entries


def test_repairs_are_numbered_and_not_kept() -> None:
    written = Written()
    streams = Streams(written)
    for number in range(3):
        streams.record("b", STREAM_SYSTEM, "reconciler-b", [DebrisRemoved("leg", str(number))], NOW)
    assert [entry.number for entry in written.entries] == [1, 2, 3]
    assert streams.open_entries() == []


def test_an_agent_is_kept_while_he_works() -> None:
    streams = Streams(Written())
    streams.record("b", STREAM_AGENT, "anna", [AgentSignedIn("phone", "break", [])], NOW)
    assert len(streams.open_entries()) == 1
    streams.record("b", STREAM_AGENT, "anna", [AgentSignedOut()], NOW)
    assert streams.open_entries() == []
