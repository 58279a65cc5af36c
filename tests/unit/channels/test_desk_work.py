"""Work at the desk: whatever comes in whatever order, it is in one place, offered to nobody twice, and the same after a restart."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huying.channels.desk_work import words as w
from huying.channels.desk_work.events import DeskWorkParked
from huying.channels.desk_work.machine import DeskWork, NewWork, opening
from huying.channels.desk_work.state import Phase, WorkState, after
from huying.channels.events import ContactEnded
from huying.channels.voice.events import SegmentEnded, SegmentStarted
from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Event
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded
from huying.routing.router import work
from huying.routing.router.requirements import Requirements
from huying.routing.router.router import Router
from huying.routing.router.work import AgentProfile, Configured, QueueRules, WithdrawOffer

AGENTS = ("anna", "bo")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


class World:
    """A piece of work, a real router, and the journal between them."""

    def __init__(self) -> None:
        self.ids = (f"id{number}" for number in itertools.count(1))
        self.now = NOW
        self.events: list[tuple[datetime, Event]] = []
        self.router = Router(lambda: next(self.ids))
        self.timers: dict[str, datetime] = {}
        self.written: list[w.WriteDown] = []
        queue = QueueRules("q", requirements=Requirements(frozenset({"g"})))
        self.tell(Configured({"q": queue}, {agent: AgentProfile(agent, groups={"g": 1}) for agent in AGENTS}))
        first = opening(NewWork("w", "task", "t", "q"), lambda: next(self.ids))
        self.events += [(self.now, event) for event in first]
        self.work = DeskWork(self.folded(), lambda: next(self.ids))
        self.do(w.Begun())

    def folded(self) -> WorkState:
        """The state that a restart finds."""
        state = WorkState("w")
        for at, event in self.events:
            state = after(state, event, at)
        return state

    def do(self, event: w.WorkEvent) -> bool:
        """Give the work an event and carry out what it wants; false when it refuses."""
        if isinstance(event, w.TimerCame):
            self.timers.pop(event.name, None)
        before = self.work.state
        try:
            commands = self.work.handle(event, self.now)
        except Conflict:
            assert self.work.state == before
            return False
        for command in commands:
            match command:
                case w.Record(events):
                    self.events += [(self.now, one) for one in events]
                case w.Route(routed):
                    self.tell(routed)
                case w.SetTimer(name, at):
                    self.timers[name] = at
                case w.CancelTimer(name):
                    self.timers.pop(name, None)
                case w.WriteDown():
                    self.written.append(command)
        return True

    def tell(self, event: work.RoutingEvent) -> None:
        """Let the router decide, and pass on what it says."""
        for command in self.router.handle(event, self.now):
            match command:
                case work.MakeOffer(offer, explanation):
                    self.letters.append(w.OfferFor(offer, explanation))
                case WithdrawOffer(offer, result):
                    self.letters.append(w.OfferTakenBack(offer.offer_id, result))

    @property
    def letters(self) -> list[w.WorkEvent]:
        """What the router has said and the work has not heard yet."""
        self.__dict__.setdefault("_letters", [])
        return self.__dict__["_letters"]  # type: ignore[no-any-return]

    def hear(self) -> None:
        """The work hears what the router has said."""
        while self.letters:
            self.do(self.letters.pop(0))

    def pass_time(self, seconds: int) -> None:
        """Time goes on; timers come in their order."""
        end = self.now + timedelta(seconds=seconds)
        while True:
            self.hear()
            moments = [at for at in [*self.timers.values(), self.router.due()] if at and at <= end]
            if not moments:
                break
            self.now = max(self.now, min(moments))
            for name in [name for name, at in self.timers.items() if at <= self.now]:
                self.do(w.TimerCame(name))
            self.tell(work.TimeCame())
        self.now = end

    def restart(self) -> None:
        """The process dies and comes back; the agents are known again by their own streams."""
        self.letters.clear()
        self.timers.clear()
        self.work = DeskWork(self.folded(), lambda: next(self.ids))
        presences = {agent: self.router.presence(agent) for agent in AGENTS}
        router, self.router = self.router, Router(lambda: next(self.ids))
        queue = QueueRules("q", requirements=Requirements(frozenset({"g"})))
        self.tell(Configured({"q": queue}, {agent: AgentProfile(agent, groups={"g": 1}) for agent in AGENTS}))
        del router
        for agent, presence in presences.items():
            if presence and presence.signed_in:
                self.tell(work.SignIn(agent, agent))
                self.tell(work.ChooseStatus(agent, presence.status.value, presence.reason))
        held = self.work.state.in_hand
        holder = self.router.presence(held.agent_id) if held else None
        self.do(w.Recovered(bool(holder and holder.signed_in)))

    def check(self) -> None:
        """What must always hold."""
        assert self.folded() == self.work.state
        state = self.work.state
        assert not self.letters
        waits = state.phase is Phase.WAITING
        assert self.router.item_ids() == (frozenset({state.item.item_id}) if waits and state.item else frozenset())
        assert {offer.offer_id for offer in self.router.offers()} == {one.offer_id for one in state.offers}
        assert (state.in_hand is not None) == (state.phase is Phase.IN_HAND)
        for agent in AGENTS:
            presence = self.router.presence(agent)
            at_it = bool(state.in_hand and state.in_hand.agent_id == agent)
            if at_it and presence and presence.signed_in:
                assert presence.work("w"), "who is at it is shown at it"
            elif presence and not state.offer_to(agent) and not at_it:
                assert presence.work("w") is None, "nobody else is shown at it"
        _check_story([event for _, event in self.events])


def _check_story(events: list[Event]) -> None:
    """Stays, offers and segments begin and end in turn; it is in one place at every moment."""
    waiting, offers, segment, ended = "", set(), "", False
    for event in events:
        assert not ended
        match event:
            case QueueEntered(entry_id=entry_id):
                assert not waiting
                assert not segment
                waiting = entry_id
            case QueueEntryEnded(entry_id=entry_id):
                assert waiting == entry_id
                assert not offers
                waiting = ""
            case OfferMade(offer_id=offer_id):
                assert waiting
                offers.add(offer_id)
            case OfferEnded(offer_id=offer_id):
                offers.remove(offer_id)
            case SegmentStarted(segment_id=segment_id):
                assert not waiting
                assert not segment
                segment = segment_id
            case SegmentEnded(segment_id=segment_id):
                assert segment == segment_id
                segment = ""
            case DeskWorkParked():
                assert not segment
            case ContactEnded():
                assert not waiting
                assert not segment
                assert not offers
                ended = True


STEPS = st.one_of(
    st.tuples(st.just("ready"), st.sampled_from(AGENTS)),
    st.tuples(st.just("break"), st.sampled_from(AGENTS)),
    st.tuples(st.just("out"), st.sampled_from(AGENTS)),
    st.tuples(st.sampled_from(("accept", "take", "refuse", "park", "return")), st.sampled_from(AGENTS)),
    st.tuples(st.just("pass"), st.integers(0, 400)),
    st.tuples(st.just("restart"), st.none()),
)


@given(st.lists(STEPS, max_size=40), st.sampled_from(("finish", "cancel")))
@settings(max_examples=300, deadline=None)
def test_it_is_never_lost_and_never_in_two_hands(steps: list[tuple[str, object]], at_last: str) -> None:
    world = World()
    for what, how in steps:
        _step(world, what, how)
        world.hear()
        world.check()
    if at_last == "cancel":
        world.do(w.CancelAsked())
    else:
        world.tell(work.SignIn("anna", "anna"))
        world.tell(work.ChooseStatus("anna", "ready"))
        world.pass_time(4000)
        held = world.work.state.in_hand
        if held is None:
            assert world.do(w.TakeAsked("anna"))
        holder = world.work.state.in_hand
        assert holder
        assert world.do(w.FinishAsked(holder.agent_id))
    world.hear()
    world.check()
    assert world.work.ended
    assert sum(isinstance(event, ContactEnded) for _, event in world.events) == 1
    assert world.written[-1].result == ("done" if at_last == "finish" else "cancelled")


def _step(world: World, what: str, how: object) -> None:
    agent = str(how)
    presence = world.router.presence(agent)
    match what:
        case "ready":
            world.tell(work.SignIn(agent, agent))
            world.tell(work.ChooseStatus(agent, "ready"))
        case "break" if presence and presence.signed_in:
            world.tell(work.ChooseStatus(agent, "break", "lunch"))
        case "out":
            held = world.work.state.in_hand
            world.tell(work.SignOut(agent))
            if held and held.agent_id == agent:
                world.do(w.ReturnAsked(agent))
        case "accept":
            world.do(w.AcceptAsked(agent))
        case "take" if presence and presence.signed_in and not world.work.state.offer_to(agent):
            world.do(w.TakeAsked(agent))
        case "refuse":
            world.do(w.RefuseAsked(agent))
        case "park":
            world.do(w.ParkAsked(agent, world.now + timedelta(seconds=200)))
        case "return":
            world.do(w.ReturnAsked(agent))
        case "pass" if isinstance(how, int):
            world.pass_time(how)
        case "restart":
            world.restart()


def test_a_lost_agent_gives_it_back_after_a_restart() -> None:
    world = World()
    _step(world, "ready", "anna")
    world.hear()
    assert world.do(w.AcceptAsked("anna"))
    world.work = DeskWork(world.folded(), lambda: next(world.ids))
    world.router = Router(lambda: next(world.ids))
    world.do(w.Recovered(holder_works=False))
    assert world.work.state.phase is Phase.WAITING
    assert world.written[-1] == w.WriteDown("")


def test_an_offer_for_work_that_does_not_wait_is_told_so() -> None:
    world = World()
    _step(world, "ready", "anna")
    late = world.letters[0]
    world.hear()
    world.do(w.AcceptAsked("anna"))
    commands = world.work.handle(late, world.now)
    assert isinstance(late, w.OfferFor)
    assert commands == [w.Route(work.WorkLeft(late.offer.item.item_id))]


def test_what_the_router_turned_away_stands_in_line_again() -> None:
    world = World()
    assert world.work.state.item
    item = world.work.state.item.item_id
    world.tell(work.WorkLeft(item))
    world.do(w.TurnedAway(item))
    world.pass_time(61)
    world.check()
