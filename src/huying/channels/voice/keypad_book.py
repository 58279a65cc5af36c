"""What the keypad must read and write outside the voice process, as a port, and that port on the database."""

from __future__ import annotations

import asyncio
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from huying.admin.acts import journal_act
from huying.admin.passwords import Passwords
from huying.channels.book.targets import own_targets, target_of
from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.dialling.service import read_dial_settings
from huying.channels.keypad.events import SoundHeardByPhone
from huying.channels.keypad.service import pin_fits
from huying.channels.messages.model import DONE, MessageRow
from huying.channels.messages.service import note_hearing, readers
from huying.channels.model import RecordingRow
from huying.channels.reach.service import change_reach, read_reach, wish_for
from huying.channels.telling import tell
from huying.foundation.bus.port import Bus
from huying.foundation.clock import Clock
from huying.foundation.database import Database
from huying.foundation.errors import NotFound
from huying.foundation.ids import new_id
from huying.foundation.vault import Vault

MOST = 50
RATE = 8000
BLOCK = 4096
"""Frames at a time, so that the other threads get their turn."""
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that can be heard: a message or a recording."""

    recording_id: str
    contact_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a speed dial key, or redialling, means."""

    agent_id: str = ""
    number: str = ""


class KeypadBook(Protocol):
    """Everything raises Unavailable when the database does not answer."""

    async def divert(self, business_id: str, person_id: str, occasion: str, number: str) -> None:
        """Pass calls to this person on to the number (E.164); empty: no longer."""

    async def disturb_not(self, business_id: str, person_id: str, on: bool) -> None:
        """Calls to this person do not ring, or ring again."""

    async def wish(self, business_id: str, person_id: str, called_id: str) -> None:
        """Connect both when they are free. Raises Conflict."""

    async def last_called(self, business_id: str, person_id: str) -> Called:
        """Whom he called last. Raises NotFound."""

    async def speed_dial(self, business_id: str, person_id: str, key: int) -> Called:
        """Who is on this key. Raises NotFound."""

    async def pin_fits(self, business_id: str, person_id: str, pin: str) -> bool:
        """Whether it is his PIN."""

    async def messages(self, business_id: str, person_id: str) -> list[Heard]:
        """The messages in his mailbox that are not done, the newest first."""

    async def recordings(self, business_id: str, person_id: str) -> list[Heard]:
        """His own conversations of the last days, the newest first."""

    async def sound(self, business_id: str, person_id: str, heard: Heard) -> Path:
        """A sound file to play (without its extension); the hearing is journalled. Raises NotFound."""

    def forget_sound(self, path: Path) -> None:
        """It was played."""

    async def done(self, business_id: str, person_id: str, recording_id: str) -> None:
        """A message needs nothing more."""


