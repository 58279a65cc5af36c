"""Rules are checked before they are saved, and previewed on the agents as they are at this moment."""

from __future__ import annotations

import asyncio

from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_AGENT
from huying.routing.events import AgentDeviceChanged, AgentSignedIn
from huying.routing.model import AgentSkillRow, SkillRow

TEXT = "Gas boilers >= 7; after 20 s Gas boilers >= 4; after 1 min anyone in the group; after 3 min voicemail"


async def with_skill(house) -> tuple[str, str, dict[str, object]]:  # type: ignore[no-untyped-def]
    """A skill, and an agent of the first queue who has it at level 5."""
    async with house.signed_in("admin") as browser:
        queue = (await browser.get("/api/queues")).json()["items"][0]
        agents = (await browser.get("/api/agents")).json()["items"]
    agent = next(agent for agent in agents if queue["id"] in agent["queues"])
    skill = new_id()
    async with house.database.business(house.business_id) as session:
        session.add(SkillRow(id=skill, business_id=house.business_id, code="gas", name={"en": "Gas boilers", "zh-CN": "燃气锅炉"}))
        await session.flush()
        session.add(AgentSkillRow(business_id=house.business_id, person_id=agent["id"], skill_id=skill, level=5))
    return skill, str(agent["id"]), queue


async def test_rules_are_checked_in_the_asked_language(house) -> None:  # type: ignore[no-untyped-def]
    skill, _, queue = await with_skill(house)
    async with house.signed_in("admin") as browser:
        path = "/api/routing/requirements/check"
        found = (await browser.post(path, json={"text": TEXT, "groups": queue["groups"], "language": "zh-CN"})).json()
        assert found["text"].splitlines()[1:] == ["20 秒后 燃气锅炉 >= 4", "60 秒后 组内任何人", "3 分钟后 语音信箱"]
        assert [(problem["code"], problem["severity"], problem["line"]) for problem in found["problems"]] == [("nobody-here", "warning", 1)]
        assert [step["after_seconds"] for step in found["steps"]] == [0, 20, 60, 180]
        assert found["steps"][1]["circle"] == {"groups": queue["groups"], "need": {skill: 4}}
        assert found["steps"][3]["action"] == {"do": "voicemail", "target": ""} and "燃气锅炉 >= 4" in found["steps"][1]["text"]
        found = (await browser.post(path, json={"text": "Gas boiler >= 7", "groups": [], "language": "en"})).json()
        (problem,) = found["problems"]
        assert (problem["line"], problem["column"], problem["code"], problem["near"]) == (1, 1, "unknown-skill", ["Gas boilers"])
        assert found["text"] == "Gas boiler >= 7" and "Did you mean Gas boilers?" in problem["message"]
        assert (await browser.post(path, json={"queue_id": queue["id"]})).json()["problems"] == []
        assert (await browser.post(path, json={"queue_id": new_id()})).status_code == 404


async def test_a_preview_says_who_could_take_it(house) -> None:  # type: ignore[no-untyped-def]
    skill, agent, queue = await with_skill(house)
    account = AgentSignedIn("phone-1", "ready")
    await house.voice.say(house.business_id, STREAM_AGENT, agent, account, AgentDeviceChanged(True))
    async with house.signed_in("admin") as browser:
        asked = {"text": TEXT, "groups": queue["groups"]}
        async with asyncio.timeout(30):
            while True:
                found = (await browser.post("/api/routing/requirements/preview", json=asked)).json()
                if found["steps"][1]["counts"].get("free"):
                    break
                await asyncio.sleep(0.05)
        first, second, third, last = found["steps"]
        assert "free" not in first["counts"] and first["counts"]["skill"] == first["total"]
        assert (second["counts"]["free"], second["who"][0]["agent_id"], second["who"][0]["obstacle"]) == (1, agent, "")
        assert third["counts"]["free"] == 1 and third["counts"]["signed_out"] == third["total"] - 1 and "skill" not in third["counts"]
        assert last["who"] == [] and last["action"]["do"] == "voicemail"
        own = (await browser.post("/api/routing/requirements/preview", json={**asked, "needs": {skill: 6}, "text": ""})).json()
        assert own["steps"][0]["counts"] == {"skill": own["steps"][0]["total"]}
