"""Numbers that are not to be called, in a call with other people in it."""

from __future__ import annotations

import pytest

from huying.channels.dialling.plan import DiallingRefused
from journeys.centre import BUSINESS
from journeys.test_people import Room, told


@told()
async def test_who_does_not_want_to_be_called_is_neither_asked_nor_given_the_call(room: Room) -> None:
    room.centre.directory.do_not_call.add("+8613911112222")
    outside: dict[str, str] = {"kind": "number", "number": "139 1111 2222"}
    for operation in (room.consults, room.transfers):
        with pytest.raises(DiallingRefused):
            await operation(outside)
    await room.check()
    assert room.centre.state_of("agent0") == "talking"
    with pytest.raises(DiallingRefused):  # nobody gave him leave to do so knowingly
        await room.centre.client.consult(BUSINESS, "agent0", room.contact_id, {**outside, "override_do_not_call": True})
    room.centre.directory.do_not_call.clear()
    await room.consults(outside)
