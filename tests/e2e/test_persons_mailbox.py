"""A person's own mailbox: a real call is passed on to it, and what was said there is heard by telephone with a PIN. Sound measured."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sip_phone
from desk_phones import DeskPhone, hears, until
from house import House
from in_force import in_force

from e2e.test_several_people import FIRST, SECOND, Open, phones

__all__ = ["phones"]
pytestmark = pytest.mark.timeout(300)
PIN = "2580"
BEEP_HERTZ, CALLER = 1000.0, 1700.0
PROMPT_SECONDS, LONGEST_SECONDS = 30, 100


async def messages(desk: DeskPhone) -> list[dict[str, Any]]:
    """His own, that are not done."""
    items: list[dict[str, Any]] = (await desk.ask("GET", "/api/messages"))["items"]
    return [one for one in items if one["person_id"] == desk.person_id]


async def until_messages(desk: DeskPhone, count: int) -> list[dict[str, Any]]:
    async with asyncio.timeout(30):
        while len(found := await messages(desk)) != count:
            await asyncio.sleep(0.3)
    return found


async def reached(desk: DeskPhone, house: House, **settings: object) -> dict[str, Any]:
    """How he is reached from now on; returns how he was before."""
    before: dict[str, Any] = await desk.ask("GET", "/api/desk/reach")
    await desk.ask("PUT", "/api/desk/reach", {**before, **settings})
    await in_force(house)
    return before


async def leave_message(desk: DeskPhone, extension: str, seconds: float = PROMPT_SECONDS) -> None:
    """Call the colleague, wait for the tone, say something for some seconds, and hang up."""
    call = await desk.dial(extension)
    await call.hears_again(BEEP_HERTZ, seconds)
    await asyncio.sleep(6)
    await call.hang_up()


async def test_a_call_that_is_passed_on_to_the_mailbox_is_heard_by_telephone(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    caller, owner = await phones("agent1", CALLER), await phones("agent2", SECOND)
    for old in await messages(owner):
        await owner.ask("POST", f"/api/messages/{old['id']}/done", {"note": ""})
    await owner.ask("PUT", "/api/desk/pin", {"pin": PIN})
    before = await reached(owner, house, always={"kind": "mailbox"})
    try:
        await leave_message(caller, await owner.extension())
        (left,) = await until_messages(owner, 1)
        assert not owner.calls, "his telephone did not ring"
        assert left["state"] == "new"
        assert left["seconds"] > 3

        listening = await owner.dial("*97")
        await listening.press(f"{PIN}#")
        await listening.hears_again(CALLER, PROMPT_SECONDS)
        await hears(listening, [CALLER])
        await listening.press("3")
        await until_messages(owner, 0)
        await listening.hang_up()

        wrong = await owner.dial("*97")
        for _ in range(3):
            await wrong.press("1357#")
            await asyncio.sleep(1)
        await until(lambda: not wrong.is_up, 60)
    finally:
        await owner.ask("PUT", "/api/desk/reach", before)


async def test_a_number_outside_that_does_not_answer_leads_to_the_mailbox(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    """Nobody listens at the trunk's end: the number outside cannot be reached."""
    caller, owner = await phones("agent1", FIRST), await phones("agent2", SECOND)
    owner.answers = False
    before = await reached(owner, house, no_answer={"kind": "number", "number": "13800138000"}, no_answer_seconds=5)
    known = len(await messages(owner))
    try:
        await leave_message(caller, await owner.extension(), LONGEST_SECONDS)
        await until_messages(owner, known + 1)
        assert owner.ringing.qsize() == 1, "he was rung first"
    finally:
        await owner.ask("PUT", "/api/desk/reach", before)
