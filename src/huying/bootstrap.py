"""The wiring plan of the house: the only place that constructs things. Reads from top to bottom like a list; decides nothing."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Sequence

from huying.channels.voice.database_directory import DatabaseDirectory
from huying.channels.voice.process import VoiceProcess
from huying.channels.voice.recording_store import RecordingStore
from huying.flows.prompts.library import media
from huying.foundation.bus.nats import NatsBus
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.heartbeat import beat
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.foundation.journal.spool import Spool
from huying.foundation.journal.writer import JournalWriter
from huying.foundation.logging import set_up_logging
from huying.foundation.settings import Settings
from huying.foundation.vault import Vault
from huying.telephony.asterisk.engine import AsteriskEngine


def run_voice(settings: Settings) -> None:
    """Run the voice process until it is told to end."""
    set_up_logging("voice")
    asyncio.run(_until_told(_voice, settings))


async def _voice(settings: Settings) -> None:
    vault = Vault(settings.master_key)
    database = Database(settings.database_url)
    bus = NatsBus(settings.nats_url, "voice")
    engine = AsteriskEngine(settings.ari_address, settings.ari_secret, settings.asterisk_folder)
    journal = PostgresJournal(database)
    told: list[VoiceProcess] = []

    def published(entries: Sequence[Entry]) -> None:
        for process in told:
            process.published(entries)

    writer = JournalWriter(journal, Spool(settings.spool_folder), published)
    directory = DatabaseDirectory(database, vault)
    keeper = RecordingStore(database, vault, settings.recordings_folder)
    process = VoiceProcess(
        engine, journal, writer, bus, directory, keeper, media, utc_now, new_id, settings.data_folder / "run" / "engine-start"
    )
    told.append(process)
    beating = asyncio.create_task(_beat_when_ready(process, settings))
    try:
        await bus.start()
        await writer.start()
        await process.run()
    finally:
        beating.cancel()
        await engine.close()
        await writer.close()
        await bus.close()
        await database.close()


async def _beat_when_ready(process: VoiceProcess, settings: Settings) -> None:
    await process.ready.wait()
    await beat(settings.beat_file("voice"))


async def _until_told(main: Callable[[Settings], Awaitable[None]], settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; what `main` must close, it closes."""
    task = asyncio.ensure_future(main(settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
