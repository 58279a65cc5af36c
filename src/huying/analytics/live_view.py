"""The live state of one business: folds of its open streams, the rows made of them, and today's sums. Pure: no bus, no clock.

A contact that has ended stays as long as an agent is in after-call work with it, so that the desk can still write about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import AgentInterval, Verdict
from huying.analytics.live_rows import Row, agent_row, contact_row, queue_row, target_of
from huying.analytics.spans import day_of
from huying.analytics.terms import Target, measures_of_fold
from huying.analytics.today import ContactMeasures, TodayBook
from huying.channels.messages.events import MessageLeft
from huying.channels.voice.events import CallRecordingEnded, CallRecordingFailed
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry
from huying.routing.configuration import RoutingSettings

FORGET_AFTER = timedelta(minutes=10)
"""How long the id of a contact that is gone is remembered, so that a late entry does not bring it back."""

AFTER_THE_END = (CallRecordingEnded, CallRecordingFailed, MessageLeft)
"""What may still be written when a contact is over and no longer shown."""


class Taken(Enum):
    """What became of an entry given to the view."""

    CHANGED = "changed"
    NOTHING = "nothing"
    GAP = "gap"
    """Something before it is missing: the open streams must be read again."""


class LiveView:
    """One business as it is now."""

    def __init__(self, business_id: str, settings: RoutingSettings, zone: ZoneInfo, now: datetime) -> None:
        self.business_id = business_id
        self.zone = zone
        self._settings = settings
        self._people: Mapping[str, str] = {}
        self._not_disturbed: frozenset[str] = frozenset()
        self._contacts: dict[str, ContactFold] = {}
        self._agents: dict[str, AgentFold] = {}
        self._after_calls: dict[str, dict[tuple[str, int], AgentInterval]] = {}
        self._gone: dict[str, datetime] = {}
        self.today = TodayBook(day_of(now, zone), self._targets())
        self._changed_contacts: set[str] = set()
        self._changed_agents: set[str] = set()
        self._stale = True
        self._contact_rows: dict[str, Row] = {}
        self._agent_rows: dict[str, Row] = {}
        self._queue_rows: dict[str, Row] = {}
        self._everything_changed()

    # --- what comes in -------------------------------------------------------------------------------------------------

    def reset(self, entries: Iterable[Entry]) -> None:
        """Begin anew from all entries of the streams that are open now.

        What was heard of open contacts may never have been stored, and their numbers may have been given again: it is forgotten.
        """
        for contact_id in self._contacts:
            self.today.forget(contact_id)
        self._contacts, self._agents, self._after_calls, self._gone = {}, {}, {}, {}
        for entry in entries:
            fold = self._fold(entry)
            if fold is not None:
                fold.apply(entry, over_gap=fold.number == 0)
        for agent in self._agents.values():
            self._note_after_calls(agent)
        for contact in list(self._contacts.values()):
            self._count(contact)
            self._drop_if_over(contact)
        self._everything_changed()

    def take(self, entry: Entry) -> Taken:
        """Apply one entry as it was published."""
        known = self._contacts.get(entry.stream_id) or self._agents.get(entry.stream_id)
        if entry.stream_id in self._gone or (known is None and isinstance(entry.event, AFTER_THE_END)):
            return Taken.NOTHING
        if known is None and entry.number > 1 and not (entry.stream == STREAM_AGENT and entry.event.opens_stream):
            return Taken.GAP if entry.stream in (STREAM_CONTACT, STREAM_AGENT) else Taken.NOTHING
        fold = self._fold(entry)
        if fold is None:
            return Taken.NOTHING
        verdict = fold.apply(entry, over_gap=known is None)
        if verdict is Verdict.APPLIED:
            self._applied(fold)
            return Taken.CHANGED
        return Taken.GAP if verdict is Verdict.GAP else Taken.NOTHING

    def confirm(self, entry: Entry, since: datetime) -> Taken:
        """Hold an entry of the journal against what was heard: what its stream did not hear of is applied.

        A stream that began after `since` and was never heard of is a gap.
        """
        if entry.stream not in (STREAM_CONTACT, STREAM_AGENT):
            return self._take_act(entry)
        known = self._contacts.get(entry.stream_id) or self._agents.get(entry.stream_id)
        if known is not None:
            return self.take(entry) if entry.number > known.number else Taken.NOTHING
        begins = entry.number == 1 or entry.event.opens_stream
        return Taken.GAP if begins and entry.at > since and entry.stream_id not in self._gone else Taken.NOTHING

    def _take_act(self, entry: Entry) -> Taken:
        """What is said of a contact that is still shown; of others the history tells."""
        fold = self._contacts.get(entry.stream_id)
        if fold is None or not fold.apply_act(entry):
            return Taken.NOTHING
        self._applied(fold)
        return Taken.CHANGED

    def take_history(self, told: Iterable[ContactMeasures]) -> bool:
        """Count what the history's tables say of contacts that are no longer open; true when sums changed."""
        changed: set[str] = set()
        for one in told:
            if one.contact_id not in self._contacts:
                changed |= self.today.take(one)
        self._stale = self._stale or bool(changed)
        return bool(changed)

    def configure(
        self,
        settings: RoutingSettings,
        zone: ZoneInfo,
        now: datetime,
        people: Mapping[str, str] | None = None,
        not_disturbed: frozenset[str] = frozenset(),
    ) -> None:
        """Take other names, queues, agents, another time zone, other people who are not to be disturbed. `people`: names by person."""
        self._not_disturbed = not_disturbed
        if zone != self.zone:
            self.today.next_day(day_of(now, zone))
        self._settings, self.zone = settings, zone
        self._people = people if people is not None else self._people
        self.today.retarget(self._targets())
        self._everything_changed()

    def tick(self, now: datetime) -> bool:
        """Go with the time: the next day begins with empty sums; true when it did."""
        self._gone = {contact_id: at for contact_id, at in self._gone.items() if now - at < FORGET_AFTER}
        if now in self.today.day:
            return False
        self.today.next_day(day_of(now, self.zone))
        self._everything_changed()
        return True

    # --- what is shown ------------------------------------------------------------------------------------------------

    def contacts(self) -> Mapping[str, Row]:
        """Rows of contacts by id."""
        self._refresh()
        return self._contact_rows

    def agents(self) -> Mapping[str, Row]:
        """Rows of agents by id: those at work, and all who are configured."""
        self._refresh()
        return self._agent_rows

    def queues(self) -> Mapping[str, Row]:
        """Rows of queues by id."""
        self._refresh()
        return self._queue_rows

    def why(self, contact_id: str, agent_id: str) -> Mapping[str, object]:
        """The explanation of the last offer of this contact to this agent; empty when there was none."""
        fold = self._contacts.get(contact_id)
        made = [offer.explanation for offer in fold.offers.values() if offer.agent_id == agent_id] if fold is not None else []
        return made[-1] if made else {}

    def ignored(self) -> int:
        """How many events did not fit the state they met: a sign of a defect."""
        return sum(fold.ignored for fold in self._contacts.values()) + sum(fold.ignored for fold in self._agents.values())

    # --- inside -------------------------------------------------------------------------------------------------------

    def _fold(self, entry: Entry) -> ContactFold | AgentFold | None:
        if entry.stream == STREAM_CONTACT:
            return self._contacts.setdefault(entry.stream_id, ContactFold(self.business_id, entry.stream_id))
        if entry.stream == STREAM_AGENT:
            return self._agents.setdefault(entry.stream_id, AgentFold(self.business_id, entry.stream_id))
        return None

    def _applied(self, fold: ContactFold | AgentFold) -> None:
        self._stale = True
        if isinstance(fold, ContactFold):
            self._changed_contacts.add(fold.contact_id)
            self._count(fold)
            self._drop_if_over(fold)
            return
        self._changed_agents.add(fold.agent_id)
        for contact_id in self._note_after_calls(fold):
            contact = self._contacts.get(contact_id)
            if contact is not None:
                self._count(contact)
        for contact in [one for one in self._contacts.values() if one.ended_at is not None]:
            self._drop_if_over(contact)

    def _note_after_calls(self, fold: AgentFold) -> set[str]:
        found = set()
        for interval in fold.take_closed():
            if interval.state == "after_call" and interval.contact_id:
                self._after_calls.setdefault(interval.contact_id, {})[interval.agent_id, interval.number] = interval
                found.add(interval.contact_id)
        return found

    def _count(self, fold: ContactFold) -> None:
        after = self._after_calls.get(fold.contact_id, {}).values()
        told = ContactMeasures(fold.contact_id, fold.number, measures_of_fold(fold, after))
        if told.measures:
            self.today.take(told)

    def _drop_if_over(self, fold: ContactFold) -> None:
        if fold.ended_at is None or any(fold.contact_id in agent.works for agent in self._agents.values()):
            return
        del self._contacts[fold.contact_id]
        self._after_calls.pop(fold.contact_id, None)
        self._gone[fold.contact_id] = fold.last_at or fold.ended_at
        self._changed_contacts.add(fold.contact_id)

    def _targets(self) -> dict[str, Target]:
        return {queue_id: target_of(queue) for queue_id, queue in self._settings.queues.items()}

    def _everything_changed(self) -> None:
        self._contact_rows, self._agent_rows = {}, {}
        self._changed_contacts = set(self._contacts)
        self._changed_agents = set(self._agents) | set(self._settings.agents)
        self._stale = True

    def _refresh(self) -> None:
        """Make anew the rows that changed. Tables are replaced, never changed, and a row that is the same stays the same object."""
        if not self._stale:
            return
        waiting = self._waiting()
        places = {fold.contact_id: place for folds in waiting.values() for place, fold in enumerate(folds, 1)}
        contacts = {key: row for key, row in self._contact_rows.items() if key in self._contacts}
        moved = {key for key, row in contacts.items() if row["place"] != places.get(key)}
        for key in (self._changed_contacts | moved) & self._contacts.keys():
            contacts[key] = contact_row(self._contacts[key], places.get(key))
        shown = set(self._settings.agents) | {key for key, fold in self._agents.items() if fold.signed_in or fold.state != "idle"}
        agents = {key: row for key, row in self._agent_rows.items() if key in shown}
        for key in shown & self._changed_agents:
            agents[key] = agent_row(key, self._agents.get(key), self._settings.agents.get(key), self._people, key in self._not_disturbed)
        self._contact_rows, self._agent_rows = contacts, agents
        self._queue_rows = self._make_queue_rows(waiting)
        self._changed_contacts, self._changed_agents, self._stale = set(), set(), False

    def _served(self, fold: AgentFold) -> Sequence[str]:
        """The queues that the agent works for now: those of his groups, without the groups he has left for now."""
        settings = self._settings.agents.get(fold.agent_id)
        if settings is None or not fold.left:
            return settings.queues if settings is not None else fold.queues
        groups = settings.profile.groups.keys() - set(fold.left)
        return [key for key in settings.queues if not groups.isdisjoint(self._settings.queues[key].groups)]

    def _waiting(self) -> dict[str, list[ContactFold]]:
        """The waiting contacts of each queue, the longest wait first."""
        found: dict[str, list[tuple[datetime, datetime, str, ContactFold]]] = {}
        for fold in self._contacts.values():
            entry = fold.waiting_entry
            if entry is not None:
                found.setdefault(entry.queue_id, []).append((entry.waiting_since, entry.started_at, entry.entry_id, fold))
        return {queue_id: [item[3] for item in sorted(items, key=lambda item: item[:3])] for queue_id, items in found.items()}

    def _make_queue_rows(self, waiting: Mapping[str, list[ContactFold]]) -> dict[str, Row]:
        serving: dict[str, list[AgentFold]] = {}
        for fold in self._agents.values():
            for queue_id in self._served(fold) if fold.signed_in else ():
                serving.setdefault(queue_id, []).append(fold)
        rows = {}
        for queue_id in [*self._settings.queues, *(key for key in waiting if key not in self._settings.queues)]:
            settings_of = self._settings.queues.get(queue_id)
            row = queue_row(queue_id, settings_of, waiting.get(queue_id, ()), serving.get(queue_id, ()), self.today.terms(queue_id))
            before = self._queue_rows.get(queue_id)
            rows[queue_id] = before if before == row and before is not None else row
        return rows
