"""Standard recordings in the database: making, changing, what an agent may play, and what a call plays for one. Never commits."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.sounds.model import SoundFileRow, StandardSoundRow
from huying.channels.sounds.wave_form import PlayableSound
from huying.flows.effects import Item, Recorded, Say
from huying.flows.prompts.catalogue import UnknownPrompt, catalogue
from huying.flows.prompts.library import sound_file
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.routing.model import QueueRow
from huying.telephony.wav import read_shape

FILE, PROMPT = "file", "prompt"


class SoundTaken(Conflict):
    """There is a standard recording with this code already: choose another code."""

    code = "sound-taken"


@dataclass(frozen=True, slots=True)
class SoundData:
    """A standard recording. `versions`: language -> {"file": sha256} or {"prompt": key}; without queues it is for all."""

    name: Mapping[str, str]
    versions: Mapping[str, Mapping[str, str]]
    queue_ids: Collection[str] = ()
    position: int = 0
    active: bool = True


async def keep_file(session: AsyncSession, business_id: str, sound: PlayableSound) -> str:
    """Keep a sound file of the business's own; its name (SHA-256). Kept again it changes nothing."""
    sha256 = hashlib.sha256(sound.wav).hexdigest()
    row = insert(SoundFileRow).values(business_id=business_id, sha256=sha256, seconds=sound.seconds, wav=sound.wav)
    await session.execute(row.on_conflict_do_nothing())
    return sha256


async def add_sound(session: AsyncSession, business_id: str, code: str, data: SoundData) -> StandardSoundRow:
    """A new standard recording. Raises SoundTaken, InvalidInput, NotFound."""
    if await session.scalar(select(StandardSoundRow.id).where(StandardSoundRow.code == code)):
        raise SoundTaken(code=code)
    row = StandardSoundRow(business_id=business_id, code=code)
    await fill(session, row, data)
    session.add(row)
    await session.flush()
    return row


async def fill(session: AsyncSession, row: StandardSoundRow, data: SoundData) -> None:
    """Give the standard recording these values. Raises InvalidInput, NotFound."""
    known = set(await session.scalars(select(QueueRow.id).where(QueueRow.id.in_(data.queue_ids))))
    if known != set(data.queue_ids):
        raise NotFound("There is no such queue.")
    if not data.versions:
        raise InvalidInput("A standard recording needs the sound of one language at least.", field="versions")
    for language, version in data.versions.items():
        await _must_sound(session, language, version)
    row.name, row.queue_ids, row.position, row.active = dict(data.name), list(data.queue_ids), data.position, data.active
    row.versions = {language: dict(version) for language, version in data.versions.items()}
    await session.flush()


async def find_sound(session: AsyncSession, sound_id: str) -> StandardSoundRow:
    """One standard recording. Raises NotFound."""
    row = await session.get(StandardSoundRow, sound_id)
    if row is None:
        raise NotFound("There is no such standard recording.")
    return row


async def list_sounds(session: AsyncSession, *, inactive: bool = False) -> list[StandardSoundRow]:
    """The standard recordings in their order."""
    statement = select(StandardSoundRow).order_by(StandardSoundRow.position, StandardSoundRow.code)
    return list(await session.scalars(statement if inactive else statement.where(StandardSoundRow.active)))


def may_play(row: StandardSoundRow, queues: Collection[str]) -> bool:
    """Whether an agent of these queues may play it."""
    return row.active and (not row.queue_ids or not set(row.queue_ids).isdisjoint(queues))


async def seconds_of(session: AsyncSession, rows: Collection[StandardSoundRow]) -> dict[str, dict[str, float]]:
    """Id -> language -> how long it sounds."""
    wanted = {version[FILE] for row in rows for version in row.versions.values() if FILE in version}
    files: dict[str, float] = {}
    if wanted:
        found = await session.execute(select(SoundFileRow.sha256, SoundFileRow.seconds).where(SoundFileRow.sha256.in_(wanted)))
        files = dict(found.all())
    return {row.id: {language: _seconds(language, version, files) for language, version in row.versions.items()} for row in rows}


async def sound_bytes(session: AsyncSession, row: StandardSoundRow, language: str) -> bytes:
    """The WAV of one language. Raises NotFound."""
    version = row.versions.get(language)
    if version is None:
        raise NotFound("This standard recording has no sound in this language.")
    if PROMPT in version:
        return await asyncio.to_thread(sound_file(version[PROMPT], language).read_bytes)
    wav = await session.scalar(select(SoundFileRow.wav).where(SoundFileRow.sha256 == version[FILE]))
    if wav is None:
        raise NotFound("The file of this standard recording is gone.")
    return wav


async def load_sounds(session: AsyncSession, folder: Path) -> dict[str, tuple[str, dict[str, tuple[Item, ...]]]]:
    """Id -> (business, language -> what a call plays), of all the session sees; files that the folder lacks are written there first."""
    rows = await list_sounds(session)
    for row in rows:
        for version in row.versions.values():
            if FILE in version:
                await _lay_out(session, row.business_id, version[FILE], folder)
    return {row.id: (row.business_id, {lang: _items(folder, lang, version) for lang, version in row.versions.items()}) for row in rows}


def _items(folder: Path, language: str, version: Mapping[str, str]) -> tuple[Item, ...]:
    if PROMPT in version:
        return (Say(version[PROMPT], language),)
    return (Recorded(str(folder / version[FILE])),)


async def _lay_out(session: AsyncSession, business_id: str, sha256: str, folder: Path) -> None:
    target = folder / f"{sha256}.wav"
    if await asyncio.to_thread(target.exists):
        return
    found = select(SoundFileRow.wav).where(SoundFileRow.business_id == business_id, SoundFileRow.sha256 == sha256)
    wav = await session.scalar(found)
    if wav is not None:
        await asyncio.to_thread(_write, target, wav)


def _write(target: Path, wav: bytes) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    draft.write_bytes(wav)
    draft.replace(target)


async def _must_sound(session: AsyncSession, language: str, version: Mapping[str, str]) -> None:
    if set(version) == {PROMPT}:
        entry = catalogue().get(version[PROMPT])
        if entry is None or language not in entry.texts:
            raise InvalidInput("The prompt catalogue has no such sentence in this language.", field="versions")
        return
    if set(version) != {FILE}:
        raise InvalidInput("A version is a file or a sentence of the prompt catalogue.", field="versions")
    there = select(func.count()).select_from(SoundFileRow).where(SoundFileRow.sha256 == version[FILE])
    if not await session.scalar(there):
        raise NotFound("There is no such sound file: send it first.")


def _seconds(language: str, version: Mapping[str, str], files: Mapping[str, float]) -> float:
    if FILE in version:
        return files.get(version[FILE], 0.0)
    try:
        return _prompt_seconds(version[PROMPT], language)
    except UnknownPrompt:
        return 0.0


@cache
def _prompt_seconds(key: str, language: str) -> float:
    return read_shape(sound_file(key, language)).seconds
