"""A flow as data: nodes by id, a start, exits that name the next node. Reads and writes the stored JSON form; runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huying.flows.nodes import KINDS, Node
from huying.foundation.errors import InvalidInput


class FlowInvalid(InvalidInput):
    """The flow cannot be used as it is: mend the named nodes."""

    code = "flow-invalid"


@dataclass(frozen=True, slots=True)
class Flow:
    """One version of a flow. `nodes` keeps the order in which they are shown."""

    id: str
    version: int
    start: str
    nodes: Mapping[str, Node]

    @classmethod
    def build(cls, flow_id: str, version: int, *nodes: Node) -> Flow:
        """A flow that starts at the first node. Raises FlowInvalid when two nodes have one id."""
        by_id = {node.id: node for node in nodes}
        if len(by_id) != len(nodes):
            raise FlowInvalid("two nodes have the same id")
        return cls(flow_id, version, nodes[0].id if nodes else "", by_id)

    def to_json(self) -> dict[str, Any]:
        """The stored graph; id and version stand beside it."""
        return {"start": self.start, "nodes": [node.to_json() for node in self.nodes.values()]}

    @classmethod
    def of(cls, flow_id: str, version: int, graph: Mapping[str, Any]) -> Flow:
        """The flow of a stored graph. Raises FlowInvalid naming the node and the setting."""
        try:
            nodes = [_node(value) for value in graph["nodes"]]
            start = str(graph["start"])
        except (KeyError, TypeError) as error:
            raise FlowInvalid("a graph is an object with start and nodes") from error
        flow = cls.build(flow_id, version, *nodes)
        return cls(flow_id, version, start, flow.nodes)


def _node(value: Mapping[str, Any]) -> Node:
    name, kind = value.get("id", "?"), str(value.get("kind"))
    if kind not in KINDS:
        raise FlowInvalid(f"node {name!r}: the kind {kind!r} is unknown, it can be {', '.join(KINDS)}", node=name)
    try:
        return KINDS[kind].of(value)
    except (ValueError, TypeError) as error:
        raise FlowInvalid(f"node {name!r}: {error}", node=name) from error
