"""Today's sums after a start of the web process: the history's, then the live ones, never twice."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from random_journals import START
from sqlalchemy import text

from huying.analytics.live_background import DatabaseBackground
from huying.analytics.live_view import LiveView
from huying.analytics.spans import day_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def test_history_and_live_make_the_same_sums_in_any_order(world: Any) -> None:
    background = DatabaseBackground(world.database)
    business_id = world.centre.business_id
    setting = (await background.settings())[business_id]
    assert setting.zone == SHANGHAI
    assert set(setting.routing.queues) == set(world.centre.queue_ids)
    assert set(setting.routing.agents) == set(world.centre.agent_ids)
    day = day_of(START, SHANGHAI)
    told = await background.measures_since(business_id, day, None)
    from_history, both = (LiveView(business_id, setting.routing, setting.zone, START) for _ in range(2))
    from_history.take_history(told)
    for entry in world.entries:
        both.take(entry)
    alone = {queue_id: both.today.terms(queue_id) for queue_id in world.centre.queue_ids}
    assert sum(terms.offered for terms in alone.values()) > 20
    assert {queue_id: from_history.today.terms(queue_id) for queue_id in world.centre.queue_ids} == alone
    both.take_history(told)
    assert {queue_id: both.today.terms(queue_id) for queue_id in world.centre.queue_ids} == alone


async def test_only_what_was_projected_since_is_read_again(world: Any) -> None:
    background = DatabaseBackground(world.database)
    business_id, day = world.centre.business_id, day_of(START, SHANGHAI)
    async with world.database.system() as session:
        now = await session.scalar(text("SELECT now()"))
    assert await background.measures_since(business_id, day, now)
    assert not await background.measures_since(business_id, day, now + timedelta(minutes=5))
    assert not await background.measures_since(business_id, day_of(START + timedelta(days=3), SHANGHAI), None)
