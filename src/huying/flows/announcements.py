"""What a waiting customer is told: place, people, estimate, own wait, and what the keys do. Decides the words, not the moments."""

from __future__ import annotations

from collections.abc import Mapping

from huying.flows.effects import Item, Pause, Say
from huying.flows.speech import digits, duration, number, place_in_queue
from huying.routing.estimate.estimate import spoken
from huying.routing.router.requirements import Action

LEAST_WAIT_SPOKEN_SECONDS = 60
BETWEEN = Pause(200)


def waiting_items(
    language: str, place: int, waited_seconds: float = 0.0, people: int = 0, estimate_seconds: int | None = None
) -> tuple[Item, ...]:
    """The announcement for a waiting customer; empty when there is nothing to say.

    `place` counts from 1, `people` is the number of those who wait; 0 is unknown and is not said, nor is an estimate of None.
    """
    sentences: list[tuple[str, ...]] = []
    if place > 0:
        sentences.append(place_in_queue(place, language))
    if people > 0:
        sentences.append(_people(people, language))
    if estimate_seconds is not None:
        sentences.append(_estimate(estimate_seconds, language))
    if waited_seconds >= LEAST_WAIT_SPOKEN_SECONDS:
        minutes = int(waited_seconds // 60) * 60
        sentences.append(("queue.waited.before", *duration(minutes, language), "queue.waited.after"))
    return _joined(sentences, language)


def key_items(language: str, keys: Mapping[str, Action]) -> tuple[Item, ...]:
    """What the customer may do by a key: "to leave a message, press one"."""
    said = [(f"queue.key.{action.do}", *digits(key, language)) for key, action in sorted(keys.items())]
    return _joined(said, language)


def _estimate(seconds: int, language: str) -> tuple[str, ...]:
    told = spoken(seconds)
    if told.kind == "under":
        return ("queue.estimate.soon",)
    if told.kind == "over":
        return ("queue.estimate.long",)
    return ("queue.estimate.before", *duration(told.minutes * 60, language))


def _people(people: int, language: str) -> tuple[str, ...]:
    if people == 1:
        return ("queue.people.one",)
    return ("queue.people.before", *number(people, language, counted=True), "queue.people.after")


def _joined(sentences: list[tuple[str, ...]], language: str) -> tuple[Item, ...]:
    items: list[Item] = []
    for sentence in sentences:
        items += [BETWEEN] if items else []
        items += [Say(word, language) for word in sentence]
    return tuple(items)
