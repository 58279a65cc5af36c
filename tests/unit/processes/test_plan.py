"""The supervisor's decisions: order, adoption, back-off, leftovers, end."""

from hypothesis import given
from hypothesis import strategies as st

from huying.processes.plan import (
    AskToEnd,
    Command,
    Kill,
    Phase,
    Rule,
    Sight,
    Standing,
    Start,
    Wish,
    all_gone,
    all_ready,
    decide,
    restart_delay,
)

RULES = (
    Rule("database"),
    Rule("migrate", needs=("database",), task=True),
    Rule("voice", needs=("database", "migrate"), hung_seconds=20.0, stop_seconds=5.0),
    Rule("edge", needs=("voice",)),
)
RUNS = Sight(leader=True, remains=True)
READY = Sight(leader=True, remains=True, ready=True)
NOTHING = Sight()


class House:
    """Children that do what they are told at once, in a small world of our own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.standings: dict[str, Standing] = {}
        self.sights: dict[str, Sight] = {}
        self.told: list[Command] = []

    def turn(self, wish: Wish = Wish.UP, seconds: float = 0.1) -> list[Command]:
        self.now += seconds
        self.standings, commands = decide(RULES, self.standings, self.sights, wish, self.now)
        self.sights = {name: Sight(s.leader, s.remains, s.ready) for name, s in self.sights.items()}
        for command in commands:
            self.sights[command.name] = READY if isinstance(command, Start) else NOTHING
            if command == Start("migrate"):
                self.sights["migrate"] = Sight(exit_status=0)
        self.told += commands
        return commands

    def bring_up(self) -> None:
        while not all_ready(self.standings) or not self.standings:
            self.turn()


def test_each_starts_when_what_it_needs_is_ready() -> None:
    house = House()
    house.bring_up()
    assert [command.name for command in house.told] == ["database", "migrate", "voice", "edge"]
    assert house.turn() == []


def test_a_running_child_is_adopted_and_never_started_again() -> None:
    house = House()
    house.sights = {"database": READY, "voice": RUNS}
    house.turn()
    assert house.standings["voice"].adopted
    assert house.standings["voice"].phase is Phase.STARTING
    assert Start("voice") not in house.told and Start("database") not in house.told


def test_one_that_was_steady_comes_back_at_once_and_a_failing_one_waits_longer_each_time() -> None:
    house = House()
    house.bring_up()
    house.turn(seconds=60)
    house.sights["voice"] = NOTHING
    assert house.turn() == [Start("voice")]
    waits = []
    for _ in range(4):
        house.sights["voice"] = Sight(exit_status=1)
        died, commands = house.now, house.turn()
        while Start("voice") not in commands:
            commands = house.turn(seconds=0.05)
        waits.append(house.now - died)
    assert waits == sorted(waits) and waits[-1] > waits[0]
    assert restart_delay(50) == 15.0


def test_what_needs_a_dead_child_goes_on() -> None:
    house = House()
    house.bring_up()
    house.sights["database"] = NOTHING
    commands = house.turn(seconds=60)
    assert commands == [Start("database")]
    assert house.standings["voice"].phase is Phase.READY


def test_leftovers_of_a_dead_leader_are_cleared_before_a_new_start() -> None:
    house = House()
    house.bring_up()
    house.turn(seconds=60)
    house.sights["voice"] = Sight(remains=True)
    assert house.turn() == []
    assert house.turn(seconds=2.1) == [Kill("voice")]
    assert house.turn() == [Start("voice")]


def test_only_a_child_with_a_limit_is_killed_for_not_answering() -> None:
    house = House()
    house.bring_up()
    house.sights["voice"] = RUNS
    house.sights["database"] = RUNS
    assert house.turn() == []
    assert house.turn(seconds=19) == []
    assert house.turn(seconds=2) == [Kill("voice")]
    assert Kill("database") not in house.told


def test_the_end_goes_backwards_and_kills_the_stubborn() -> None:
    house = House()
    house.bring_up()
    order = []
    for _ in range(10):
        order += [command.name for command in house.turn(Wish.DOWN)]
    assert order == ["edge", "voice", "database"]
    assert all_gone(house.standings, house.sights)
    stubborn = House()
    stubborn.bring_up()
    assert stubborn.turn(Wish.DOWN) == [AskToEnd("edge")]
    stubborn.turn(Wish.DOWN)
    stubborn.sights["voice"] = RUNS
    assert stubborn.turn(Wish.DOWN, seconds=4.0) == []
    assert stubborn.turn(Wish.DOWN, seconds=2.0) == [Kill("voice")]


sights = st.builds(Sight, st.booleans(), st.booleans(), st.booleans(), st.sampled_from([None, 0, 1]))


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from([rule.name for rule in RULES]), sights), st.sampled_from(Wish))))
def test_whatever_is_seen_nothing_is_started_beside_itself_or_during_the_end(turns: list[tuple[dict[str, Sight], Wish]]) -> None:
    standings: dict[str, Standing] = {}
    for number, (seen, wish) in enumerate(turns):
        standings, commands = decide(RULES, standings, seen, wish, float(number))
        names = [command.name for command in commands]
        assert len(names) == len(set(names))
        for command in commands:
            if isinstance(command, Start):
                sight = seen.get(command.name, Sight())
                assert wish is Wish.UP and not sight.leader and not sight.remains
