"""What may happen to a request for help, in any order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.help import asking
from huying.foundation.errors import HuyingError, NotFound

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ASKED = asking.HelpRequest("h", "c", "anna", frozenset({"bo", "cy"}))


def test_one_takes_it_and_the_others_are_told() -> None:
    held = asking.taken(ASKED, "bo", NOW)
    assert held.taken_by == "bo"
    assert asking.taken(held, "bo", NOW) is held
    with pytest.raises(asking.HelpTakenAlready):
        asking.taken(held, "cy", NOW)
    with pytest.raises(asking.HelpTakenAlready):
        asking.ended(held, "cy", NOW)
    assert asking.ended(held, "bo", NOW).ending == "done"


def test_who_asked_withdraws_and_cannot_answer() -> None:
    assert asking.ended(ASKED, "anna", NOW).ending == "withdrawn"
    with pytest.raises(NotFound):
        asking.ended(ASKED, "anna", NOW, answered=True)
    over = asking.ended(ASKED, "bo", NOW, answered=True)
    assert (over.taken_by, over.ending) == ("bo", "answered")
    with pytest.raises(asking.HelpOver):
        asking.ended(over, "anna", NOW)
    assert asking.call_ended(over, NOW) is over


def test_only_who_is_asked_may_join_and_only_while_nobody_else_helps() -> None:
    assert asking.lets_join(ASKED, "c", "bo")
    assert not asking.lets_join(ASKED, "c", "anna")
    assert not asking.lets_join(ASKED, "other", "bo")
    held = asking.taken(ASKED, "cy", NOW)
    assert not asking.lets_join(held, "c", "bo")
    assert asking.lets_join(held, "c", "cy")
    assert not asking.lets_join(asking.call_ended(held, NOW), "c", "cy")


def test_nobody_asks_himself_alone() -> None:
    assert asking.whom(["anna", "bo", "bo"], "anna") == ["bo"]
    with pytest.raises(asking.NobodyToAsk):
        asking.whom(["anna"], "anna")


@given(
    st.lists(st.tuples(st.sampled_from(["take", "end", "answer", "call_ended"]), st.sampled_from(["anna", "bo", "cy", "dan"])), max_size=12)
)
def test_whatever_comes_it_ends_once_and_is_one_persons(steps: list[tuple[str, str]]) -> None:
    request, endings, takers = ASKED, set(), set()
    for what, person in steps:
        try:
            if what == "take":
                request = asking.taken(request, person, NOW)
            elif what == "call_ended":
                request = asking.call_ended(request, NOW)
            else:
                request = asking.ended(request, person, NOW, answered=what == "answer")
        except HuyingError:
            pass
        endings |= {request.ending} - {""}
        takers |= {request.taken_by} - {None}
    assert len(endings) <= 1
    assert len(takers) <= 1
    assert takers <= request.asked
