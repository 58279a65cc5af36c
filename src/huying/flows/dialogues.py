"""What every flow can do without drawing it: agree a callback and take a message, when a queue's key or rule says so."""

from __future__ import annotations

from dataclasses import replace

from huying.flows.graph import Flow
from huying.flows.nodes.callback import CallbackNode
from huying.flows.nodes.goodbye import GoodbyeNode
from huying.flows.nodes.node import Node
from huying.flows.nodes.voicemail import VoicemailNode
from huying.flows.spoken import lines_of

SORRY = "#sorry"

_NODES: tuple[Node, ...] = (
    CallbackNode(id="#callback", exits={"arranged": "#arranged"}),
    GoodbyeNode(id="#arranged", prompt=lines_of("callback.arranged", "system.goodbye")),
    VoicemailNode(id="#voicemail", exits={"left": "#left"}),
    GoodbyeNode(id="#left", prompt=lines_of("message.kept", "system.goodbye")),
    GoodbyeNode(id=SORRY, prompt=lines_of("queue.nobody_answered", "system.goodbye")),
)


def with_dialogues(flow: Flow) -> Flow:
    """The flow with what it need not draw; a drawn node of the same id goes first."""
    return replace(flow, nodes={**{node.id: node for node in _NODES}, **flow.nodes})
