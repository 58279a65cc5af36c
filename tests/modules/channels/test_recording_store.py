"""Keeping recordings: encrypted, once, with what is missing, and what a crash left behind."""

import math
import os
import wave
from array import array
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.model import RecordingRow
from huying.channels.voice.events import CallRecordingEnded, CallRecordingStarted, SegmentEnded, SegmentStarted
from huying.channels.voice.recording_store import RecordingStore, UnknownRecording
from huying.foundation.database import Database
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_CONTACT, Entry, Event
from huying.foundation.journal.postgres import PostgresJournal
from huying.foundation.vault import Vault
from huying.telephony.port import RecordingEnded

T0 = datetime.now(UTC) - timedelta(minutes=30)


class Call:
    """A contact in the journal with one recording of ten seconds."""

    def __init__(self) -> None:
        self.business_id, self.contact_id, self.recording_id = new_id(), new_id(), new_id()
        self.agent_id, self.segment_id = new_id(), new_id()

    def entries(self, over: bool = True) -> list[Entry]:
        told: list[tuple[float, Event]] = [
            (0, ContactEntered("phone", "inbound", "400", "", "zh-CN", new_id())),
            (1, SegmentStarted(self.segment_id, self.agent_id, new_id(), new_id(), new_id(), new_id())),
            (1, CallRecordingStarted(self.recording_id, self.segment_id, 1)),
        ]
        if over:
            told += [(11, SegmentEnded(self.segment_id, self.agent_id, "customer", 10, 0)), (11, ContactEnded("customer_hung_up", 11))]
        return [
            Entry(self.business_id, STREAM_CONTACT, self.contact_id, number, T0 + timedelta(seconds=at), event)
            for number, (at, event) in enumerate(told, 1)
        ]

    def sound(self, spool: Path, near_seconds: float, far_seconds: float) -> RecordingEnded:
        near, far = spool / f"{self.recording_id}-near.wav", spool / f"{self.recording_id}-far.wav"
        for path, seconds, frequency in ((near, near_seconds, 440), (far, far_seconds, 1000)):
            samples = array("h", [round(9000 * math.sin(2 * math.pi * frequency * n / 8000)) for n in range(int(8000 * seconds))])
            with wave.open(str(path), "wb") as file:
                file.setparams((1, 2, 8000, 0, "NONE", ""))
                file.writeframes(samples.tobytes())
        return RecordingEnded(self.recording_id, str(near), str(far), near_seconds, far_seconds)


@pytest.fixture
def vault() -> Vault:
    return Vault(os.urandom(32))


async def test_a_recording_is_kept_encrypted_and_once(database: Database, vault: Vault, tmp_path: Path) -> None:
    call, journal = Call(), PostgresJournal(database)
    await journal.append(call.entries())
    ended = call.sound(tmp_path, 9.8, 7.0)
    plain = Path(ended.near_path).read_bytes()
    store = RecordingStore(database, vault, tmp_path / "kept", journal)
    kept = await store.keep(ended, call.business_id, call.contact_id)
    assert (kept.seconds, kept.missing_seconds) == (9.8, 3.0)
    assert not Path(ended.near_path).exists()
    assert not Path(ended.far_path).exists()
    again = await store.keep(ended, call.business_id, call.contact_id)
    assert again == kept
    async with database.business(call.business_id) as session:
        assert (await session.scalar(select(func.count()).select_from(RecordingRow))) == 1
        row = (await session.scalars(select(RecordingRow))).one()
    assert (row.segment_id, row.agent_id, row.part) == (call.segment_id, call.agent_id, 1)
    assert row.peaks is not None
    assert len(row.peaks["customer"]) == len(row.peaks["agent"]) > 10
    files = [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600]
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "kept").rglob("*") if path.is_dir()} == {0o700}
    assert plain[44:300] not in files[0].read_bytes()
    with vault.open_file(files[0]) as sealed:
        clear = b"".join(sealed.read())
    assert len(clear) == row.size_bytes
    assert clear[:4] == b"RIFF"
    store.close()


async def test_sound_that_a_crash_left_is_kept_and_journalled(database: Database, vault: Vault, tmp_path: Path) -> None:
    journal, spool = PostgresJournal(database), tmp_path / "spool"
    spool.mkdir()
    left, running, fresh, unknown = Call(), Call(), Call(), Call()
    for call in (left, running, fresh):
        await journal.append(call.entries(over=call is left))
    for call in (left, running, unknown, fresh):
        ended = call.sound(spool, 10, 10)
        if call is not fresh:
            for path in (ended.near_path, ended.far_path):
                os.utime(path, (T0.timestamp(), T0.timestamp()))
    store = RecordingStore(database, vault, tmp_path / "kept", journal)
    assert await store.sweep(spool, {running.recording_id}) == 1
    assert await store.sweep(spool, {running.recording_id}) == 0
    entries = await journal.read_stream(left.business_id, STREAM_CONTACT, left.contact_id)
    assert entries[-1].event == CallRecordingEnded(left.recording_id, 10.0, 0.0)
    assert {path.name.rpartition("-")[0] for path in spool.iterdir()} == {running.recording_id, fresh.recording_id, unknown.recording_id}
    store.close()


async def test_a_recording_nobody_knows_is_refused_and_stays(database: Database, vault: Vault, tmp_path: Path) -> None:
    call = Call()
    ended = call.sound(tmp_path, 1, 1)
    store = RecordingStore(database, vault, tmp_path / "kept", journal_seconds=0.1)
    with pytest.raises(UnknownRecording):
        await store.keep(ended, call.business_id, call.contact_id)
    assert Path(ended.near_path).exists()
    store.close()
