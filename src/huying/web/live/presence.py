"""Which people's browsers are connected now, told to the voice process when it changes and again when that process came anew.

A person is connected while at least one of their browsers is. Repeats nothing that was told already.
"""

from __future__ import annotations

import asyncio
from collections import Counter

from huying.foundation.bus.port import Bus, Message, Subscription

FEED_SUBJECT = "desk.feed"
VOICE_UP_SUBJECT = "voice.up"

Person = tuple[str, str]
"""Business and person."""


class FeedPresence:
    """Counts living connections and tells of the first and the last."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._alive: Counter[Person] = Counter()
        self._told: set[Person] = set()
        self._waiting: set[Person] = set()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        """Begin telling."""
        self._subscription = await self._bus.subscribe(VOICE_UP_SUBJECT, self._voice_up)
        self._task = asyncio.create_task(self._tell(), name="feed-presence")

    async def stop(self) -> None:
        """Tell nothing more. People stay connected as far as others know: their browsers come back to the next process."""
        if self._subscription is not None:
            await self._subscription.stop()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def came(self, business_id: str, person_id: str) -> None:
        """A connection of this person lives."""
        self._alive[(business_id, person_id)] += 1
        self._changed((business_id, person_id))

    def went(self, business_id: str, person_id: str) -> None:
        """A connection of this person ended or fell silent."""
        person = (business_id, person_id)
        self._alive[person] -= 1
        if self._alive[person] <= 0:
            del self._alive[person]
        self._changed(person)

    def is_connected(self, business_id: str, person_id: str) -> bool:
        """Whether a browser of the person is connected."""
        return self._alive[(business_id, person_id)] > 0

    def connected(self, business_id: str) -> frozenset[str]:
        """The business's people of whom a browser is connected."""
        return frozenset(person for business, person in self._alive if business == business_id)

    def count(self) -> int:
        """How many people are connected."""
        return len(self._alive)

    def _changed(self, person: Person) -> None:
        self._waiting.add(person)
        self._wake.set()

    async def _voice_up(self, _subject: str, _message: Message) -> None:
        self._told.clear()
        self._waiting.update(self._alive)
        self._wake.set()

    async def _tell(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                person = self._waiting.pop()
                connected = self._alive[person] > 0
                if connected == (person in self._told):
                    continue
                (self._told.add if connected else self._told.discard)(person)
                await self._bus.publish(FEED_SUBJECT, {"business_id": person[0], "person_id": person[1], "connected": connected})
