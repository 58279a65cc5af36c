"""Which articles are laid before the agent, and why; addresses of public pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.crm.knowledge.links import ArticleLinks, LinkGone
from huying.crm.knowledge.suggesting import (
    CHOICE,
    CLASS,
    DISPOSITION,
    HELPED,
    MOST,
    PRODUCT,
    QUEUE,
    Candidate,
    Facts,
    Reason,
    judge,
    suggest,
)
from huying.foundation.errors import TooMany
from huying.foundation.ids import new_id

FACTS = Facts("repair", "vip", frozenset({"洗衣机", "hc-xqg"}), frozenset({"menu=1"}), "zh-CN")
TOPICS = st.frozensets(
    st.tuples(st.sampled_from([QUEUE, PRODUCT, CHOICE]), st.sampled_from(["repair", "product", "洗衣机", "空调", "menu=1", "menu=2"])),
    max_size=5,
)
CANDIDATES = st.builds(
    Candidate,
    article_id=st.text("abcdef", min_size=1, max_size=3),
    language=st.sampled_from(["zh-CN", "en"]),
    topics=TOPICS,
    of_disposition=st.integers(0, 20),
    of_queue=st.integers(0, 20),
    helped=st.integers(0, 50),
    not_helped=st.integers(0, 50),
)


def about(name: str, *topics: tuple[str, str], language: str = "zh-CN", **more: int) -> Candidate:
    return Candidate(name, language, frozenset(topics), **more)


def test_the_appliance_counts_more_than_the_queue_and_is_said_first() -> None:
    washing, general = about("w", (PRODUCT, "洗衣机"), (QUEUE, "repair")), about("g", (QUEUE, "repair"))
    found = suggest(FACTS, [general, washing])
    assert [one.article_id for one in found] == ["w", "g"]
    assert found[0].reasons == (Reason(PRODUCT, "洗衣机"), Reason(QUEUE, "repair"))


def test_nothing_without_a_reason() -> None:
    assert suggest(FACTS, [about("a"), about("b", (QUEUE, "product")), about("c", (PRODUCT, "空调"))]) == []


def test_articles_for_a_class_are_for_it_alone() -> None:
    gold = about("g", (CLASS, "gold"), (QUEUE, "repair"))
    assert judge(FACTS, gold) is None
    assert judge(replace(FACTS, customer_class="gold"), gold) is not None


def test_another_appliance_speaks_against_it() -> None:
    found = suggest(FACTS, [about("air", (PRODUCT, "空调"), (QUEUE, "repair")), about("any", (QUEUE, "repair"))])
    assert [one.article_id for one in found] == ["any", "air"]


def test_the_customers_language_comes_first() -> None:
    both = [about("en", (PRODUCT, "洗衣机"), language="en"), about("zh", (PRODUCT, "洗衣机"))]
    assert [one.article_id for one in suggest(FACTS, both)] == ["zh", "en"]
    assert [one.article_id for one in suggest(replace(FACTS, language="en"), both)] == ["en", "zh"]


def test_what_helped_before_is_enough() -> None:
    found = suggest(FACTS, [about("h", of_queue=3), about("d", of_disposition=3)])
    assert [(one.article_id, one.reasons[0].kind) for one in found] == [("d", DISPOSITION), ("h", HELPED)]


@given(st.lists(CANDIDATES, max_size=15, unique_by=lambda one: one.article_id))
def test_few_in_order_each_with_a_reason(candidates: list[Candidate]) -> None:
    found = suggest(FACTS, candidates)
    assert len(found) <= MOST
    assert all(one.reasons for one in found)
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    assert found == suggest(FACTS, list(reversed(candidates)))


@given(CANDIDATES, st.sampled_from([(QUEUE, "repair"), (CHOICE, "menu=1"), (PRODUCT, "洗衣机")]))
def test_one_more_thing_in_common_never_harms(candidate: Candidate, topic: tuple[str, str]) -> None:
    before, after = judge(FACTS, candidate), judge(FACTS, replace(candidate, topics=candidate.topics | {topic}))
    assert after is not None
    assert before is None or after.points >= before.points


@given(CANDIDATES)
def test_helping_once_more_never_harms(candidate: Candidate) -> None:
    topics = candidate.topics | {(QUEUE, "repair")}
    before, after = (judge(FACTS, replace(candidate, topics=topics, helped=candidate.helped + more)) for more in (0, 1))
    assert before is not None and after is not None and after.points >= before.points


def test_addresses_cannot_be_guessed() -> None:
    links, link = ArticleLinks(b"key"), new_id()
    token = links.path(link).rpartition("/")[2]
    assert links.read(token) == link
    changed = ("B" if token[30] != "B" else "C").join((token[:30], token[31:]))
    for wrong in (changed, token[:-4], "", "x" * 43, "é", ArticleLinks(b"other").path(link).rpartition("/")[2]):
        with pytest.raises(LinkGone):
            links.read(wrong)


def test_pages_are_counted_by_network_address() -> None:
    links = ArticleLinks(b"key", from_one_address=2)
    for _ in range(2):
        links.count("192.0.2.1")
    with pytest.raises(TooMany):
        links.count("192.0.2.1")
    links.count("192.0.2.2")
