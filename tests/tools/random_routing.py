"""A router under random events, with what it records in order: for tests of whatever works its decisions out again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from huying.foundation.errors import HuyingError
from huying.foundation.journal.entry import Event
from huying.routing.router import work as w
from huying.routing.router.router import Router

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


class RandomRouting:
    """The centre. `made` is told each offer as it is made, when `journal` holds all that came before it."""

    def __init__(
        self, random: Random, agents: Sequence[str], new_id: Callable[[], str], made: Callable[[w.MakeOffer, datetime], None]
    ) -> None:
        self.random, self.agents, self.now = random, list(agents), START
        self.new_id, self.made = new_id, made
        self.router = Router(new_id, random.random)
        self.journal: list[tuple[str, Event, datetime]] = []
        self.offers: list[w.Offer] = []
        self.talks: list[tuple[str, str]] = []
        self.queues: Mapping[str, w.QueueRules] = {}
        self.profiles: Mapping[str, w.AgentProfile] = {}

    def configure(self, queues: Mapping[str, w.QueueRules], profiles: Mapping[str, w.AgentProfile]) -> None:
        self._due()
        self.queues, self.profiles = queues, profiles
        self._take(w.Configured(dict(queues), dict(profiles)), self.now)

    def step(self) -> None:
        """Something happens."""
        pick, agent = self.random, self.random.choice(self.agents)
        match pick.randint(0, 10):
            case 0 | 1:
                self._tell(w.SignIn(agent, f"phone-{agent}"))
                self._tell(w.AccountSeen(f"phone-{agent}", True))
                self._tell(w.ChooseStatus(agent, "ready"))
            case 2:
                self._tell(w.ChooseStatus(agent, pick.choice(("ready", "ready", "break")), ""))
            case 3:
                self._tell(w.ChooseGroups(agent, frozenset(group for group in self.profiles[agent].groups if pick.random() < 0.4)))
            case 4 | 5 | 6:
                self._arrive()
            case 7 | 8 if self.offers:
                offer = self.offers.pop(pick.randrange(len(self.offers)))
                if offer in self.router.offers():
                    self._tell(w.OfferAnswered(offer.offer_id, offer.agent_id, offer.item))
                    self.talks.append((offer.agent_id, offer.item.contact_id))
            case 9 if self.offers:
                failed = self.offers.pop(pick.randrange(len(self.offers)))
                self._tell(w.OfferFailed(failed.offer_id, pick.choice(("timed_out", "refused", "unreachable"))))
            case 10 if self.talks:
                self._tell(w.AgentReleased(*self.talks.pop(pick.randrange(len(self.talks)))))
            case _:
                self.now += timedelta(seconds=pick.choice((1, 5, 30)))

    def _arrive(self) -> None:
        pick = self.random
        wanted = (w.Wanted(pick.choice(self.agents), 30, "last_agent"),) if pick.random() < 0.2 else ()
        channel, queue = pick.choice(("call", "call", "chat")), pick.choice(sorted(self.queues))
        self._tell(w.WorkArrived(w.WorkItem(self.new_id(), self.new_id(), queue, self.now, channel, wanted=wanted)))

    def _due(self) -> None:
        self.now += timedelta(seconds=1)
        while (due := self.router.due()) and due <= self.now:
            self._take(w.TimeCame(), due)

    def _tell(self, event: w.RoutingEvent) -> None:
        self._due()
        self._take(event, self.now)

    def _take(self, event: w.RoutingEvent, now: datetime) -> None:
        try:
            commands = self.router.handle(event, now)
        except HuyingError:
            return
        for command in commands:
            if isinstance(command, w.RecordAgent):
                self.journal.append((command.agent_id, command.event, now))
            elif isinstance(command, w.MakeOffer):
                self.made(command, now)
                self.offers.append(command.offer)


def numbered(prefix: str) -> Callable[[], str]:
    """Ids that count."""
    numbers = itertools.count()
    return lambda: f"{prefix}{next(numbers)}"
