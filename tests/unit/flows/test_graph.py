"""Flows as data: the stored form round-trips, and every fault has its sentence."""

from __future__ import annotations

import json

import pytest

from huying.flows.graph import Flow, FlowInvalid
from huying.flows.nodes import KINDS, GoodbyeNode, MenuNode, PlayNode, QueueNode, SetAttributesNode, SetLanguageNode
from huying.flows.sample_flow import SAMPLE_QUEUES, sample_flow
from huying.flows.spoken import Line, lines_of
from huying.flows.validation import problems_of

BYE = GoodbyeNode(id="bye")


def codes(*nodes: object, **names: object) -> list[str]:
    return [problem.code for problem in problems_of(Flow.build("f", 1, *nodes), **names)]


def test_the_sample_flow_is_sound_and_round_trips() -> None:
    flow = sample_flow("id", 7)
    assert problems_of(flow, queues=SAMPLE_QUEUES) == []
    assert Flow.of("id", 7, json.loads(json.dumps(flow.to_json()))) == flow


def test_every_kind_round_trips_with_its_defaults() -> None:
    for kind, node in KINDS.items():
        assert node.of({"id": "a", "kind": kind}).to_json() == {"id": "a", "kind": kind}


def test_lines_round_trip() -> None:
    node = PlayNode(id="a", prompt=lines_of("x", Line(variable="order", style="money"), Line(pause_ms=200)), exits={"next": "bye"})
    assert node.to_json()["prompt"] == ["x", {"variable": "order", "style": "money"}, {"pause_ms": 200}]
    assert PlayNode.of(node.to_json()) == node


@pytest.mark.parametrize(
    ("graph", "text"),
    [
        ({}, "start and nodes"),
        ({"start": "a", "nodes": [{"id": "a", "kind": "magic"}]}, "'magic' is unknown"),
        ({"start": "a", "nodes": [{"id": "a", "kind": "menu", "tries": "two"}]}, "'tries' cannot be 'two'"),
        ({"start": "a", "nodes": [{"id": "a", "kind": "menu", "colour": 1}]}, "no setting 'colour'"),
        ({"start": "a", "nodes": [{"id": "a", "kind": "play", "prompt": [{"style": "x"}]}]}, "needs a key"),
        ({"start": "a", "nodes": [{"id": "a", "kind": "goodbye"}, {"id": "a", "kind": "goodbye"}]}, "same id"),
    ],
)
def test_a_wrong_graph_is_refused_with_the_place(graph: dict, text: str) -> None:
    with pytest.raises(FlowInvalid, match=text):
        Flow.of("f", 1, graph)


def test_faults() -> None:
    assert codes() == ["no-start"]
    assert codes(PlayNode(id="a")) == ["missing-exit", "no-end"]
    assert codes(PlayNode(id="a", exits={"next": "b"}), BYE) == ["unknown-node", "unreachable", "no-end"]
    assert codes(PlayNode(id="a", exits={"next": "bye", "1": "bye"}), BYE) == ["unknown-exit"]
    assert codes(QueueNode(id="a", queue="x", exits={"otherwise": "bye"}), BYE, queues=["y"]) == ["unknown-queue"]
    assert codes(PlayNode(id="a", prompt=lines_of("p"), exits={"next": "bye"}), BYE, prompts=["q"]) == ["unknown-prompt"]
    assert codes(SetLanguageNode(id="a", language="fr", exits={"next": "bye"}), BYE) == ["bad-setting"]
    assert codes(MenuNode(id="a", exits={"no_input": "bye", "invalid": "bye"}), BYE) == ["bad-setting"]
    assert codes(QueueNode(id="a", queue="q", exits={"otherwise": "bye", "timeout": "bye"}), BYE) == ["bad-setting"]


def test_loops_are_sound_only_through_input_or_a_wait() -> None:
    def menu(**exits: str) -> MenuNode:
        return MenuNode(id="m", exits={"1": "bye", "invalid": "bye", "no_input": "bye", **exits})

    assert codes(menu(**{"2": "m"}), BYE) == []
    assert codes(menu(no_input="m"), BYE) == ["loop-without-input"]
    assert codes(PlayNode(id="a", exits={"next": "m"}), menu(no_input="a"), BYE) == ["loop-without-input"]
    waits = {"otherwise": "bye", "timeout": "b"}
    a = QueueNode(id="a", queue="a", max_wait_seconds=9, exits=waits)
    b = QueueNode(id="b", queue="b", max_wait_seconds=9, exits={**waits, "timeout": "a"})
    assert codes(a, b, BYE) == []
    full = QueueNode(id="b", queue="b", max_wait_seconds=9, exits={"otherwise": "b", "timeout": "a"})
    assert codes(a, full, BYE) == ["loop-without-input"]


def test_a_queue_asks_for_skills_that_exist_and_keeps_places_where_it_can() -> None:
    wait = QueueNode(id="wait", queue="repair", needs={"boilers": 3}, information="1", exits={"otherwise": "bye", "1": "bye"})
    assert codes(wait, GoodbyeNode(id="bye"), skills={"boilers"}) == ["place-not-kept"]
    assert codes(wait, GoodbyeNode(id="bye"), skills=set()) == ["unknown-skill", "place-not-kept"]


def test_a_queues_new_settings_are_stored_and_read_again() -> None:
    wait = QueueNode(id="wait", queue="repair", needs={"boilers": 3}, attributes={"a": "b"}, information="1", exits={"1": "note"})
    note = SetAttributesNode(id="note", attributes={"line": "heating"}, exits={"next": "wait"})
    flow = Flow.build("f", 1, wait, note)
    assert Flow.of("f", 1, flow.to_json()) == flow
    plain = QueueNode(id="wait", queue="repair").to_json()
    assert plain == {"id": "wait", "kind": "queue", "queue": "repair"}
    with pytest.raises(FlowInvalid):
        Flow.of("f", 1, {"start": "wait", "nodes": [{"id": "wait", "kind": "queue", "needs": {"boilers": "3"}}]})
