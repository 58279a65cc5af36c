"""Plays a plan through the router in virtual time. Everything the customers and agents do is here; who gets whom is the router's matter.

One heap of moments; the clock jumps from one to the next. What happens is written as journal entries, the same as real contacts
write, so the same folds and figures read it; `contacts` has what a contact does, this module what agents and the clock do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from huying.analytics.simulation.plan import AgentConduct, Customer, Plan, Turn
from huying.analytics.simulation.rules import BUSINESS
from huying.analytics.simulation.stays import Stay, Stays
from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry, Event
from huying.routing.events import AgentStatusChosen
from huying.routing.router import work as w
from huying.routing.router.presence import State
from huying.routing.router.router import Router

TAKEN_OUT = ("missed", "refused")
"""Reasons of breaks that the system gave for offers missed."""
AT_ONCE = AgentConduct()
AFTER_THE_LAST = timedelta(hours=12)
"""How long after the last customer and turn somebody may still wait; then the day is over."""


class Watcher:
    """Looks on. Every method may be left as it is."""

    def handled(self, event: w.RoutingEvent, commands: Sequence[w.RoutingCommand], now: datetime) -> None:
        """The router took an event."""

    def entered(self, stay: Stay, place: int, now: datetime) -> None:
        """A contact stands in a queue, at this place."""

    def ended(self, stay: Stay, ending: str, now: datetime) -> None:
        """Its stay has ended so."""


class Day:
    """One day. `write` takes each journal entry; without it none is made, which is faster."""

    def __init__(
        self,
        plan: Plan,
        rules: w.Configured,
        write: Callable[[Entry], None] | None = None,
        watchers: Sequence[Watcher] = (),
        seed: int = 0,
    ) -> None:
        ids = count(1)
        self.plan, self.rules, self.watchers = plan, rules, watchers
        self.now = plan.start
        self.router = Router(lambda: f"offer-{next(ids):07}", Random(seed).random)  # noqa: S311 - lots, not secrets
        self._write = write
        self._heap: list[tuple[datetime, int, Callable[[Any], None], Any]] = []
        self._order = count()
        self._numbers: dict[tuple[str, str], int] = defaultdict(int)
        self._wanted: dict[str, Turn] = {}
        self._due: datetime | None = None
        self._stays = Stays(self)

    # --- the clock ---------------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Play the whole day."""
        self.tell(self.rules)
        self.tell(w.AccountsSeen(frozenset(self.rules.agents)))
        turns, customers = iter(self.plan.turns), iter(self.plan.customers)
        turn, customer = next(turns, None), next(customers, None)
        while True:
            first = min((one.at for one in (turn, customer) if one), default=None)
            if self._heap and (first is None or self._heap[0][0] <= first):
                if first is None and self._heap[0][0] > self._end():
                    return
                self.now, _, act, about = heappop(self._heap)
                act(about)
            elif turn and turn.at == first:
                self.now = turn.at
                self._turn(turn)
                turn = next(turns, None)
            elif customer:
                self.now = customer.at
                self._stays.enter(customer)
                customer = next(customers, None)
            else:
                return

    def _end(self) -> datetime:
        last = [one[-1].at for one in (self.plan.turns, self.plan.customers) if one]
        return max(last, default=self.plan.start) + AFTER_THE_LAST

    def after(self, seconds: float, act: Callable[[Any], None], about: Any) -> None:
        """Do this then."""
        heappush(self._heap, (self.now + timedelta(seconds=seconds), next(self._order), act, about))

    def tell(self, event: w.RoutingEvent) -> list[w.RoutingCommand]:
        """Give the router an event and carry its commands out."""
        commands = self.router.handle(event, self.now)
        for watcher in self.watchers:
            watcher.handled(event, commands, self.now)
        for command in commands:
            if isinstance(command, w.RecordAgent):
                self._record_agent(command)
            else:
                self._stays.obey(command)
        due = self.router.due()
        if due is not None and (self._due is None or due < self._due):
            self._due = max(due, self.now)
            heappush(self._heap, (self._due, next(self._order), self._time_came, self._due))
        return commands

    def _time_came(self, due: datetime) -> None:
        if due == self._due:
            self._due = None
            self.tell(w.TimeCame())

    # --- the journal -------------------------------------------------------------------------------------------------------

    def record(self, contact_id: str, *events: Event) -> None:
        """Write into a contact's stream."""
        if self._write is not None:
            for event in events:
                self._entry(STREAM_CONTACT, contact_id, event)

    def _record_agent(self, command: w.RecordAgent) -> None:
        if self._write is not None:
            self._entry(STREAM_AGENT, command.agent_id, command.event)
        event = command.event
        if isinstance(event, AgentStatusChosen) and event.reason in TAKEN_OUT:
            self.after(self.conduct(command.agent_id).returns_after_seconds, self._return, command.agent_id)

    def _entry(self, stream: str, stream_id: str, event: Event) -> None:
        assert self._write
        self._numbers[stream, stream_id] += 1
        self._write(Entry(BUSINESS, stream, stream_id, self._numbers[stream, stream_id], self.now, event))

    # --- agents ------------------------------------------------------------------------------------------------------------

    def conduct(self, agent_id: str) -> AgentConduct:
        """How the agent behaves."""
        return self.plan.conduct.get(agent_id) or AT_ONCE

    def _turn(self, turn: Turn) -> None:
        self._wanted[turn.agent_id] = turn
        if turn.status == "out":
            self.tell(w.SignOut(turn.agent_id))
            return
        presence = self.router.presence(turn.agent_id)
        if presence is None or not presence.signed_in:
            self.tell(w.SignIn(turn.agent_id, turn.agent_id))
        self.tell(w.ChooseStatus(turn.agent_id, turn.status, turn.reason))

    def _return(self, agent_id: str) -> None:
        """Whom missed offers took out of the line comes back, unless he has a break or is gone."""
        presence, wanted = self.router.presence(agent_id), self._wanted.get(agent_id)
        if presence and presence.signed_in and wanted and wanted.status == "ready" and presence.reason in TAKEN_OUT:
            self.tell(w.ChooseStatus(agent_id, "ready"))

    def release(self, agent_id: str, contact_id: str, after_call_seconds: float) -> None:
        """The conversation is over; the agent does his after-call work."""
        self.tell(w.AgentReleased(agent_id, contact_id, after_call=after_call_seconds > 0))
        presence = self.router.presence(agent_id)
        work = presence.work(contact_id) if presence else None
        if work is None or work.state is not State.AFTER_CALL:
            return
        granted = (work.ends_at - self.now).total_seconds() if work.ends_at else 0.0
        if after_call_seconds > granted:
            try:
                self.tell(w.AfterCallExtended(agent_id, int(after_call_seconds - granted) + 1))
            except Conflict:
                return  # no more is granted: it ends by itself
        self.after(after_call_seconds, self._finish, (agent_id, contact_id))

    def _finish(self, about: tuple[str, str]) -> None:
        agent_id, contact_id = about
        presence = self.router.presence(agent_id)
        work = presence.work(contact_id) if presence else None
        if work and work.state is State.AFTER_CALL:
            self.tell(w.AfterCallFinished(agent_id))


def play(
    plan: Plan, rules: w.Configured, write: Callable[[Entry], None] | None = None, watchers: Sequence[Watcher] = (), seed: int = 0
) -> Day:
    """Play a day to its end."""
    day = Day(plan, rules, write, watchers, seed)
    day.run()
    return day


__all__ = ["Customer", "Day", "Watcher", "play"]
