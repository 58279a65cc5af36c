"""What queues say about calls, for real: all telephones at once, a favoured caller who overtakes, a rule that sends on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import sip_phone
from administrator import Administrator, administrator
from desk_page import Desk
from desk_phones import hears
from house import House
from playwright.async_api import expect
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.timeout(300)
OPEN = ("13522220001", "13522220002", "13522220003", "13522220004")
"""Numbers of nobody in the sample."""
STAYS = text("""
    SELECT e.data ->> 'origin' AS origin, l.data ->> 'ending' AS ending
    FROM interaction AS i JOIN journal AS e ON e.stream_id = i.contact_id::text AND e.kind = 'QueueEntered'
    LEFT JOIN journal AS l ON l.stream_id = e.stream_id AND l.kind = 'QueueEntryEnded' AND l.data ->> 'entry_id' = e.data ->> 'entry_id'
    WHERE i.remote_number = :number ORDER BY e.stream_id, e.number
""")


@pytest.fixture
async def admin(house: House) -> AsyncIterator[Administrator]:
    """Who sets the queues."""
    async with administrator(house) as admin:
        yield admin


def stays(house: House, number: str) -> list[tuple[str, str]]:
    """Origin and ending of every stay in a queue of the callers from this number; the ending is empty while they wait."""
    engine = create_engine(house.settings.database_url)
    try:
        with engine.begin() as session:
            session.execute(text("SELECT set_config('role', 'huying_system', true)"))
            return [(row.origin, row.ending or "") for row in session.execute(STAYS, {"number": f"+86{number}"})]
    finally:
        engine.dispose()


async def expect_stays(house: House, number: str, *wanted: tuple[str, str]) -> None:
    """Wait until the stays are these."""
    deadline = time.monotonic() + 30
    while (found := await asyncio.to_thread(stays, house, number)) != list(wanted):
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.2)


async def test_ring_all_rings_both_and_only_the_winner_has_a_contact(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine, admin: Administrator
) -> None:
    async with admin.queue_with("repair", strategy="ring_all"):
        one, two = await desks("agent1", 1000), await desks("agent2", 1300)
        caller = await line.call(house.service_number, caller=OPEN[0], says_hertz=1700)
        await caller.press("1")
        await one.expect_phase("ringing")
        await two.expect_phase("ringing")
        await two.press("answer")
        await two.expect_phase("talking")
        await one.expect_phase("none", 12)  # sooner than an offer lapses
        await expect(one.part("status-menu")).to_have_attribute("data-status", "ready")
        await hears(caller, [1300], least=0.5)
        await caller.hang_up()
        await two.expect_phase("after_call")
        await two.press("call-finish")
        await one.expect_phase("none")
        await one.part("side-calls").click()
        own = one.part("own-calls").get_by_test_id("contact-line")
        await expect(one.part("own-calls")).to_be_visible()
        await expect(own.filter(has_text=OPEN[0][-4:])).to_have_count(0)


async def test_a_favoured_caller_overtakes(
    desks: Callable[[str, float], Awaitable[Desk]], house: House, line: sip_phone.SipLine, admin: Administrator
) -> None:
    rule = {"matches": "number", "value": f"+86{OPEN[2]}", "effect": "vip", "head_start_seconds": 600}
    made = await admin.ask("POST", "/api/caller-rules", rule)
    try:
        first = await line.call(house.service_number, caller=OPEN[1])
        await first.press("1")
        await expect_stays(house, OPEN[1], ("first", ""))
        favoured = await line.call(house.service_number, caller=OPEN[2])
        await favoured.press("1")
        await expect_stays(house, OPEN[2], ("first", ""))
        desk = await desks("agent1", 1000)
        await desk.expect_phase("ringing")
        await expect(desk.part("call-bar")).to_contain_text(OPEN[2][-4:])
        await desk.press("answer")
        await desk.expect_phase("talking")
        await favoured.hang_up()
        await desk.expect_phase("after_call")
        await desk.press("call-finish")
        await desk.expect_phase("ringing")
        await expect(desk.part("call-bar")).to_contain_text(OPEN[1][-4:])
        await first.hang_up()
        await desk.expect_phase("none")
    finally:
        await admin.ask("DELETE", f"/api/caller-rules/{made['id']}")


async def test_a_rule_sends_a_call_to_another_queue(house: House, line: sip_phone.SipLine, admin: Administrator) -> None:
    async with admin.queue_with("repair", requirements="after 6 s overflow to queue complaints"):
        caller = await line.call(house.service_number, caller=OPEN[3])
        await caller.press("1")
        await expect_stays(house, OPEN[3], ("first", "overflowed"), ("overflow", ""))
        await caller.hang_up()
        await expect_stays(house, OPEN[3], ("first", "overflowed"), ("overflow", "abandoned"))
