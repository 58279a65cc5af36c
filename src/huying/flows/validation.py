"""Says what is wrong with a flow before it is published: one sentence a fault, each naming its node."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, HoursNode, Node, QueueNode, TransferNode


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `node` is empty for faults of the whole flow; `code` is kebab-case and stable."""

    node: str
    code: str
    message: str


def problems_of(
    flow: Flow,
    queues: Collection[str] | None = None,
    prompts: Collection[str] | None = None,
    schedules: Collection[str] | None = None,
    skills: Collection[str] | None = None,
) -> list[Problem]:
    """All faults; with the codes of queues, schedules and skills and the keys of prompts given, also names that do not exist."""
    if flow.start not in flow.nodes:
        return [Problem("", "no-start", f"the start node {flow.start!r} does not exist")]
    found: list[Problem] = []
    for node in flow.nodes.values():
        found += _exits(flow, node)
        found += [Problem(node.id, "bad-setting", f"node {node.id!r}: {text}") for text in node.own_problems()]
        found += _names(node, queues, prompts, schedules)
        found += _waiting(flow, node, skills) if isinstance(node, QueueNode) else []
    reached = _reached(flow)
    for name in flow.nodes:
        if name not in reached:
            found.append(Problem(name, "unreachable", f"node {name!r} cannot be reached from the start"))
    loop = _loop_without_input(flow)
    if loop:
        path = " → ".join([*loop, loop[0]])
        found.append(Problem(loop[0], "loop-without-input", f"a silent customer would go round for ever: {path}"))
    if not any(isinstance(flow.nodes[name], GoodbyeNode | QueueNode | TransferNode) for name in reached):
        found.append(Problem("", "no-end", "the flow never ends: add a goodbye, a queue or a transfer"))
    return found


def _waiting(flow: Flow, node: QueueNode, skills: Collection[str] | None) -> Iterator[Problem]:
    for skill in node.needs:
        if skills is not None and skill not in skills:
            yield Problem(node.id, "unknown-skill", f"node {node.id!r}: there is no skill {skill!r}")
    for key in node.information:
        target = flow.nodes.get(node.exits.get(key, ""))
        if target is not None and not target.keeps_place:
            message = f"node {node.id!r}: the key {key!r} leads to a {target.kind} node, where no place can be kept"
            yield Problem(node.id, "place-not-kept", message)


def _exits(flow: Flow, node: Node) -> Iterator[Problem]:
    for name in node.required_exits:
        if name not in node.exits:
            yield Problem(node.id, "missing-exit", f"node {node.id!r}: the exit {name!r} leads nowhere")
    for name, target in node.exits.items():
        if name not in node.exit_names():
            yield Problem(node.id, "unknown-exit", f"node {node.id!r}: a {node.kind} node has no exit {name!r}")
        if target not in flow.nodes:
            yield Problem(node.id, "unknown-node", f"node {node.id!r}: the exit {name!r} leads to {target!r}, which does not exist")


def _names(
    node: Node, queues: Collection[str] | None, prompts: Collection[str] | None, schedules: Collection[str] | None
) -> Iterator[Problem]:
    if queues is not None and isinstance(node, QueueNode) and node.queue and node.queue not in queues:
        yield Problem(node.id, "unknown-queue", f"node {node.id!r}: there is no queue {node.queue!r}")
    if schedules is not None and isinstance(node, HoursNode) and node.schedule and node.schedule not in schedules:
        yield Problem(node.id, "unknown-schedule", f"node {node.id!r}: there is no schedule {node.schedule!r}")
    for line in node.lines():
        if prompts is not None and line.key and line.key not in prompts:
            yield Problem(node.id, "unknown-prompt", f"node {node.id!r}: there is no prompt {line.key!r}")


def _reached(flow: Flow) -> set[str]:
    seen, ahead = set[str](), [flow.start]
    while ahead:
        name = ahead.pop()
        if name in seen or name not in flow.nodes:
            continue
        seen.add(name)
        ahead += flow.nodes[name].exits.values()
    return seen


def _loop_without_input(flow: Flow) -> list[str]:
    """The nodes of one loop in which no exit needs the customer or a wait, or nothing."""
    silent = {
        node.id: [target for name, target in node.exits.items() if not node.is_input_exit(name) and target in flow.nodes]
        for node in flow.nodes.values()
    }
    done: set[str] = set()
    for begin in flow.nodes:
        path = [begin] if begin not in done else []
        ahead = [iter(silent[begin])] if path else []
        while path:
            target = next(ahead[-1], None)
            if target is None:
                done.add(path.pop())
                ahead.pop()
            elif target in path:
                return path[path.index(target) :]
            elif target not in done:
                path.append(target)
                ahead.append(iter(silent[target]))
    return []
