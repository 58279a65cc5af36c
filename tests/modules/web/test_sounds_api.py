"""Standard recordings over HTTP: a file is sent and named, agents of the queue may play it, the call's configuration knows what to play."""

from __future__ import annotations

import io
import math
import struct
import wave
from pathlib import Path
from typing import Any

from huying.channels.voice.database_directory import DatabaseDirectory
from huying.flows.effects import Recorded, Say
from huying.flows.prompts.library import media
from huying.foundation.vault import Vault
from huying.telephony.port import Sound

NAMES = {"zh-CN": "收费标准", "en": "Fees"}


def tone(rate: int = 8000, channels: int = 1, seconds: float = 1.5) -> bytes:
    """A WAV file."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        count = int(rate * seconds) * channels
        file.writeframes(struct.pack(f"<{count}h", *(int(9000 * math.sin(place / 5)) for place in range(count))))
    return target.getvalue()


async def sent(browser: Any, data: bytes) -> Any:
    return await browser.post("/api/sounds/files", content=data, headers={"content-type": "audio/wav"})


async def own(browser: Any) -> list[dict[str, Any]]:
    """What the agent may play besides the sample's own."""
    return [one for one in (await browser.get("/api/desk/sounds")).json()["items"] if one["code"] == "fees"]


async def test_a_sound_is_sent_named_heard_and_played(house: Any, tmp_path: Path) -> None:
    async with house.signed_in("manager") as manager, house.signed_in("agent1") as agent:
        for wrong in (tone(rate=16000), tone(channels=2), b"RIFF????WAVE", b"", tone(seconds=0.1)):
            assert (await sent(manager, wrong)).status_code == 422
        kept = (await sent(manager, tone(seconds=70))).json()
        assert kept["seconds"] == 70, "longer than other requests may be"
        assert (await sent(agent, tone())).status_code == 403
        queue = next(one for one in (await agent.get("/api/queues")).json()["items"] if one["code"] == "repair")["id"]
        sound = {"code": "fees", "name": NAMES, "versions": {"zh-CN": {"file": kept["file"]}, "en": {"prompt": "system.recording_notice"}}}
        made = (await manager.post("/api/sounds", json={**sound, "queue_ids": [queue]})).json()
        assert (await manager.post("/api/sounds", json=sound)).status_code == 409
        for wrong_version in ({"file": "0" * 64}, {"prompt": "no.such"}, {}, {"file": kept["file"], "prompt": "system.goodbye"}):
            answer = await manager.post("/api/sounds", json={**sound, "code": "x", "versions": {"en": wrong_version}})
            assert answer.status_code in (404, 422), wrong_version
        mine = await own(agent)
        assert [(one["code"], one["seconds"]["zh-CN"], one["seconds"]["en"] > 1) for one in mine] == [("fees", 70, True)]
        heard = await agent.get(f"/api/sounds/{made['id']}/zh-CN/audio")
        assert (heard.headers["content-type"], len(heard.content)) == ("audio/wav", 44 + 70 * 16000)
        others = [one["id"] for one in (await agent.get("/api/queues")).json()["items"] if one["code"] not in ("repair", "product")][:1]
        narrowed = {"name": NAMES, "versions": made["versions"], "queue_ids": others}
        assert (await manager.put(f"/api/sounds/{made['id']}", json=narrowed)).status_code == 200
        in_others = others[0] in (await agent.get("/api/session")).json()["agent"]["queues"]
        assert bool(await own(agent)) == in_others

        spoken = (await DatabaseDirectory(house.database, Vault(bytes(32)), sounds=tmp_path / "sounds").load()).sounds[made["id"]]
        assert spoken.business_id == house.business_id
        (item,) = spoken.spoken_in("zh-CN")
        assert isinstance(item, Recorded)
        assert Path(f"{item.path}.wav").read_bytes() == heard.content
        assert media([item]) == [Sound(item.path)]
        assert spoken.spoken_in("en") == (Say("system.recording_notice", "en"),)

        number = (await manager.get("/api/changes", params={"what": "standard_sound"})).json()["items"][0]["number"]
        assert (await manager.post(f"/api/changes/{number}/undo")).status_code == 201
        assert await own(agent), "the queue may play it again"
