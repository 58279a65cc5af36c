"""The node kinds: one module each, with its settings, its faults and what it does."""

from __future__ import annotations

from huying.flows.nodes.callback import CallbackNode
from huying.flows.nodes.collect import CollectNode
from huying.flows.nodes.goodbye import GoodbyeNode
from huying.flows.nodes.hours import HoursNode
from huying.flows.nodes.menu import MenuNode
from huying.flows.nodes.node import Node
from huying.flows.nodes.play import PlayNode, WelcomeNode
from huying.flows.nodes.queue import QueueNode
from huying.flows.nodes.set_attributes import SetAttributesNode
from huying.flows.nodes.set_language import SetLanguageNode
from huying.flows.nodes.transfer import TransferNode
from huying.flows.nodes.voicemail import VoicemailNode

KINDS: dict[str, type[Node]] = {
    kind.kind: kind
    for kind in (
        WelcomeNode,
        PlayNode,
        MenuNode,
        CollectNode,
        SetLanguageNode,
        SetAttributesNode,
        HoursNode,
        QueueNode,
        TransferNode,
        CallbackNode,
        VoicemailNode,
        GoodbyeNode,
    )
}

__all__ = [
    "KINDS",
    "CallbackNode",
    "CollectNode",
    "GoodbyeNode",
    "HoursNode",
    "MenuNode",
    "Node",
    "PlayNode",
    "QueueNode",
    "SetAttributesNode",
    "SetLanguageNode",
    "TransferNode",
    "VoicemailNode",
    "WelcomeNode",
]
