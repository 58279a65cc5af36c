"""Work at the desk from its arrival in a queue to its end. Pure.

How it works. A task or a message of a queue is a contact of its own without any telephone. It waits in the router's line like a call
(WAITING), and an offer stands at an agent's desk until he accepts, refuses, or its time is over. Whoever accepts it, or takes it from
the list, is at it (IN_HAND) until it is done, goes back into the line, or is kept for later (PARKED), from where it comes back by
itself, to the same agent first. Calls may come in between: that is the router's matter.

Nothing is decided here about who is offered what. An offer that meets work which does not wait any longer is answered with WorkLeft;
what an agent asks for and cannot have raises Conflict and changes nothing; a late timer or withdrawal is a no-op. Everything that takes
the work out of a queue, or puts it back, is one durable record, so that no death loses it or gives it to two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from huying.channels.desk_work import words as w
from huying.channels.desk_work.events import DeskWorkGiven, DeskWorkParked
from huying.channels.desk_work.state import Offered, Phase, WorkState, after
from huying.channels.devices.settings import BY_HAND
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.events import SegmentEnded, SegmentStarted
from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Event
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded
from huying.routing.router import work
from huying.routing.router.work import WorkItem

PARKED_TIMER = "parked"
AGAIN_TIMER = "again"
AGAIN_SECONDS = 60
"""After which work that the router turned away stands in its line again."""
KEEPER_SECONDS = 300
"""For how long what was kept for later is offered to its keeper alone."""


@dataclass(frozen=True, slots=True)
class NewWork:
    """What comes into a queue. `wanted`: who is asked first, for how many seconds."""

    contact_id: str
    subject: str
    subject_id: str
    queue_id: str
    customer_id: str = ""
    language: str = ""
    head_start_seconds: int = 0
    wanted_id: str = ""
    needs: Mapping[str, int] = field(default_factory=dict)


DIRECTIONS = {"voicemail": "inbound"}
"""Of subjects; all others are internal."""


def opening(new: NewWork, new_id: Callable[[], str]) -> tuple[Event, ...]:
    """Its first events."""
    wanted = [{"agent_id": new.wanted_id, "seconds": KEEPER_SECONDS, "why": "wanted"}] if new.wanted_id else []
    return (
        ContactEntered(new.subject, DIRECTIONS.get(new.subject, "internal"), "", new.customer_id, new.language, ""),
        DeskWorkGiven(new.subject, new.subject_id),
        QueueEntered(
            entry_id=new_id(),
            queue_id=new.queue_id,
            origin="first",
            channel=new.subject,
            needs=dict(new.needs),
            attributes={"language": new.language} if new.language else {},
            head_start_seconds=new.head_start_seconds,
            wanted=wanted,
        ),
    )


class DeskWork:
    """The one owner of a piece of work's state."""

    def __init__(
        self, state: WorkState, new_id: Callable[[], str], accept_seconds: Callable[[str], int] = lambda _agent_id: BY_HAND
    ) -> None:
        """`accept_seconds`: after how many seconds what is offered to an agent is in his hands by itself; BY_HAND."""
        self.state = state
        self._new_id = new_id
        self._accept_seconds = accept_seconds
        self._commands: list[w.WorkCommand] = []
        self._now = datetime.min.replace(tzinfo=UTC)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.state.phase is Phase.ENDED

    def handle(self, event: w.WorkEvent, now: datetime) -> list[w.WorkCommand]:
        """Take an event in and say what is to be done, in this order. Raises Conflict and changes nothing."""
        self._commands, self._now = [], now
        self._take(event)
        return self._commands

    def _take(self, event: w.WorkEvent) -> None:
        match event:
            case w.Begun():
                self._line_up()
            case w.Recovered(holder_works):
                self._recover(holder_works)
            case w.OfferFor():
                self._offer(event)
            case w.OfferTakenBack(offer_id, result):
                self._taken_back(offer_id, result)
            case w.TurnedAway(entry_id):
                self._turned_away(entry_id)
            case w.AcceptAsked(agent_id):
                self._accept(agent_id)
            case w.TakeAsked(agent_id):
                self._take_from_line(agent_id)
            case w.RefuseAsked(agent_id, reason):
                self._refuse(agent_id, reason)
            case w.ParkAsked(agent_id, until):
                self._park(agent_id, until)
            case w.ReturnAsked(agent_id):
                self._return(agent_id)
            case w.FinishAsked(agent_id):
                self._finish(agent_id)
            case w.CancelAsked():
                self._cancel()
            case w.TimerCame(name):  # pragma: no branch - there are no other events
                self._time_came(name)

    # --- waiting -------------------------------------------------------------------------------------------------------------

    @property
    def _item(self) -> WorkItem:
        assert self.state.item
        return self.state.item

    def _line_up(self, ringing: tuple[work.Offer, ...] = ()) -> None:
        if self.state.phase is Phase.WAITING:
            self._do(w.Route(work.WorkArrived(self._item, ringing, admitted=True)))

    def _offer(self, event: w.OfferFor) -> None:
        offer = event.offer
        if self.state.phase is not Phase.WAITING or self._item.item_id != offer.item.item_id:
            self._do(w.Route(work.WorkLeft(offer.item.item_id)))
            return
        expires_at, queue_id = offer.expires_at.isoformat(), self._item.queue_id
        made = OfferMade(offer.offer_id, self._item.item_id, queue_id, offer.agent_id, "", expires_at, dict(event.explanation))
        self._record(made)
        self._watch(Offered(offer.offer_id, offer.agent_id, offer.expires_at))

    def _watch(self, offered: Offered) -> None:
        """Until when it is offered, and when it is accepted by itself, where the agent's work is so set."""
        self._do(w.SetTimer(_timer(offered.offer_id), offered.expires_at))
        seconds = self._accept_seconds(offered.agent_id)
        if seconds >= 0:
            self._do(w.SetTimer(_accept_timer(offered.offer_id), self._now + timedelta(seconds=seconds)))

    def _forget(self, offered: Offered) -> None:
        self._do(w.CancelTimer(_timer(offered.offer_id)))
        self._do(w.CancelTimer(_accept_timer(offered.offer_id)))

    def _taken_back(self, offer_id: str, result: str) -> None:
        offered = next((one for one in self.state.offers if one.offer_id == offer_id), None)
        if offered:
            self._forget(offered)
            self._record(self._offer_ended(offered, result))

    def _turned_away(self, entry_id: str) -> None:
        if self.state.phase is Phase.WAITING and self._item.item_id == entry_id:
            self._end_offers("withdrawn")
            self._do(w.SetTimer(AGAIN_TIMER, self._now + timedelta(seconds=AGAIN_SECONDS)))

    def _refuse(self, agent_id: str, reason: str) -> None:
        offered = self._offered(agent_id)
        self._forget(offered)
        self._record(self._offer_ended(offered, "refused", reason))
        self._do(w.Route(work.OfferFailed(offered.offer_id, "refused", reason)))

    def _time_came(self, name: str) -> None:
        if name == PARKED_TIMER and self.state.parked:
            self._enter_again(self.state.parked.agent_id)
            self._line_up()
        elif name == AGAIN_TIMER:
            self._line_up()
        elif accepted := next((one for one in self.state.offers if _accept_timer(one.offer_id) == name), None):
            self._begin(accepted.agent_id, accepted)
        elif offered := next((one for one in self.state.offers if _timer(one.offer_id) == name), None):
            self._forget(offered)
            self._record(self._offer_ended(offered, "timed_out"))
            self._do(w.Route(work.OfferFailed(offered.offer_id, "timed_out")))

    # --- in hand -------------------------------------------------------------------------------------------------------------

    def _accept(self, agent_id: str) -> None:
        self._begin(agent_id, self._offered(agent_id))

    def _take_from_line(self, agent_id: str) -> None:
        if self.state.holder_id not in ("", agent_id):
            raise Conflict("Somebody else has this in hand.")
        if self.state.in_hand:
            return
        if self.ended:
            raise Conflict("This is done already.")
        if self.state.parked:
            self._do(w.CancelTimer(PARKED_TIMER))
            self._enter_again(agent_id)
        self._begin(agent_id, self.state.offer_to(agent_id))

    def _begin(self, agent_id: str, offered: Offered | None) -> None:
        item = self._item
        for other in self.state.offers:
            self._forget(other)
        settled = [self._offer_ended(one, "accepted" if one == offered else "withdrawn") for one in self.state.offers]
        self._do(w.CancelTimer(AGAIN_TIMER))
        self._record(
            *settled,
            self._entry_ended("answered", agent_id),
            SegmentStarted(self._new_id(), agent_id, item.item_id, item.queue_id, "", ""),
            durable=True,
        )
        self._do(w.Route(work.OfferAnswered(offered.offer_id if offered else "", agent_id, item)))
        self._do(w.WriteDown(agent_id))

    def _park(self, agent_id: str, until: datetime) -> None:
        self._must_hold(agent_id)
        until = max(until, self._now)
        self._record(self._segment_ended("agent"), DeskWorkParked(agent_id, until.isoformat()), durable=True)
        self._do(w.Route(work.AgentReleased(agent_id, self.state.contact_id, after_call=False)))
        self._do(w.SetTimer(PARKED_TIMER, until))

    def _return(self, agent_id: str) -> None:
        if self.state.parked and self.state.parked.agent_id == agent_id:
            self._do(w.CancelTimer(PARKED_TIMER))
            self._enter_again("")
            self._line_up()
        else:
            self._must_hold(agent_id)
            self._give_back(agent_id)
        self._do(w.WriteDown(""))

    def _give_back(self, agent_id: str) -> None:
        self._record(self._segment_ended("agent"), self._entered_again(""), durable=True)
        self._do(w.Route(work.AgentReleased(agent_id, self.state.contact_id, after_call=False)))
        self._line_up()

    def _finish(self, agent_id: str) -> None:
        self._must_hold(agent_id)
        self._record(self._segment_ended("agent"), self._contact_ended("done"), durable=True)
        self._do(w.Route(work.AgentReleased(agent_id, self.state.contact_id, after_call=False)))
        self._do(w.WriteDown(agent_id, "done"))

    def _cancel(self) -> None:
        holder = self.state.in_hand
        if self.ended:
            return
        if self.state.phase is Phase.WAITING:
            self._end_offers("withdrawn")
            self._do(w.CancelTimer(AGAIN_TIMER))
            self._record(self._entry_ended("ended"), self._contact_ended("cancelled"), durable=True)
            self._do(w.Route(work.WorkLeft(self._item.item_id)))
        elif holder:
            self._record(self._segment_ended("supervisor"), self._contact_ended("cancelled"), durable=True)
            self._do(w.Route(work.AgentReleased(holder.agent_id, self.state.contact_id, after_call=False)))
        else:
            self._do(w.CancelTimer(PARKED_TIMER))
            self._record(self._contact_ended("cancelled"), durable=True)
        self._do(w.WriteDown("", "cancelled"))

    # --- after a restart -------------------------------------------------------------------------------------------------------

    def _recover(self, holder_works: bool) -> None:
        match self.state.phase:
            case Phase.WAITING:
                self._recover_offers()
            case Phase.PARKED if self.state.parked:
                self._do(w.SetTimer(PARKED_TIMER, self.state.parked.until))
            case Phase.IN_HAND if self.state.in_hand and holder_works:
                self._do(w.Route(work.OfferAnswered("", self.state.in_hand.agent_id, self._item)))
                self._do(w.WriteDown(self.state.in_hand.agent_id))
            case Phase.IN_HAND:
                self._record(self._segment_ended("lost"), self._entered_again(""), durable=True)
                self._line_up()
                self._do(w.WriteDown(""))

    def _recover_offers(self) -> None:
        for one in self.state.offers:
            if one.expires_at <= self._now:
                self._record(self._offer_ended(one, "timed_out"))
        ringing = []
        for one in self.state.offers:
            self._watch(one)
            ringing.append(work.Offer(one.offer_id, self._item, one.agent_id, "", one.expires_at))
        self._line_up(tuple(ringing))

    # --- events ----------------------------------------------------------------------------------------------------------------

    def _offered(self, agent_id: str) -> Offered:
        offered = self.state.offer_to(agent_id)
        if offered is None:
            raise Conflict("This is not offered to you any longer.")
        return offered

    def _must_hold(self, agent_id: str) -> None:
        if self.state.in_hand is None or self.state.in_hand.agent_id != agent_id:
            raise Conflict("You do not have this in hand.")

    def _end_offers(self, result: str) -> None:
        for one in self.state.offers:
            self._forget(one)
            self._record(self._offer_ended(one, result))

    def _offer_ended(self, offered: Offered, result: str, reason: str = "") -> OfferEnded:
        return OfferEnded(offered.offer_id, self._item.item_id, self._item.queue_id, offered.agent_id, result, reason)

    def _entry_ended(self, ending: str, agent_id: str = "") -> QueueEntryEnded:
        waited = round((self._now - self._item.waiting_since).total_seconds(), 3)
        return QueueEntryEnded(self._item.item_id, self._item.queue_id, ending, waited, agent_id)

    def _segment_ended(self, by: str) -> SegmentEnded:
        held = self.state.in_hand
        assert held
        return SegmentEnded(held.segment_id, held.agent_id, by, round((self._now - held.since).total_seconds(), 3), 0.0)

    def _contact_ended(self, cause: str) -> ContactEnded:
        since = self.state.entered_at or self._now
        return ContactEnded(cause, round((self._now - since).total_seconds(), 3))

    def _enter_again(self, keeper_id: str) -> None:
        self._record(self._entered_again(keeper_id), durable=True)

    def _entered_again(self, keeper_id: str) -> QueueEntered:
        """It stands in its queue again; its wait counts from now."""
        item = self._item
        return QueueEntered(
            entry_id=self._new_id(),
            queue_id=item.queue_id,
            origin="returned",
            previous_entry_id=item.item_id,
            channel=item.channel,
            needs=dict(item.needs),
            attributes=dict(item.attributes),
            rank=item.rank,
            head_start_seconds=item.head_start_seconds,
            wanted=[{"agent_id": keeper_id, "seconds": KEEPER_SECONDS, "why": "kept"}] if keeper_id else [],
        )

    def _record(self, *events: Event, durable: bool = False) -> None:
        self._do(w.Record(events, durable))
        for event in events:
            self.state = after(self.state, event, self._now)

    def _do(self, command: w.WorkCommand) -> None:
        self._commands.append(command)


def _timer(offer_id: str) -> str:
    return f"offer {offer_id}"


def _accept_timer(offer_id: str) -> str:
    return f"accept {offer_id}"
