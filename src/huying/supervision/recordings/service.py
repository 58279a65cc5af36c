"""Opening a recording for a person: may they, is it journalled, and the sealed file. Reads what `channels` has kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.messages.service import note_hearing, readers, taken_by
from huying.channels.model import RecordingRow
from huying.channels.telling import tell
from huying.foundation.bus.port import Bus
from huying.foundation.database import Database
from huying.foundation.errors import NotFound
from huying.foundation.http import Caller
from huying.foundation.vault import SealedFile, Vault
from huying.supervision.recordings.events import RecordingHeard

SITTING = timedelta(minutes=10)
"""A browser asks for a recording in many pieces; within this time they are one hearing."""
REMEMBERED = 10_000


class NoSuchRecording(NotFound):
    """There is no such recording, or it is not yours to hear."""

    code = "no-such-recording"


class Recordings:
    """The recordings of an installation, for routes."""

    def __init__(self, database: Database, vault: Vault, folder: Path) -> None:
        self._database, self._vault, self._folder = database, vault, folder
        self._heard: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    async def find(self, caller: Caller, recording_id: str) -> RecordingRow:
        """The recording, if this person may hear it. Raises NoSuchRecording."""
        async with self._database.business(caller.business_id) as session:
            return await self._allowed(session, caller, recording_id)

    async def hear(self, caller: Caller, recording_id: str, now: datetime, bus: Bus) -> SealedFile:
        """The sound, to be closed by the caller; the hearing is journalled before, and whoever counted the message as unheard is told.

        Raises NoSuchRecording, Unavailable.
        """
        message = None
        async with self._database.business(caller.business_id) as session:
            row = await self._allowed(session, caller, recording_id)
            if not self._heard_lately(caller.person_id, recording_id, now):
                await journal_act(session, caller.business_id, RecordingHeard(caller.person_id, recording_id, row.contact_id), now)
                message = await note_hearing(session, recording_id)
        if message is not None:
            await tell(bus, caller.business_id, readers(message), WORK_TOPIC)
        self._remember(caller.person_id, recording_id, now)
        try:
            return self._vault.open_file(self._folder / row.path)
        except FileNotFoundError as error:
            raise NoSuchRecording("The recording's file is gone: it may have been removed when its time was over.") from error

    async def _allowed(self, session: AsyncSession, caller: Caller, recording_id: str) -> RecordingRow:
        row = await session.get(RecordingRow, recording_id)
        if row is None or not row.path:
            raise NoSuchRecording
        if caller.may("recordings.listen") or row.agent_id == caller.person_id:
            return row
        if row.agent_id is None and await taken_by(session, recording_id) == caller.person_id:
            return row  # a message that is this person's work
        raise NoSuchRecording

    def _heard_lately(self, person_id: str, recording_id: str, now: datetime) -> bool:
        at = self._heard.get((person_id, recording_id))
        return at is not None and now - at < SITTING

    def _remember(self, person_id: str, recording_id: str, now: datetime) -> None:
        if not self._heard_lately(person_id, recording_id, now):
            self._heard[person_id, recording_id] = now
            self._heard.move_to_end((person_id, recording_id))
        while len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)


def pieces(sealed: SealedFile, start: int, end: int) -> Iterator[bytes]:
    """The clear bytes; closes the file at the end, also when nobody reads to the end."""
    try:
        yield from sealed.read(start, end)
    finally:
        sealed.close()
