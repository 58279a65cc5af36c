"""The tree of dispositions: what stands where, what a queue shows, and what a chosen one still asks for. Pure; keeps nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MOST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Disposition:
    """One way to close a contact; with ways below it, a branch that only leads to them."""

    id: str
    code: str
    name: Mapping[str, str]
    parent_id: str | None = None
    position: int = 0
    active: bool = True
    note_required: bool = False
    follow_up_required: bool = False
    date_required: bool = False


@dataclass(frozen=True, slots=True)
class QueueDesk:
    """What a queue asks of the desk; see QueueDeskRow."""

    forced: bool = False
    branches: tuple[str, ...] = ()
    offer_messages: bool = False
    message_head_start_seconds: int = 0
    task_head_start_seconds: int = 0


USUAL = QueueDesk()


@dataclass(frozen=True, slots=True)
class Closing:
    """How somebody wants to close a contact."""

    disposition: str
    note: str = ""
    follow_up: bool = False
    booked: bool = False
    """A callback is booked about the contact."""


@dataclass(frozen=True)
class Tree:
    """All dispositions of a business, also those that are not in use any more."""

    all: Mapping[str, Disposition] = field(default_factory=dict)
    """By id."""

    @staticmethod
    def of(dispositions: Iterable[Disposition]) -> Tree:
        """The tree of these."""
        return Tree({one.id: one for one in dispositions})

    def by_code(self, code: str) -> Disposition | None:
        """The one of this code."""
        return next((one for one in self.all.values() if one.code == code), None)

    def path(self, disposition: Disposition) -> tuple[Disposition, ...]:
        """From the outermost branch to it."""
        found = [disposition]
        while (parent := self.all.get(found[-1].parent_id or "")) and parent not in found:
            found.append(parent)
        return tuple(reversed(found))

    def below(self, disposition_id: str | None) -> list[Disposition]:
        """What stands directly below, in its order; of None the outermost."""
        found = [one for one in self.all.values() if one.parent_id == disposition_id]
        return sorted(found, key=lambda one: (one.position, one.code))

    def is_branch(self, disposition: Disposition) -> bool:
        """Whether it only leads to others."""
        return any(one.parent_id == disposition.id and one.active for one in self.all.values())

    def in_use(self, disposition: Disposition) -> bool:
        """Whether it and all above it are active."""
        return all(one.active for one in self.path(disposition))

    def shown(self, branches: Collection[str]) -> list[Disposition]:
        """What a queue with these branches shows, in the tree's order; without branches everything that is in use."""
        wanted = {one for one in branches if one in self.all}
        return [one for one in self.walk() if self.in_use(one) and (not wanted or self._within(one, wanted))]

    def walk(self, below: str | None = None) -> Iterator[Disposition]:
        """All, each before what stands below it."""
        for one in self.below(below):
            yield one
            yield from self.walk(one.id)

    def _within(self, one: Disposition, branches: Collection[str]) -> bool:
        """Inside a branch, or on the way to one."""
        if any(step.id in branches for step in self.path(one)):
            return True
        return any(one in self.path(self.all[branch]) for branch in branches)

    def misplaced(self) -> str:
        """What is wrong with the tree: loop, too_deep; empty when nothing is."""
        for one in self.all.values():
            path = self.path(one)
            if path[0].parent_id is not None and path[0].parent_id in self.all:
                return "loop"
            if len(path) > MOST_LEVELS:
                return "too_deep"
        return ""


def missing(tree: Tree, desk: QueueDesk, closing: Closing) -> str:
    """What a contact of such a queue lacks to be closed so; empty when nothing.

    disposition (none was given though one must be), unknown, branch (one of those below it is meant), elsewhere (the queue does not
    show it), note, follow_up, date.
    """
    if not closing.disposition:
        return "disposition" if desk.forced else ""
    chosen = tree.by_code(closing.disposition)
    if chosen is None or not tree.in_use(chosen):
        return "unknown"
    if tree.is_branch(chosen):
        return "branch"
    if chosen not in tree.shown(desk.branches):
        return "elsewhere"
    if chosen.note_required and not closing.note.strip():
        return "note"
    if chosen.follow_up_required and not closing.follow_up:
        return "follow_up"
    return "date" if chosen.date_required and not closing.booked else ""
