"""Calls with several people for real: SIP telephones at the desks and at the customer's, on Asterisk, with the sound measured."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
import sip_phone
from desk_phones import DeskPhone, desk_phone, hears, hears_music, until
from house import House

CUSTOMER, FIRST, SECOND, THIRD = 1700.0, 1000.0, 1300.0, 700.0
pytestmark = pytest.mark.timeout(300)
Open = Callable[[str, float], Awaitable[DeskPhone]]


@pytest.fixture
async def phones(house: House, line: sip_phone.SipLine) -> AsyncIterator[Open]:
    """Opens desks with SIP telephones: `await phones("agent2", 1000)` is that agent, ready, saying that tone."""
    async with AsyncExitStack() as stack:

        async def open_phone(login: str, hertz: float) -> DeskPhone:
            return await stack.enter_async_context(desk_phone(house, line, login, hertz))

        yield open_phone


class Talk:
    """A customer talks with the first agent."""

    def __init__(self, customer: sip_phone.SipPhone, agent: DeskPhone, contact_id: str) -> None:
        self.customer, self.agent, self.contact_id = customer, agent, contact_id


async def talk_with(house: House, line: sip_phone.SipLine, agent: DeskPhone) -> Talk:
    """The customer calls, and the agent's telephone is answered."""
    known = {one["contact_id"] for one in (await agent.ask("GET", "/api/contacts?limit=20"))["items"]}
    customer = await line.call(house.service_number, caller="13612340000", says_hertz=CUSTOMER)
    await customer.press("1")
    await agent.talks(len(agent.calls) + 1, 40)
    await hears(customer, [FIRST])
    contact_id = ""
    for _ in range(40):
        agents = await agent.ask("GET", "/api/contacts?limit=20")
        new = [one["contact_id"] for one in agents["items"] if one["contact_id"] not in known]
        if new:
            contact_id = new[0]
            break
        await asyncio.sleep(0.25)
    assert contact_id
    return Talk(customer, agent, contact_id)


def agent_target(desk: DeskPhone) -> dict[str, str]:
    return {"kind": "agent", "id": desk.person_id}


async def test_consult_swap_confer_leave(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)

    await first.does(talk.contact_id, "consult", target=agent_target(second))
    await second.talks()
    await hears(first.phone, [SECOND], [CUSTOMER])
    await hears(second.phone, [FIRST], [CUSTOMER])
    await hears_music(talk.customer, [FIRST, SECOND])

    await first.does(talk.contact_id, "swap")
    await hears(talk.customer, [FIRST], [SECOND])
    await hears_music(second.phone, [FIRST, CUSTOMER])
    await first.does(talk.contact_id, "swap")
    await hears(first.phone, [SECOND], [CUSTOMER])

    await first.does(talk.contact_id, "merge")
    await hears(talk.customer, [FIRST, SECOND], least=0.1)
    await hears(first.phone, [CUSTOMER, SECOND], least=0.1)
    await hears(second.phone, [CUSTOMER, FIRST], least=0.1)

    await first.does(talk.contact_id, "leave")
    await hears(talk.customer, [SECOND], [FIRST])
    await hears(second.phone, [CUSTOMER], [FIRST])
    await second.does(talk.contact_id, "hang-up")
    await talk.customer.wait_ended()


async def test_attended_and_blind_transfer(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)
    await first.does(talk.contact_id, "consult", target=agent_target(second))
    await second.talks()
    await first.does(talk.contact_id, "complete")
    await hears(talk.customer, [SECOND], [FIRST])
    await hears(second.phone, [CUSTOMER])
    await first.ask("POST", f"/api/desk/contacts/{talk.contact_id}/finish")

    await second.does(talk.contact_id, "transfer", target=agent_target(first), note="请继续")
    await first.talks(2)
    await hears(talk.customer, [FIRST], [SECOND])
    await talk.customer.hang_up()


async def test_a_transfer_that_nobody_answers_comes_back(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    second.answers = False
    await asyncio.sleep(0.5)
    await first.does(talk.contact_id, "transfer", target=agent_target(second))
    ringing = await asyncio.wait_for(second.ringing.get(), 30)
    await first.ask("POST", f"/api/desk/contacts/{talk.contact_id}/finish")
    await ringing.reject()
    await first.talks(2, 40)
    await hears(talk.customer, [FIRST])
    await talk.customer.hang_up()


async def test_parked_and_picked_up(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)
    slot = (await first.does(talk.contact_id, "park"))["slot"]
    await hears_music(talk.customer, [FIRST])
    parked = (await second.ask("GET", "/api/desk/parked"))["items"]
    assert [(one["slot"], one["contact_id"]) for one in parked] == [(slot, talk.contact_id)]
    await second.does(talk.contact_id, "pick-up")
    await second.talks()
    await hears(talk.customer, [SECOND], [FIRST])
    await hears(second.phone, [CUSTOMER])
    await talk.customer.hang_up()
    await until(lambda: not second.phone.is_up)


async def test_the_telephones_own_hold_gives_the_customer_music(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    await first.phone.hold()
    await hears_music(talk.customer, [FIRST])
    await first.phone.resume()
    await hears(talk.customer, [FIRST])
    await talk.customer.hang_up()
