"""A small centre for the router's tests: agents by name, queues by rules, offers as they are made."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from random import Random

from huying.routing.router import work as w
from huying.routing.router.presence import Presence
from huying.routing.router.requirements import Requirements
from huying.routing.router.router import Router

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def queue(name: str = "q", *, groups: tuple[str, ...] = ("g",), lines: tuple = (), **more: object) -> w.QueueRules:  # type: ignore[type-arg]
    return w.QueueRules(name, requirements=Requirements(frozenset(groups), lines), **more)  # type: ignore[arg-type]


def agent(name: str, groups: tuple[str, ...] = ("g",), **more: object) -> w.AgentProfile:
    return w.AgentProfile(name, groups=dict.fromkeys(groups, 5), **more)  # type: ignore[arg-type]


class Floor:
    """A router, its time, and what it wanted done last."""

    def __init__(self, *things: w.QueueRules | w.AgentProfile) -> None:
        numbers = itertools.count(1)
        self.router = Router(lambda: f"o{next(numbers)}", Random(1).random)
        self.now = START
        self.things = things
        self.commands: list[w.RoutingCommand] = []
        self.configure(*things)

    def configure(self, *things: w.QueueRules | w.AgentProfile) -> None:
        queues = {it.queue_id: it for it in things if isinstance(it, w.QueueRules)}
        self.tell(w.Configured(queues, {it.agent_id: it for it in things if isinstance(it, w.AgentProfile)}))

    def tell(self, event: w.RoutingEvent) -> list[w.RoutingCommand]:
        self.commands = self.router.handle(event, self.now)
        return self.commands

    def ready(self, *names: str) -> None:
        for name in names:
            self.tell(w.SignIn(name, f"phone-{name}"))
            self.tell(w.AccountSeen(f"phone-{name}", True))
            self.tell(w.ChooseStatus(name, "ready"))
            self.now += timedelta(seconds=1)

    def item(self, name: str, queue_id: str = "q", channel: str = "call", **more: object) -> w.WorkItem:
        return w.WorkItem(name, f"c-{name}", queue_id, self.now, channel, **more)  # type: ignore[arg-type]

    def arrive(self, name: str, queue_id: str = "q", channel: str = "call", **more: object) -> w.WorkItem:
        item = self.item(name, queue_id, channel, **more)
        self.tell(w.WorkArrived(item))
        return item

    def offered(self) -> dict[str, str]:
        """Agent -> work, of the last step."""
        return {it.offer.agent_id: it.offer.item.item_id for it in self.commands if isinstance(it, w.MakeOffer)}

    def away(self) -> list[tuple[str, str]]:
        """What was turned away in the last step, and why."""
        return [(it.item.item_id, it.why) for it in self.commands if isinstance(it, w.TurnAway)]

    def ringing(self) -> dict[str, str]:
        """Agent -> work, of all that rings."""
        return {offer.agent_id: offer.item.item_id for offer in self.router.offers()}

    def offer_of(self, name: str) -> w.Offer:
        return next(offer for offer in self.router.offers() if offer.agent_id == name)

    def answer(self, name: str) -> w.WorkItem:
        offer = self.offer_of(name)
        self.tell(w.OfferAnswered(offer.offer_id, name, offer.item))
        return offer.item

    def fail(self, name: str, result: str) -> None:
        self.tell(w.OfferFailed(self.offer_of(name).offer_id, result))

    def talk(self, name: str, item: str, seconds: float) -> None:
        """A call with this agent, from its arrival to its end."""
        self.arrive(item, wanted=(w.Wanted(name, 60, "rule"),))
        work = self.answer(name)
        self.now += timedelta(seconds=seconds)
        self.tell(w.AgentReleased(name, work.contact_id, after_call=False))

    def passes(self, seconds: float) -> None:
        """Time goes by, and what is due comes."""
        end = self.now + timedelta(seconds=seconds)
        found: list[w.RoutingCommand] = []
        while (due := self.router.due()) and due <= end:
            self.now = max(self.now, due)
            found += self.tell(w.TimeCame())
        self.now, self.commands = end, found

    def who(self, name: str) -> Presence:
        presence = self.router.presence(name)
        assert presence
        return presence
