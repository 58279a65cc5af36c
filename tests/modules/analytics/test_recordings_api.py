"""Hearing a recording: the bytes asked for, by who may, and each hearing in the journal."""

import io
import wave
from array import array
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from huying.channels.model import RecordingRow
from huying.foundation.ids import new_id


async def kept(world: Any, plain: bytes) -> tuple[str, str]:
    recording_id, agent_id = new_id(), world.centre.agent_ids[0]
    (world.folder / "plain.wav").write_bytes(plain)
    world.vault.encrypt_file(world.folder / "plain.wav", world.folder / "a.sealed")
    async with world.database.business(world.centre.business_id) as session:
        session.add(
            RecordingRow(
                id=recording_id, business_id=world.centre.business_id,
                contact_id=world.contacts()[0], segment_id=new_id(), agent_id=agent_id,
                part=1, started_at=world.entries[0].at, path="a.sealed",
                seconds=20.0, sample_rate=8000, size_bytes=len(plain), sha256="0" * 64,
                peaks={"customer": [0.1, 0.2], "agent": [0.0, 0.5], "customer_seconds": 20.0, "agent_seconds": 19.0},
            )
        )  # fmt: skip
    return recording_id, agent_id


def sound() -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(array("h", [n % 3000 for n in range(320_000)]).tobytes())
    return target.getvalue()


async def hearings(world: Any) -> list[str]:
    async with world.database.business(world.centre.business_id) as session:
        rows = await session.execute(text("SELECT data->>'by_person_id' FROM journal WHERE kind = 'RecordingHeard' ORDER BY position"))
        return [row[0] for row in rows]


async def test_a_recording_is_heard_whole_and_in_pieces(world: Any) -> None:
    plain = sound()
    recording_id, _ = await kept(world, plain)
    address = f"/api/recordings/{recording_id}/audio"
    whole = await world.client.get(address)
    assert (whole.status_code, whole.headers["content-type"], whole.content) == (200, "audio/wav", plain)
    assert whole.headers["cache-control"] == "private, no-store"
    for asked, start, end in (("bytes=0-99", 0, 100), ("bytes=70000-", 70000, len(plain)), ("bytes=-10", len(plain) - 10, len(plain))):
        part = await world.client.get(address, headers={"range": asked})
        assert part.status_code == 206
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(plain)}"
        assert part.content == plain[start:end]
    beyond = await world.client.get(address, headers={"range": f"bytes={len(plain)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(plain)}")
    assert (await world.client.get(address, headers={"range": "lines=1-2"})).status_code == 200
    picture = (await world.client.get(f"/api/recordings/{recording_id}/peaks")).json()
    assert picture == {"customer": [0.1, 0.2], "agent": [0.0, 0.5], "seconds": 20.0}
    assert (await world.client.get(f"/api/recordings/{recording_id}")).json()["size_bytes"] == len(plain)


async def test_a_hearing_is_journalled_once_a_sitting_with_the_person(world: Any) -> None:
    recording_id, agent_id = await kept(world, sound())
    lead = world.callers[-1].person_id
    for _ in range(3):
        await world.client.get(f"/api/recordings/{recording_id}/audio", headers={"range": "bytes=5-9"})
    world.be("agent", agent_id)
    await world.client.get(f"/api/recordings/{recording_id}/audio")
    assert await hearings(world) == [lead, agent_id]


@pytest.mark.parametrize("part", ["", "/audio", "/peaks"])
async def test_others_recordings_do_not_exist_for_an_agent(world: Any, part: str) -> None:
    recording_id, agent_id = await kept(world, sound())
    world.be("agent", agent_id)
    assert (await world.client.get(f"/api/recordings/{recording_id}{part}")).status_code == 200
    world.be("agent", world.centre.agent_ids[1])
    assert (await world.client.get(f"/api/recordings/{recording_id}{part}")).status_code == 404
    assert (await world.client.get(f"/api/recordings/{new_id()}{part}")).status_code == 404


async def test_a_file_that_is_gone_is_told_as_such(world: Any) -> None:
    recording_id, _ = await kept(world, sound())
    Path(world.folder / "a.sealed").unlink()
    assert (await world.client.get(f"/api/recordings/{recording_id}/audio")).status_code == 404
