"""What simulated contacts do: wait, ring, give up, talk, overflow, are called back, are sent on. One stay is one queue entry.

Door and rules end a stay as real flows do: an overflow opens a linked entry, a callback keeps its place, who is turned away at
the door without more is refused, later it is ended by the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from huying.analytics.simulation.plan import Customer
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.events import SegmentEnded, SegmentStarted
from huying.foundation.journal.entry import Event
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded
from huying.routing.router import work as w

if TYPE_CHECKING:
    from huying.analytics.simulation.day import Day

AT_THE_DOOR = frozenset({"closed", "full", "blocked", "nobody"})
GOLDEN = 0.6180339887498949
"""Turns one number into the next of an even row, so that each ringing of a contact has its own."""


@dataclass(eq=False, slots=True)
class Stay:
    """One queue entry. `offers`: what rings for it."""

    customer: Customer
    item: w.WorkItem
    origin: str
    entered_at: datetime
    offers: dict[str, w.Offer] = field(default_factory=dict)
    rung: int = 0
    ending: str = ""
    agent_id: str = ""
    patient: bool = False
    """He does not give up any more."""
    first: Stay | None = None
    """Where his patience began."""


class Stays:
    """All contacts of a day."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._ids = count(1)
        self._waiting: dict[str, Stay] = {}
        """By entry."""
        self._ringing: dict[str, Stay] = {}
        """By offer."""
        self._present: dict[str, Stay] = {}
        """By contact: the stay that waits, or the last one."""

    # --- coming ------------------------------------------------------------------------------------------------------------

    def enter(self, customer: Customer) -> None:
        """The customer calls."""
        channel = "phone" if customer.channel == "call" else customer.channel
        self._day.record(customer.contact_id, ContactEntered(channel, "inbound", customer.stream, "", customer.language, ""))
        self._queue(customer, customer.queue_id, "first", self._day.now)

    def _queue(self, customer: Customer, queue_id: str, origin: str, since: datetime, previous: Stay | None = None) -> None:
        """A new stay. A callback stands where the stay before stood."""
        rules = self._day.rules.queues[queue_id]
        item = w.WorkItem(
            item_id=f"entry-{next(self._ids):07}",
            contact_id=customer.contact_id,
            queue_id=queue_id,
            waiting_since=since,
            channel="callback" if origin == "callback" else customer.channel,
            needs=customer.needs,
            attributes=customer.attributes,
            rank=customer.rank,
            head_start_seconds=customer.head_start_seconds + rules.priority,
        )
        stay = Stay(customer, item, origin, self._day.now, patient=origin == "callback" or customer.patience_seconds is None)
        self._record(
            stay,
            QueueEntered(
                item.item_id, queue_id, origin, previous.item.item_id if previous else "", since.isoformat(), item.channel,
                dict(item.needs), dict(item.attributes), item.rank, item.head_start_seconds,
            ),
        )  # fmt: skip
        stay.first = previous.first if previous and origin == "overflow" else stay
        self._waiting[item.item_id] = self._present[customer.contact_id] = stay
        if not stay.patient and stay.first is stay:
            self._day.after(customer.patience_seconds or 0.0, self._give_up, stay)
        self._day.tell(w.WorkArrived(item, admitted=origin == "callback"))
        if not stay.ending:
            place = self._day.router.place(item.item_id)
            for watcher in self._day.watchers:
                watcher.entered(stay, place, self._day.now)
            self._may_ask_for_callback(stay)

    def _may_ask_for_callback(self, stay: Stay) -> None:
        wish = stay.customer.callback
        if wish is not None and stay.origin == "first" and stay.customer.dice[2] < wish.share:
            self._day.after(wish.after_seconds, self._ask_for_callback, stay)

    # --- what the router says ----------------------------------------------------------------------------------------------

    def obey(self, command: w.RoutingCommand) -> None:
        """Carry out what concerns contacts."""
        match command:
            case w.MakeOffer(offer, explanation):
                self._ring(offer, explanation)
            case w.WithdrawOffer(offer, result):
                if stay := self._ringing.get(offer.offer_id):
                    self._end_offer(stay, offer, result)
            case w.TurnAway(item, why, action):
                self._turn_away(self._waiting[item.item_id], why, action)

    def _ring(self, offer: w.Offer, explanation: Mapping[str, Any]) -> None:
        stay = self._waiting[offer.item.item_id]
        stay.offers[offer.offer_id] = offer
        self._ringing[offer.offer_id] = stay
        stay.rung += 1
        self._record(
            stay,
            OfferMade(
                offer.offer_id, offer.item.item_id, offer.item.queue_id, offer.agent_id, "", offer.expires_at.isoformat(), dict(explanation)
            ),
        )
        conduct, dice = self._day.conduct(offer.agent_id), stay.customer.dice
        seconds = conduct.answers_after.at((dice[0] + stay.rung * GOLDEN) % 1.0)
        rings = (offer.expires_at - self._day.now).total_seconds()
        if seconds >= rings or (dice[1] + stay.rung * GOLDEN) % 1.0 < conduct.misses:
            self._day.after(rings, self._miss, (stay, offer))
        else:
            self._day.after(seconds, self._answer, (stay, offer))

    def _miss(self, about: tuple[Stay, w.Offer]) -> None:
        stay, offer = about
        if offer.offer_id in stay.offers:
            self._end_offer(stay, offer, "timed_out")
            self._day.tell(w.OfferFailed(offer.offer_id, "timed_out"))

    def _end_offer(self, stay: Stay, offer: w.Offer, result: str) -> None:
        del stay.offers[offer.offer_id], self._ringing[offer.offer_id]
        self._record(stay, OfferEnded(offer.offer_id, offer.item.item_id, offer.item.queue_id, offer.agent_id, result))

    def _turn_away(self, stay: Stay, why: str, action: Any) -> None:
        do, target = (action.do, action.target) if action else ("", "")
        at_door = why in AT_THE_DOOR
        if do == "overflow":
            self._end(stay, "overflowed", why)
            rules = self._day.rules.queues[stay.item.queue_id]
            since = stay.item.waiting_since if rules.overflow_keeps_wait else self._day.now
            self._queue(stay.customer, target, "overflow", since, stay)
        elif do == "callback":
            self._call_back(stay, why)
        else:
            endings = {"voicemail": "voicemail", "forward": "forwarded", "menu": "self_served"}
            self._leave(stay, endings.get(do, "refused" if at_door else "ended"), "flow_ended", why)

    # --- talking -----------------------------------------------------------------------------------------------------------

    def _answer(self, about: tuple[Stay, w.Offer]) -> None:
        stay, offer = about
        if offer.offer_id not in stay.offers:
            return
        stay.agent_id = offer.agent_id
        customer, wish = stay.customer, stay.customer.callback
        reached = stay.origin != "callback" or wish is None or customer.dice[3] < wish.reached
        self._end_offer(stay, offer, "accepted")
        self._end(stay, "answered" if reached else "not_reached", agent_id=offer.agent_id)
        self._day.tell(w.OfferAnswered(offer.offer_id, offer.agent_id, stay.item))
        if not reached:
            self._record(stay, ContactEnded("flow_ended", self._lasted(customer)))
            self._day.after(wish.dial_seconds if wish else 0.0, self._not_reached, (offer.agent_id, customer.contact_id))
            return
        talks = customer.second_talk_seconds if stay.origin == "transfer" else customer.talk_seconds
        seconds = talks * self._day.conduct(offer.agent_id).pace
        segment_id = f"segment-{stay.item.item_id}"
        self._record(stay, SegmentStarted(segment_id, offer.agent_id, stay.item.item_id, stay.item.queue_id, "", ""))
        self._day.after(seconds, self._hang_up, (stay, segment_id, seconds))

    def _hang_up(self, about: tuple[Stay, str, float]) -> None:
        stay, segment_id, seconds = about
        customer, agent_id = stay.customer, stay.agent_id
        goes_on = bool(customer.transfer_to) and stay.origin != "transfer"
        self._record(stay, SegmentEnded(segment_id, agent_id, "agent" if goes_on else "customer", seconds, 0.0))
        if goes_on:
            self._queue(customer, customer.transfer_to, "transfer", self._day.now, stay)
        else:
            self._record(stay, ContactEnded("customer_hung_up", self._lasted(customer)))
        self._day.release(agent_id, customer.contact_id, customer.after_call_seconds * self._day.conduct(agent_id).pace)

    def _not_reached(self, about: tuple[str, str]) -> None:
        self._day.release(*about, 0.0)

    # --- leaving -----------------------------------------------------------------------------------------------------------

    def _give_up(self, first: Stay) -> None:
        """The patience that began with this stay is at its end."""
        stay = self._present[first.customer.contact_id]
        if not stay.ending and not stay.patient and stay.first is first.first:
            rules = self._day.rules.queues[stay.item.queue_id]
            waited = (self._day.now - stay.item.waiting_since).total_seconds()
            self._leave(stay, "short_abandoned" if waited <= rules.short_abandon_seconds else "abandoned", "customer_hung_up")

    def _ask_for_callback(self, stay: Stay) -> None:
        if not stay.ending and not stay.offers:
            self._call_back(stay, "key")

    def _call_back(self, stay: Stay, why: str) -> None:
        self._end(stay, "called_back", why)
        self._day.tell(w.WorkLeft(stay.item.item_id))
        self._queue(stay.customer, stay.item.queue_id, "callback", stay.item.waiting_since, stay)

    def _leave(self, stay: Stay, ending: str, cause: str, why: str = "") -> None:
        """The contact is over while it waits."""
        for offer in list(stay.offers.values()):
            self._end_offer(stay, offer, "withdrawn")
        self._end(stay, ending, why)
        self._record(stay, ContactEnded(cause, self._lasted(stay.customer)))
        self._day.tell(w.WorkLeft(stay.item.item_id))

    def _end(self, stay: Stay, ending: str, why: str = "", agent_id: str = "") -> None:
        stay.ending = ending
        del self._waiting[stay.item.item_id]
        waited = (self._day.now - stay.item.waiting_since).total_seconds()
        self._record(stay, QueueEntryEnded(stay.item.item_id, stay.item.queue_id, ending, waited, agent_id, why))
        for watcher in self._day.watchers:
            watcher.ended(stay, ending, self._day.now)

    def _lasted(self, customer: Customer) -> float:
        return (self._day.now - customer.at).total_seconds()

    def _record(self, stay: Stay, *events: Event) -> None:
        self._day.record(stay.customer.contact_id, *events)
