"""A standard recording of the business's own: a file is sent, and one click plays it to the customer, while the agent is free. Measured."""

from __future__ import annotations

from pathlib import Path

import pytest
import sip_phone
import sounds
from administrator import administrator
from desk_phones import hears, until
from house import House

from e2e.test_several_people import CUSTOMER, FIRST, Open, phones, talk_with

__all__ = ["phones"]
pytestmark = pytest.mark.timeout(300)
RECORDED, SECONDS = 500.0, 12


async def test_a_file_that_was_sent_is_heard_by_the_customer_alone(
    house: House, line: sip_phone.SipLine, phones: Open, tmp_path: Path
) -> None:
    wav = sounds.write_wav(tmp_path / "fees.wav", sounds.beeps(RECORDED, SECONDS, 8000), 8000)
    async with administrator(house, "manager") as manager:
        kept = await manager.send("/api/sounds/files", wav.read_bytes(), "audio/wav")
        assert kept["seconds"] == pytest.approx(SECONDS, abs=0.1)
        versions = {"zh-CN": {"file": kept["file"]}, "en": {"file": kept["file"]}}
        made = await manager.ask("POST", "/api/sounds", {"code": "fees", "name": {"zh-CN": "收费标准", "en": "Fees"}, "versions": versions})
        agent = await phones("agent1", FIRST)
        talk = await talk_with(house, line, agent)
        assert made["id"] in [one["id"] for one in (await agent.ask("GET", "/api/desk/sounds"))["items"]]

        await agent.does(talk.contact_id, "play", sound_id=made["id"])
        await hears(talk.customer, [RECORDED], [FIRST])
        await hears(agent.phone, [], [CUSTOMER, RECORDED])
        assert agent.phone.is_up, "the agent's line stays, and he does something else"
        await hears(talk.customer, [FIRST], [RECORDED])  # it is over: they are together again
        await hears(agent.phone, [CUSTOMER])

        await agent.does(talk.contact_id, "play", sound_id=made["id"])
        await hears(talk.customer, [RECORDED], [FIRST])
        await agent.does(talk.contact_id, "stop-playing")
        await hears(talk.customer, [FIRST], [RECORDED])
        await hears(agent.phone, [CUSTOMER], [RECORDED])

        await agent.does(talk.contact_id, "play", sound_id=made["id"])
        await hears(talk.customer, [RECORDED])
        await talk.customer.hang_up()
        await until(lambda: not agent.phone.is_up)
        await manager.ask("PUT", f"/api/sounds/{made['id']}", {"name": made["name"], "versions": versions, "active": False})
