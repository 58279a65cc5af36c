"""A watcher who applies what it is told always has the table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huying.web.live.topic import Change, Place, Row, Snapshot, Topic

KEYS = st.sampled_from("abcd")
ROWS = st.dictionaries(KEYS, st.fixed_dictionaries({"n": st.integers(0, 2)}), max_size=4)
STEP = st.tuples(st.just("become"), ROWS) | st.tuples(st.just("read"), st.integers(0, 3))


class Watcher:
    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.place: Place | None = None

    def take(self, told: Snapshot | list[Change]) -> None:
        if isinstance(told, Snapshot):
            self.rows, self.place = dict(told.rows), Place(told.epoch, told.number)
            return
        for change in told:
            assert self.place is not None
            assert change.number == self.place.number + 1
            self.rows.update(change.set)
            for key in change.removed:
                del self.rows[key]
            self.place = Place(self.place.epoch, change.number)


@given(st.lists(STEP, max_size=40), st.integers(0, 6))
def test_watcher_has_the_table_however_late_it_reads(steps: list[tuple[str, object]], remember: int) -> None:
    topic, watcher = Topic("e", remember=remember), Watcher()
    for step, value in steps:
        if step == "become":
            topic.become(value)  # type: ignore[arg-type]
        else:
            watcher.take(topic.catch_up(watcher.place, at_most=int(str(value))))
            assert watcher.rows == topic.rows
    watcher.take(topic.catch_up(watcher.place))
    assert watcher.rows == topic.rows


def test_nothing_new_is_no_change() -> None:
    topic = Topic("e", {"a": {"n": 1}})
    assert topic.become({"a": {"n": 1}}) is None
    assert topic.apply({}, ["b"]) is None
    assert topic.number == 0


def test_another_epoch_or_a_number_from_the_future_gets_a_snapshot() -> None:
    topic = Topic("e")
    topic.become({"a": {"n": 1}})
    assert isinstance(topic.catch_up(Place("other", 0)), Snapshot)
    assert isinstance(topic.catch_up(Place("e", 2)), Snapshot)
    assert topic.catch_up(Place("e", 0)) == [Change(1, {"a": {"n": 1}})]
    assert topic.catch_up(Place("e", 1)) == []
