"""Joining customers and taking them apart again, on any customers."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from huying.crm.merging.joining import join
from huying.crm.merging.parting import Person, key_of, part

TEXT = st.sampled_from(["", "a", "b"])
PARTS = ("numbers", "emails", "addresses", "tags", "consents", "do_not_call", "warnings", "assets", "purchases")


@st.composite
def people(draw: st.DrawFn, who: str) -> Person:
    scalars = {name: draw(TEXT) for name in ("name", "code", "class", "language", "note", "company_role")}
    scalars |= {"company_id": draw(st.sampled_from([None, "f1", "f2"])), "merged_into": None, "updated_at": who}
    scalars["fields"] = draw(st.dictionaries(st.sampled_from(["x", "y"]), st.integers(0, 2)))
    numbers = draw(st.lists(st.sampled_from(["1", "2", "3"]), unique=True, max_size=3))
    tags = draw(st.lists(st.sampled_from(["t", "u"]), unique=True))
    parts: dict[str, list[dict[str, Any]]] = {name: [] for name in PARTS}
    for place, number in enumerate(numbers):
        row = {"id": f"{who}{number}", "number": number, "label": draw(TEXT), "main": place == 0, "position": place}
        parts["numbers"].append(row)
    parts["tags"] = [{"tag_id": tag} for tag in tags]
    parts["assets"] = [{"id": f"{who}-asset", "model": draw(TEXT)}] if draw(st.booleans()) else []
    parts["do_not_call"] = [{"id": f"{who}-no", "reason": draw(TEXT)}] if draw(st.booleans()) else []
    return Person(scalars, parts)


def joined(one: Person, other: Person) -> Person:
    scalars, parts = join("one", {"one": one, "other": other}, {})
    return Person(scalars, parts)


@given(people("one"), people("other"))
def test_what_was_joined_comes_apart_as_it_was(one: Person, other: Person) -> None:
    after = joined(one, other)
    parted = part(one, [other], after, after)
    assert parted.clashes == []
    assert {name: value for name, value in parted.scalars.items() if name != "updated_at"} == {
        name: value for name, value in one.scalars.items() if name != "updated_at"
    }
    for name in PARTS:
        assert sorted(parted.parts[name], key=str) == sorted(one.parts[name], key=str), name


@given(people("one"), people("other"))
def test_nothing_of_either_is_lost_and_one_number_is_the_main_one(one: Person, other: Person) -> None:
    after = joined(one, other)
    for name in PARTS:
        keys = {key_of(name, row) for person in (one, other) for row in person.parts[name]}
        assert {key_of(name, row) for row in after.parts[name]} == keys
    assert sum(row["main"] for row in after.parts["numbers"]) == bool(after.parts["numbers"])


@given(people("one"), people("other"), st.sampled_from(["4", "5"]))
def test_what_is_added_since_stays(one: Person, other: Person, number: str) -> None:
    after = joined(one, other)
    new = {"id": "new", "number": number, "label": "", "main": False, "position": 9}
    now = Person(after.scalars, {**after.parts, "numbers": [*after.parts["numbers"], new]})
    parted = part(one, [other], after, now)
    assert parted.clashes == []
    assert new in parted.parts["numbers"]


@given(people("one"), people("other"))
def test_what_came_from_the_other_and_was_taken_away_cannot_be_parted(one: Person, other: Person) -> None:
    after = joined(one, other)
    now = Person(after.scalars, {**after.parts, "numbers": []})
    clashes = part(one, [other], after, now).clashes
    assert clashes == (["numbers"] if other.parts["numbers"] else [])
