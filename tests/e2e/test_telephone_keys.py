"""The agent's telephone does by itself what the desk does: codes, a second call, REFER. SIP telephones on Asterisk, sound measured."""

from __future__ import annotations

import asyncio

import pytest
import sip_phone
from baresip import TransferFailed
from desk_phones import DeskPhone, hears, hears_music, until
from house import House

from e2e.test_several_people import CUSTOMER, FIRST, SECOND, THIRD, Open, phones, talk_with

__all__ = ["phones"]
pytestmark = pytest.mark.timeout(240)
TONE = 1000.0
"""Before a message."""


async def test_codes_park_pick_up_consult_and_transfer(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)

    await first.phone.press("17**")  # what is no code reaches him, a star by two
    await until(lambda: talk.customer.keys_heard == "17*")
    await first.phone.press("*8")
    await hears_music(talk.customer, [FIRST])
    picked = await second.dial("*85701")
    await hears(talk.customer, [SECOND], [FIRST])
    await hears(picked, [CUSTOMER])
    await first.ask("POST", f"/api/desk/contacts/{talk.contact_id}/finish")

    await picked.press(f"*2{await first.extension()}#")
    await first.talks(2)
    await hears(first.phone, [SECOND], [CUSTOMER])
    await hears_music(talk.customer, [SECOND, FIRST])
    await picked.press("*4")
    await hears(talk.customer, [SECOND], [FIRST])
    await picked.press("*4")
    await hears(first.phone, [SECOND])
    await picked.press("*6")
    await hears(talk.customer, [FIRST], [SECOND])
    assert talk.customer.keys_heard == "17*", "no code was heard"

    queue = next(one for one in (await first.ask("GET", "/api/desk/targets"))["queues"] if one["code"] == "repair")
    await second.ask("POST", f"/api/desk/contacts/{talk.contact_id}/finish")
    await first.phone.press(f"*3{queue['number']}#")
    await second.talks(2)
    await hears(talk.customer, [SECOND], [FIRST])
    await talk.customer.hang_up()


async def test_the_key_for_transferring(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)
    await first.phone.transfer(first.address_of(await second.extension()))
    await second.talks()
    await hears(talk.customer, [SECOND], [FIRST])
    await hears(second.phone, [CUSTOMER])
    await talk.customer.hang_up()


async def led_by_flow(desk: DeskPhone, contact_id: str, times: int) -> None:
    """Wait until the customer hears a flow so many times: what he presses before is nobody's."""
    async with asyncio.timeout(20):
        while True:
            told = (await desk.ask("GET", f"/api/contacts/{contact_id}"))["timeline"]
            if len([one for one in told if one["kind"] == "FlowStarted"]) >= times:
                return
            await asyncio.sleep(0.2)


async def test_the_key_for_transferring_takes_internal_numbers(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    """To a queue, to a flow, which leads the customer as if he had just called, and to a mailbox."""
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)
    targets = await first.ask("GET", "/api/desk/targets")
    queue = next(one for one in targets["queues"] if one["code"] == "repair")
    flow = next(one for one in targets["flows"] if one["number"])

    await first.phone.transfer(first.address_of(queue["number"]))
    await second.talks()
    await hears(talk.customer, [SECOND], [FIRST])
    await first.ask("POST", f"/api/desk/contacts/{talk.contact_id}/finish")

    await second.phone.transfer(second.address_of(flow["number"]))
    await until(lambda: not second.phone.is_up)
    await led_by_flow(first, talk.contact_id, 3)
    await talk.customer.press("1")
    await first.talks(2, 40)
    await hears(talk.customer, [FIRST], [SECOND])

    known = {one["id"] for one in (await second.ask("GET", "/api/messages"))["items"]}
    await first.phone.transfer(first.address_of(f"*{await second.extension()}"))
    await until(lambda: not first.phone.is_up)
    await led_by_flow(first, talk.contact_id, 4)
    await talk.customer.hears_again(TONE, 40)
    await asyncio.sleep(4)
    await talk.customer.hang_up()
    async with asyncio.timeout(30):
        while not (new := [one for one in (await second.ask("GET", "/api/messages"))["items"] if one["id"] not in known]):
            await asyncio.sleep(0.3)
    assert [one["person_id"] for one in new] == [second.person_id]
    assert len(second.calls) == 1, "nothing rang at him"
    await second.ask("POST", f"/api/messages/{new[0]['id']}/done", {"note": ""})


async def test_a_transfer_that_is_refused_is_heard_as_refused(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    third = await phones("agent3", THIRD)
    await asyncio.sleep(0.5)
    await first.does(talk.contact_id, "consult", target={"kind": "agent", "id": second.person_id})
    await second.talks()
    await first.does(talk.contact_id, "merge")
    await hears(talk.customer, [FIRST, SECOND], least=0.1)
    with pytest.raises(TransferFailed):  # who is not alone with the customer cannot hand him on
        await first.phone.transfer(first.address_of(await third.extension()))
    assert first.phone.is_up
    assert not third.calls
    await hears(talk.customer, [FIRST, SECOND], least=0.1)
    await hears(first.phone, [CUSTOMER, SECOND], least=0.1)
    await talk.customer.hang_up()


async def test_a_second_call_and_the_key_for_connecting_both(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)
    with_customer = first.phone
    await with_customer.hold()
    await hears_music(talk.customer, [FIRST])
    beside = await first.dial(await second.extension())
    await second.talks()
    await hears(second.phone, [FIRST], [CUSTOMER])
    await hears(beside, [SECOND], [CUSTOMER])
    await beside.transfer_into(with_customer)
    await hears(talk.customer, [SECOND], [FIRST])
    await hears(second.phone, [CUSTOMER], [FIRST])
    await talk.customer.hang_up()


async def test_a_busy_colleague_is_called_as_soon_as_both_are_free(house: House, line: sip_phone.SipLine, phones: Open) -> None:
    first = await phones("agent1", FIRST)
    talk = await talk_with(house, line, first)
    second = await phones("agent2", SECOND)
    await asyncio.sleep(0.5)
    wish = await second.dial(f"*67{await first.extension()}")
    await wish.wait_ended()
    assert len((await second.ask("GET", "/api/desk/call-wishes"))["items"]) == 1
    await hears(talk.customer, [FIRST], [SECOND])
    await talk.customer.hang_up()
    assert len(second.calls) == 1, "not while he is in after-call work"
    await first.ask("POST", f"/api/desk/contacts/{talk.contact_id}/finish")
    await second.talks(2)
    await first.talks(2)
    await hears(first.phone, [SECOND])
    await hears(second.phone, [FIRST])
    assert not (await second.ask("GET", "/api/desk/call-wishes"))["items"]
    await second.phone.hang_up()
    await until(lambda: not first.phone.is_up)


@pytest.mark.parametrize("code", ["*84{extension}", "*80"])
async def test_what_rings_at_a_colleague_is_taken(house: House, line: sip_phone.SipLine, phones: Open, code: str) -> None:
    first = await phones("agent1", FIRST)
    first.answers = False
    customer = await line.call(house.service_number, caller="13612340000", says_hertz=CUSTOMER)
    await customer.press("1")
    await asyncio.wait_for(first.ringing.get(), 40)
    second = await phones("agent2", SECOND)
    taken = await second.dial(code.format(extension=await first.extension()))
    await hears(customer, [SECOND], [FIRST])
    await hears(taken, [CUSTOMER])
    assert not first.calls
    await customer.hang_up()
    await until(lambda: not taken.is_up)
