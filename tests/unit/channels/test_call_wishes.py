"""Those who wait for a colleague, read anew while one of them is being looked at: nobody is looked at who waits no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from huying.channels.voice.call_wishes import CallWishes
from huying.channels.voice.dial_calls import DialCalls
from huying.channels.voice.directory import Directory, Wish
from huying.channels.voice.routing_owner import RoutingOwner

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class Forgetful:
    """A directory in which the first end of a wish ends all others."""

    def __init__(self) -> None:
        self.there = [Wish(str(number), "b", "anna", "bo", NOW - timedelta(seconds=1)) for number in range(3)]
        self.ended: list[str] = []
        self.wishes_of: Any = None

    async def wishes(self) -> list[Wish]:
        return list(self.there)

    async def end_wish(self, wish: Wish, _state: str, _contact_id: str = "") -> bool:
        self.ended.append(wish.wish_id)
        self.there = []
        await self.wishes_of.read()
        return True


async def test_who_is_no_longer_there_is_passed_over() -> None:
    directory = Forgetful()
    wishes = CallWishes(cast("Directory", directory), cast("RoutingOwner", None), cast("DialCalls", None), lambda: NOW)
    directory.wishes_of = wishes
    await wishes.read()
    await wishes.look()
    assert directory.ended == ["0"]
