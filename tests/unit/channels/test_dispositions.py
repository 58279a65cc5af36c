"""The tree of dispositions: what stands where, what a queue shows, and what is still asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.dispositions.tree import MOST_LEVELS, Closing, Disposition, QueueDesk, Tree, missing


def node(name: str, parent: str | None = None, **more: bool) -> Disposition:
    return Disposition(name, name, {"en": name}, parent, **more)  # type: ignore[arg-type]


REPAIR, BOOKED, TODAY, SOLVED = node("repair"), node("booked", "repair"), node("today", "booked"), node("solved")
TREE = Tree.of([REPAIR, BOOKED, TODAY, SOLVED])


def test_paths_and_order() -> None:
    assert [one.code for one in TREE.path(TODAY)] == ["repair", "booked", "today"]
    assert [one.code for one in TREE.walk()] == ["repair", "booked", "today", "solved"]
    assert TREE.is_branch(BOOKED)
    assert not TREE.is_branch(TODAY)


@pytest.mark.parametrize(
    ("branches", "shown"),
    [
        ((), ["repair", "booked", "today", "solved"]),
        (("solved",), ["solved"]),
        (("booked",), ["repair", "booked", "today"]),
        (("gone",), ["repair", "booked", "today", "solved"]),
    ],
)
def test_a_queue_shows_its_branches_with_the_way_to_them(branches: tuple[str, ...], shown: list[str]) -> None:
    assert [one.code for one in TREE.shown(branches)] == shown


def test_what_stands_below_something_out_of_use_is_out_of_use() -> None:
    tree = Tree.of([replace(REPAIR, active=False), BOOKED, SOLVED])
    assert [one.code for one in tree.shown(())] == ["solved"]
    assert missing(tree, QueueDesk(), Closing("booked")) == "unknown"


@pytest.mark.parametrize(
    ("closing", "desk", "lack"),
    [
        (Closing(""), QueueDesk(), ""),
        (Closing(""), QueueDesk(forced=True), "disposition"),
        (Closing("x"), QueueDesk(), "unknown"),
        (Closing("repair"), QueueDesk(), "branch"),
        (Closing("today"), QueueDesk(branches=("solved",)), "elsewhere"),
        (Closing("today"), QueueDesk(forced=True), ""),
        (Closing("note"), QueueDesk(), "note"),
        (Closing("note", " "), QueueDesk(), "note"),
        (Closing("note", "x"), QueueDesk(), "follow_up"),
        (Closing("note", "x", follow_up=True), QueueDesk(), "date"),
        (Closing("note", "x", follow_up=True, booked=True), QueueDesk(), ""),
    ],
)
def test_what_is_missing(closing: Closing, desk: QueueDesk, lack: str) -> None:
    asking = node("note", note_required=True, follow_up_required=True, date_required=True)
    assert missing(Tree.of([*TREE.all.values(), asking]), desk, closing) == lack


def test_loops_and_depth() -> None:
    assert TREE.misplaced() == ""
    assert Tree.of([replace(REPAIR, parent_id="today"), BOOKED, TODAY]).misplaced() == "loop"
    chain = [node("n0"), *(node(f"n{level}", f"n{level - 1}") for level in range(1, MOST_LEVELS + 1))]
    assert Tree.of(chain).misplaced() == "too_deep"
    assert Tree.of(chain[:-1]).misplaced() == ""


@given(st.lists(st.integers(-1, 6), min_size=7, max_size=7))
def test_any_parents_end(parents: list[int]) -> None:
    tree = Tree.of(node(f"n{index}", f"n{parent}" if parent >= 0 else None) for index, parent in enumerate(parents))
    for one in tree.all.values():
        path = tree.path(one)
        assert len(path) == len({step.id for step in path})
    if not tree.misplaced():
        assert {one.id for one in tree.walk()} == set(tree.all)
