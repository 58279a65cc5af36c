"""How the demo's simulated agents close their calls: with one of the dispositions their queue shows, and now and then with none."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from huying.channels.dispositions.service import desk_of, load_tree
from huying.channels.dispositions.tree import QueueDesk, Tree
from huying.channels.service import wrap_up
from huying.foundation.clock import utc_now
from huying.foundation.database import Database

FORGOTTEN = 0.1
"""The share of calls that are left without a disposition."""


def chosen(dice: Random, choices: Sequence[str]) -> str:
    """One of these codes; sometimes none. The first ones are meant more often."""
    if not choices or dice.random() < FORGOTTEN:
        return ""
    return dice.choices(choices, [len(choices) - place for place in range(len(choices))])[0]


def offered(tree: Tree, desk: QueueDesk) -> list[str]:
    """The codes among which an agent of the queue chooses, those of the queue's own branch first; none that asks for more."""
    found = [one for one in tree.shown(desk.branches) if not tree.is_branch(one)]
    simple = [one for one in found if not (one.note_required or one.follow_up_required or one.date_required)]
    return [one.code for one in sorted(simple, key=lambda one: one.parent_id is None)]


class SampleClosing:
    """Writes as a desk would."""

    def __init__(self, database: Database, business_id: str, dice: Random) -> None:
        self._database, self._business_id, self._dice = database, business_id, dice

    async def close(self, contact_id: str, person_id: str, queue_id: str) -> None:
        """Say how this contact went. Raises NotFound, Unavailable."""
        async with self._database.business(self._business_id) as session:
            code = chosen(self._dice, offered(await load_tree(session), await desk_of(session, queue_id or None)))
            if code:
                await wrap_up(session, contact_id, code, "", person_id, utc_now())
