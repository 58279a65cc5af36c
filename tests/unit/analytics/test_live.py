"""Keeping the live state in step: what is lost on the bus, another voice process, and one that is away."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from random import Random
from zoneinfo import ZoneInfo

import pytest
from random_journals import START, Centre

from huying.analytics import live as live_module
from huying.analytics.live import LiveCentre, Setting
from huying.analytics.today import ContactMeasures
from huying.channels.voice.client import OpenStreams
from huying.foundation.bus.memory import MemoryBus
from huying.foundation.errors import Unavailable
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.memory import MemoryJournal
from huying.routing.configuration import RoutingSettings


class Voice:
    """A voice process that can be away."""

    def __init__(self) -> None:
        self.epoch, self.entries, self.away, self.asked = "one", list[Entry](), False, 0

    async def open_streams(self) -> OpenStreams:
        self.asked += 1
        if self.away:
            raise Unavailable
        over = {entry.stream_id for entry in self.entries if entry.stream == STREAM_CONTACT and entry.event.closes_stream}
        return OpenStreams(self.epoch, [entry for entry in self.entries if entry.stream_id not in over])


class Nothing:
    """No names, no history."""

    async def settings(self) -> Mapping[str, Setting]:
        return {"00000000-0000-7000-8000-000000000001": Setting(ZoneInfo("Asia/Shanghai"), RoutingSettings({}, {}))}

    async def measures_since(self, *_: object) -> Sequence[ContactMeasures]:
        return []


class House:
    def __init__(self) -> None:
        self.bus, self.voice, self.journal = MemoryBus(), Voice(), MemoryJournal()
        self.live = LiveCentre(self.voice, self.bus, Nothing(), self.journal, lambda: START, tick_seconds=0.05)
        self.centre = Centre(Random(5), contacts=6, mean_gap_seconds=5)
        self.entries = self.centre.run()
        self.told: list[str] = []
        self.live.listen(self.told.append)

    async def speak(self, entries: Sequence[Entry], epoch: str = "one", heard: bool = True) -> None:
        self.voice.entries += entries
        if heard:
            message = {"epoch": epoch, "entries": [entry.to_json() for entry in entries]}
            await self.bus.publish(f"live.{self.centre.business_id}", message)

    def states(self) -> dict[str, object]:
        return {key: row["state"] for key, row in self.live.contacts(self.centre.business_id).items()}

    def wanted(self) -> dict[str, object]:
        from huying.analytics.live_view import LiveView

        view = LiveView(self.centre.business_id, RoutingSettings({}, {}), ZoneInfo("Asia/Shanghai"), START)
        for entry in self.voice.entries:
            view.take(entry)
        return {key: row["state"] for key, row in view.contacts().items()}

    def number_of(self, contact_id: str) -> int:
        fold = self.live._views[self.centre.business_id]._contacts.get(contact_id)
        return fold.number if fold is not None else 0

    async def until_right(self) -> None:
        async with asyncio.timeout(30):
            while self.states() != self.wanted():
                await asyncio.sleep(0.01)


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(live_module, "SYNC_PAUSE_SECONDS", 0.01)
    async with running(House()) as found:
        yield found


@pytest.fixture
async def lonely_house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Voice is away from the beginning, and has left something in the journal."""
    monkeypatch.setattr(live_module, "SYNC_PAUSE_SECONDS", 0.01)
    made = House()
    made.voice.away = True
    made.voice.entries = made.entries[:60]
    await made.journal.append(made.voice.entries)
    async with running(made) as found:
        yield found


@contextlib.asynccontextmanager
async def running(house: House) -> AsyncIterator[House]:
    task = asyncio.create_task(house.live.run())
    yield house
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await house.bus.close()


async def test_what_is_published_is_shown_and_told(house: House) -> None:
    await house.until_right()
    for entry in house.entries[:60]:
        await house.speak([entry])
    await house.until_right()
    assert house.states()
    assert set(house.told) == {house.centre.business_id}
    assert house.live.voice_is_up


async def test_a_lost_message_is_noticed_by_the_next_of_its_stream(house: House) -> None:
    await house.speak(house.entries[:30])
    await house.until_right()
    await house.speak(house.entries[30:50], heard=False)
    await house.speak(house.entries[50:90])
    await house.until_right()


async def test_a_lost_message_is_noticed_by_the_journal(house: House) -> None:
    await house.until_right()
    await house.speak(house.entries[:70], heard=False)
    assert house.states() == {}
    house.live.confirm(house.entries[:70])
    await house.until_right()
    await house.speak(house.entries[70:], heard=False)
    house.live.confirm(house.entries[70:])
    await house.until_right()


async def test_another_voice_process_means_to_begin_anew(house: House) -> None:
    await house.speak(house.entries[:50])
    await house.until_right()
    house.voice.epoch = "two"
    await house.speak(house.entries[50:60], epoch="two")
    await house.until_right()
    house.voice.epoch, house.voice.entries = "three", house.entries[:40]
    await house.bus.publish("voice.up", {"epoch": "three"})
    await house.until_right()


async def test_while_voice_is_away_the_journal_stands_in_and_rows_stay(lonely_house: House) -> None:
    house = lonely_house
    await house.until_right()
    assert not house.live.voice_is_up
    house.voice.away = False
    await house.bus.publish("voice.up", {"epoch": "one"})
    async with asyncio.timeout(30):
        while not house.live.voice_is_up:
            await asyncio.sleep(0.01)
    await house.until_right()


async def test_an_event_of_a_later_version_does_no_harm(house: House) -> None:
    await house.speak(house.entries[:40])
    await house.until_right()
    later = house.entries[40].to_json() | {"kind": "SomethingOfTomorrow"}
    house.voice.entries.append(house.entries[40])
    await house.bus.publish(f"live.{house.centre.business_id}", {"epoch": "one", "entries": [later]})
    asked, last = house.voice.asked, [entry for entry in house.entries[41:60] if entry.stream == STREAM_CONTACT][-1]
    await house.speak(house.entries[41:60])
    async with asyncio.timeout(30):
        while house.number_of(last.stream_id) < last.number:
            await asyncio.sleep(0.01)
    assert house.voice.asked == asked
