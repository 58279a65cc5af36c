"""Hearing a call over HTTP: who may, and what is asked of the voice process."""

from __future__ import annotations

from typing import Any

from huying.foundation.ids import new_id


async def test_a_lead_listens_and_an_agent_may_not(house: Any) -> None:
    contact, agent = new_id(), new_id()
    async with house.signed_in("lead") as lead:
        for mode in ("listen", "whisper", "join"):
            assert (await lead.post(f"/api/calls/{contact}/monitor", json={"mode": mode, "agent_id": agent})).status_code == 204
            command, told = house.voice.commands[-1]
            assert (command, told["contact_id"], told["mode"], told["agent_id"]) == ("monitor", contact, mode, agent)
        assert (await lead.post(f"/api/calls/{contact}/monitor", json={"mode": "shout", "agent_id": agent})).status_code == 422
    async with house.signed_in("agent1") as page:
        assert (await page.post(f"/api/calls/{contact}/monitor", json={"mode": "listen", "agent_id": agent})).status_code == 403
