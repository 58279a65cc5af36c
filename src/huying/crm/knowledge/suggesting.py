"""Which articles to lay before the agent for a contact, and why. Pure: what is known of the contact and the articles comes as values.

Points come from what an article says it is about (product, menu choice, queue, class) and from what helped in earlier contacts of the same
disposition or queue. Language, feedback and foreign products only decide between articles that have a reason. An article for certain
classes of customers is for these alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

QUEUE, CLASS, PRODUCT, CHOICE, DISPOSITION = "queue", "class", "product", "choice", "disposition"
HELPED = "helped"
"""The reason of an article that helped in earlier contacts of the same queue."""
MOST = 5
POINTS = {PRODUCT: 40.0, CHOICE: 30.0, QUEUE: 25.0, CLASS: 10.0}
DISPOSITION_POINTS, HELPED_POINTS = 35.0, 20.0
ENOUGH = 5
"""So many earlier contacts make what helped there certain."""
SAME_LANGUAGE, OTHER_PRODUCT, FEEDBACK = 18.0, -20.0, 8.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a contact. Products in small letters: kinds, categories, models. Choices as `node=key`."""

    queue_id: str = ""
    customer_class: str = ""
    products: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    language: str = ""

    def topics(self) -> set[tuple[str, str]]:
        """All that an article may be about here, as (kind, value)."""
        one = {(QUEUE, self.queue_id), (CLASS, self.customer_class)}
        many = {(PRODUCT, value) for value in self.products} | {(CHOICE, value) for value in self.choices}
        return {topic for topic in one | many if topic[1]}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article with what it is about, and in how many earlier contacts of the same disposition and queue it was sent or helped."""

    article_id: str
    language: str = ""
    topics: frozenset[tuple[str, str]] = frozenset()
    of_disposition: int = 0
    of_queue: int = 0
    helped: int = 0
    not_helped: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is suggested: product, choice, queue, class, disposition or helped, and which one (nothing for the last two)."""

    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An article to look at; the strongest reason first."""

    article_id: str
    points: float
    reasons: tuple[Reason, ...] = field(default=())


def suggest(facts: Facts, candidates: Iterable[Candidate], most: int = MOST) -> list[Suggestion]:
    """The best articles for this contact, the best first; none without a reason."""
    judged = [judge(facts, candidate) for candidate in candidates]
    found = [suggestion for suggestion in judged if suggestion is not None]
    return sorted(found, key=lambda one: (-one.points, one.article_id))[:most]


def judge(facts: Facts, candidate: Candidate) -> Suggestion | None:
    """What speaks for an article here; None when nothing does, or when it is for other customers."""
    classes = {value for kind, value in candidate.topics if kind == CLASS}
    if classes and facts.customer_class not in classes:
        return None
    weights: dict[Reason, float] = {Reason(kind, value): POINTS[kind] for kind, value in candidate.topics & facts.topics()}
    weights |= _experience(candidate)
    if not weights:
        return None
    best: Mapping[str, float] = {kind: max(points for reason, points in weights.items() if reason.kind == kind) for kind in _kinds(weights)}
    reasons = sorted(weights, key=lambda reason: (-weights[reason], reason.kind, reason.value))
    return Suggestion(candidate.article_id, round(sum(best.values()) + _leaning(facts, candidate), 3), tuple(reasons))


def _kinds(weights: Mapping[Reason, float]) -> set[str]:
    return {reason.kind for reason in weights}


def _experience(candidate: Candidate) -> dict[Reason, float]:
    found = {
        Reason(DISPOSITION): DISPOSITION_POINTS * _share(candidate.of_disposition),
        Reason(HELPED): HELPED_POINTS * _share(candidate.of_queue),
    }
    return {reason: points for reason, points in found.items() if points > 0}


def _share(contacts: int) -> float:
    return min(contacts, ENOUGH) / ENOUGH


def _leaning(facts: Facts, candidate: Candidate) -> float:
    """What decides between articles that have a reason."""
    told = candidate.helped + candidate.not_helped
    leaning = FEEDBACK * (candidate.helped - candidate.not_helped) / (told + 2)
    if facts.language and candidate.language == facts.language:
        leaning += SAME_LANGUAGE
    products = {value for kind, value in candidate.topics if kind == PRODUCT}
    if products and facts.products and not products & facts.products:
        leaning += OTHER_PRODUCT
    return leaning
