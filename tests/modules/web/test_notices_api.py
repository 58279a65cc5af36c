"""Notices to the staff: who may publish, whom they reach, who has read and confirmed them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from live_socket import feed, hear_until, served
from sqlalchemy import select

from huying.foundation.clock import utc_now
from huying.routing.model import QueueRow


def notice(**more: Any) -> dict[str, Any]:
    return {"title": "Fire drill at three", "ends_at": (utc_now() + timedelta(hours=2)).isoformat(), **more}


async def queue(house: Any, code: str) -> str:
    async with house.database.business(house.business_id) as session:
        return str(await session.scalar(select(QueueRow.id).where(QueueRow.code == code)))


async def test_a_notice_is_read_and_confirmed(house: Any) -> None:
    async with served(house) as port, house.signed_in("agent1") as agent, house.signed_in("lead") as lead:
        assert (await agent.post("/api/notices", json=notice())).status_code == 403
        async with feed(port, agent.session) as socket:
            await socket.send(json.dumps({"type": "subscribe", "id": "c", "topic": "colleagues"}))
            await hear_until(socket, lambda m: m["type"] == "snapshot")
            made = (await lead.post("/api/notices", json=notice(importance="confirm", text="Leave by the east stairs"))).json()
            key = f"notice:{made['notice_id']}"
            told = await hear_until(socket, lambda m: m["type"] == "change" and key in m["set"])
            assert (told["set"][key]["title"], told["set"][key]["confirmed_at"]) == ("Fire drill at three", None)
            assert (await agent.post(f"/api/notices/{made['notice_id']}/read")).status_code == 204
            assert (await agent.post(f"/api/notices/{made['notice_id']}/confirm")).status_code == 204
            told = await hear_until(socket, lambda m: m["type"] == "change" and m["set"].get(key, {}).get("confirmed_at"))
            readers = (await lead.get(f"/api/notices/{made['notice_id']}/readers")).json()
            assert [r["name"] for r in readers if r["confirmed_at"]] == ["李晓雯"]
            assert len(readers) > 5
            assert (await agent.get(f"/api/notices/{made['notice_id']}/readers")).status_code == 403
            assert (await lead.post(f"/api/notices/{made['notice_id']}/withdraw")).status_code == 204
            await hear_until(socket, lambda m: m["type"] == "change" and key in m["removed"])
        listed = (await agent.get("/api/notices")).json()
        assert listed[0]["withdrawn_at"] is not None


async def test_it_reaches_its_audience_alone(house: Any) -> None:
    async with house.signed_in("lead") as lead, house.signed_in("admin") as admin:
        made = (await lead.post("/api/notices", json=notice(audience="queue", audience_id=await queue(house, "complaints")))).json()
        reached = {r["name"] for r in (await lead.get(f"/api/notices/{made['notice_id']}/readers")).json()}
        everybody = {p["name"] for p in (await lead.get("/api/colleagues/people")).json()}
        assert reached and reached < everybody
        assert [n for n in (await admin.get("/api/notices")).json() if n["notice_id"] == made["notice_id"]] == []
        assert (await admin.post(f"/api/notices/{made['notice_id']}/read")).status_code == 404


async def test_what_is_not_valid_is_refused(house: Any) -> None:
    async with house.signed_in("lead") as lead:
        assert (await lead.post("/api/notices", json=notice(audience="group"))).status_code == 422
        assert (await lead.post("/api/notices", json=notice(title=" "))).status_code == 422
        over = (utc_now() - timedelta(minutes=1)).isoformat()
        assert (await lead.post("/api/notices", json=notice(ends_at=over))).status_code == 422