class DatabaseKeypadBook:
    """Implements KeypadBook. `recordings` holds the sealed files; `folder` takes clear ones for as long as they are played."""

    def __init__(self, database: Database, vault: Vault, recordings: Path, folder: Path, clock: Clock, bus: Bus) -> None:
        self._database, self._vault, self._recordings, self._folder, self._clock = database, vault, recordings, folder, clock
        self._bus = bus
        self._passwords = Passwords()

    def forget_all_sounds(self) -> None:
        """At a start: nobody hears what a process before us laid out in clear."""
        for left in self._folder.glob("*"):
            left.unlink(missing_ok=True)

    async def divert(self, business_id: str, person_id: str, occasion: str, number: str) -> None:
        """See KeypadBook."""
        async with self._database.business(business_id) as session:
            row = await read_reach(session, person_id)
            diversions = {name: target for name, target in (row.diversions if row else {}).items() if name != occasion}
            if number:
                diversions[occasion] = {"kind": "number", "number": number}
            await change_reach(session, business_id, person_id, {"diversions": diversions})

    async def disturb_not(self, business_id: str, person_id: str, on: bool) -> None:
        """See KeypadBook."""
        async with self._database.business(business_id) as session:
            await change_reach(session, business_id, person_id, {"do_not_disturb": on})

    async def wish(self, business_id: str, person_id: str, called_id: str) -> None:
        """See KeypadBook."""
        async with self._database.business(business_id) as session:
            seconds = (await read_dial_settings(session)).wish_seconds
            await wish_for(session, business_id, person_id, called_id, self._clock(), seconds)

    async def last_called(self, business_id: str, person_id: str) -> Called:
        """See KeypadBook."""
        return await self._target(business_id, person_id, lambda row: row.used_at is not None)

    async def speed_dial(self, business_id: str, person_id: str, key: int) -> Called:
        """See KeypadBook."""
        return await self._target(business_id, person_id, lambda row: row.key == key)

    async def _target(self, business_id: str, person_id: str, fits: Callable[..., bool]) -> Called:
        async with self._database.business(business_id) as session:
            found = next((target_of(row) for row in await own_targets(session, person_id) if fits(row)), None)
        if found is None or found.kind not in ("agent", "number"):
            raise NotFound("There is nobody to be called.")
        return Called(found.id, found.number)

    async def pin_fits(self, business_id: str, person_id: str, pin: str) -> bool:
        """See KeypadBook."""
        async with self._database.business(business_id) as session:
            return await pin_fits(session, self._passwords, person_id, pin)

    async def messages(self, business_id: str, person_id: str) -> list[Heard]:
        """See KeypadBook."""
        mine = select(MessageRow).where(MessageRow.person_id == person_id, MessageRow.state != DONE)
        async with self._database.business(business_id) as session:
            rows = list(await session.scalars(mine.order_by(MessageRow.left_at.desc()).limit(MOST)))
        return [Heard(row.id, row.contact_id, row.left_at) for row in rows]

    async def recordings(self, business_id: str, person_id: str) -> list[Heard]:
        """See KeypadBook."""
        since = self._clock() - RECENT
        mine = select(RecordingRow).where(RecordingRow.agent_id == person_id, RecordingRow.path != "", RecordingRow.started_at >= since)
        async with self._database.business(business_id) as session:
            rows = list(await session.scalars(mine.order_by(RecordingRow.started_at.desc()).limit(MOST)))
        return [Heard(row.id, row.contact_id, row.started_at) for row in rows]

    async def sound(self, business_id: str, person_id: str, heard: Heard) -> Path:
        """See KeypadBook."""
        async with self._database.business(business_id) as session:
            row = await session.get(RecordingRow, heard.recording_id)
            if row is None or not row.path:
                raise NotFound("The recording is not there (any longer).")
            await journal_act(session, business_id, SoundHeardByPhone(person_id, heard.recording_id, heard.contact_id), self._clock())
            message = await note_hearing(session, heard.recording_id)
            sealed = self._recordings / row.path
        if message is not None:
            await tell(self._bus, business_id, readers(message), WORK_TOPIC)
        return await asyncio.to_thread(self._clear, sealed)

    def _clear(self, sealed: Path) -> Path:
        """Both sides as one, 8 kHz, as telephones hear it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = self._folder / new_id()
        whole = target.with_suffix(".part")
        try:
            with self._vault.open_file(sealed) as file, whole.open("wb") as out:
                for piece in file.read():
                    out.write(piece)
            with wave.open(str(whole), "rb") as stereo, wave.open(str(target.with_suffix(".wav")), "wb") as mono:
                step = max(1, stereo.getframerate() // RATE)
                mono.setnchannels(1)
                mono.setsampwidth(2)
                mono.setframerate(RATE)
                while frames := stereo.readframes(BLOCK * step):
                    both = array("h", frames)
                    left, right = both[0 :: 2 * step], both[1 :: 2 * step]
                    mono.writeframes(array("h", [max(-32768, min(32767, a + b)) for a, b in zip(left, right, strict=False)]).tobytes())
        except FileNotFoundError as error:
            raise NotFound("The recording's file is gone: it may have been removed when its time was over.") from error
        finally:
            whole.unlink(missing_ok=True)
        return target

    def forget_sound(self, path: Path) -> None:
        """See KeypadBook."""
        path.with_suffix(".wav").unlink(missing_ok=True)

    async def done(self, business_id: str, person_id: str, recording_id: str) -> None:
        """See KeypadBook."""
        async with self._database.business(business_id) as session:
            row = await session.get(MessageRow, recording_id)
            if row is not None and row.person_id == person_id:
                row.state, row.done_at, row.taken_by = DONE, self._clock(), person_id
        await tell(self._bus, business_id, {person_id}, WORK_TOPIC)
