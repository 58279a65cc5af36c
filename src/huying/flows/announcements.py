"""What a waiting customer is told: the place in the queue and the own waiting time. Decides the words, not the moments."""

from __future__ import annotations

from huying.flows.effects import Item, Pause, Say
from huying.flows.speech import duration, place_in_queue

LEAST_WAIT_SPOKEN_SECONDS = 60


def waiting_items(language: str, place: int, waited_seconds: float = 0.0) -> tuple[Item, ...]:
    """The announcement for a waiting customer; empty when there is nothing to say.

    `place` counts from 1; 0 is unknown and is not said.
    """
    items: list[Item] = []
    if place > 0:
        items += [Say(word, language) for word in place_in_queue(place, language)]
    if waited_seconds >= LEAST_WAIT_SPOKEN_SECONDS:
        minutes = int(waited_seconds // 60) * 60
        items += [Pause(200)] if items else []
        items += [Say(word, language) for word in ("queue.waited.before", *duration(minutes, language), "queue.waited.after")]
    return tuple(items)
