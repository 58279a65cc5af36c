"""The wiring plan of the house: the only place that constructs things. Reads from top to bottom like a list; decides nothing."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from urllib.parse import urlsplit

from huying.admin.passwords import Passwords
from huying.admin.wiring import make_admin
from huying.analytics.live import LiveCentre
from huying.analytics.live_background import DatabaseBackground
from huying.analytics.projection import Projection
from huying.channels.desk.phones import Phones
from huying.channels.desk_work.database_book import DatabaseBook
from huying.channels.service import customers_met
from huying.channels.voice.client import VoiceClient
from huying.channels.voice.database_directory import DatabaseDirectory
from huying.channels.voice.keypad_book import DatabaseKeypadBook
from huying.channels.voice.process import VoiceProcess
from huying.channels.voice.recording_store import RecordingStore
from huying.crm.customers.catching_up import keep_findable
from huying.crm.importing.job import ImportJobs
from huying.crm.importing.undoing import taker_back
from huying.crm.importing.writing import write_rows
from huying.flows.prompts.library import media
from huying.foundation.bus.nats import NatsBus
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError
from huying.foundation.heartbeat import beat
from huying.foundation.http import Ground
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.foundation.journal.spool import Spool
from huying.foundation.journal.writer import JournalWriter
from huying.foundation.logging import set_up_logging
from huying.foundation.loop_apart import run_apart
from huying.foundation.settings import Settings
from huying.foundation.vault import Vault
from huying.routing.desk_identity import agent_finder
from huying.routing.hooks.api import HookDesk
from huying.routing.hooks.asking import HookAsker, QueueHooks
from huying.sample.closing import SampleClosing
from huying.sample.load import load_sample, sample_business
from huying.sample.organisation import SERVICE_NUMBER
from huying.sample.traffic import Traffic, load_crew, most_at_once
from huying.supervision.recordings.service import Recordings
from huying.telephony.asterisk.engine import AsteriskEngine
from huying.telephony.asterisk.simulated_parties import SimulatedCustomers
from huying.web.app import WebParts, make_app
from huying.web.server import WebServer

SWEEP_SECONDS = 60


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

    def refused(entries: Sequence[Entry], error: Exception) -> None:
        for process in told:
            process.refused(entries, error)

    writer = JournalWriter(journal, Spool(settings.spool_folder), published, refused=refused)
    directory = DatabaseDirectory(database, vault, sounds=settings.sounds_folder)
    keeper = RecordingStore(database, vault, settings.recordings_folder, left=DatabaseBook(database, bus).message_left)
    asker = HookAsker()
    keypad_book = DatabaseKeypadBook(database, vault, settings.recordings_folder, settings.asterisk_folder / "heard", utc_now, bus)
    keypad_book.forget_all_sounds()
    started = settings.data_folder / "run" / "engine-start"
    process = VoiceProcess(
        engine,
        journal,
        writer,
        bus,
        directory,
        keeper,
        media,
        utc_now,
        new_id,
        started,
        QueueHooks(asker, prepare=asker.prepare),
        DatabaseBook(database, bus),
        keypad_book,
    )
    told.append(process)
    beside = [asyncio.create_task(_beat_when_ready(process, settings)), asyncio.create_task(_sweep(process, keeper, settings))]
    spare_the_collector()
    try:
        await bus.start()
        await writer.start()
        await writer.flushed()  # what a dead process spooled must be in the journal before it is read
        await process.run()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await asker.close()
        await engine.close()
        await writer.close()
        keeper.close()
        await bus.close()
        await database.close()


async def _beat_when_ready(process: VoiceProcess, settings: Settings) -> None:
    await process.ready.wait()
    await beat(settings.beat_file("voice"))


async def _sweep(process: VoiceProcess, keeper: RecordingStore, settings: Settings) -> None:
    """Now and then, keep the sound that a crash left behind."""
    await process.ready.wait()
    while True:
        in_use = {recording for owner in process.switchboard.owners.values() for recording in owner.expected_recordings()}
        with contextlib.suppress(HuyingError):
            await keeper.sweep(settings.asterisk_folder / "spool" / "recording", in_use)
        await asyncio.sleep(SWEEP_SECONDS)


async def _until_told(main: Callable[[Settings], Awaitable[None]], settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; what `main` must close, it closes."""
    task = asyncio.ensure_future(main(settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def run_web(settings: Settings) -> None:
    """Run the web process until it is told to end."""
    set_up_logging("web")
    asyncio.run(_until_told(_web, settings))


async def _web(settings: Settings) -> None:
    vault = Vault(settings.master_key)
    database = Database(settings.database_url)
    bus = NatsBus(settings.nats_url, "web")
    journal = PostgresJournal(database)
    centre = LiveCentre(VoiceClient(bus), bus, DatabaseBackground(database), journal)
    projection = Projection(database, journal, bus, seen=centre.confirm)
    ground = Ground(database, bus, utc_now, settings.demo)
    admin = make_admin(ground, agent_finder(database))
    hooks = HookDesk(vault)
    imports_database = Database(settings.database_url, connections=2)  # of the thread that imports
    imports = import_jobs(imports_database)
    turn = {"url": f"turn:{settings.public_address}:{settings.turn_port}", "secret": settings.turn_secret} if settings.turn_port else None
    parts = WebParts(
        ground=ground,
        centre=centre,
        phones=Phones(vault, settings.public_address or urlsplit(settings.origin).hostname or "127.0.0.1", settings.sip_port, turn),
        web_call_key=vault.derive(b"web calls"),
        admin=admin,
        allowed_origins=frozenset({settings.origin}),
        state={"recordings": Recordings(database, vault, settings.recordings_folder), "hooks": hooks, "import_jobs": imports},
    )
    server = WebServer(make_app(parts), settings.web_port)
    beside = [
        asyncio.create_task(projection.run(), name="projection"),
        asyncio.create_task(run_imports(imports, imports_database), name="imports"),
        asyncio.create_task(keep_findable(database), name="customers-findable"),
        asyncio.create_task(_beat_when_serving(server, settings)),
    ]
    spare_the_collector()
    try:
        await bus.start()
        await server.serve()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await hooks.asker.close()
        await bus.close()
        await database.close()


def spare_the_collector() -> None:
    """Whatever stands now stays until the end: else each full collection looks through all of it, and nobody is served for 0.2 s."""
    gc.collect()
    gc.freeze()


def import_jobs(database: Database) -> ImportJobs:
    """The worker of imports."""
    return ImportJobs(database, utc_now, write_rows, taker_back(customers_met))


async def run_imports(imports: ImportJobs, database: Database) -> None:
    """Import in a thread, since reading and writing some hundred rows takes longer than somebody at a page should wait."""

    async def work() -> None:
        try:
            await imports.run()
        finally:
            await database.close()

    await run_apart(work)


async def _beat_when_serving(server: WebServer, settings: Settings) -> None:
    await server.started()
    await beat(settings.beat_file("web"))


def run_traffic(settings: Settings) -> None:
    """Run the demo's simulated customers and agents until told to end."""
    set_up_logging("traffic")
    asyncio.run(_until_told(_traffic, settings))


async def _traffic(settings: Settings) -> None:
    database = Database(settings.database_url, connections=1)
    bus = NatsBus(settings.nats_url, "traffic")
    customers = SimulatedCustomers(settings.ari_address, settings.ari_secret)
    beating = asyncio.create_task(beat(settings.beat_file("traffic")))
    try:
        await bus.start()
        crew = await load_crew(database, await sample_business(database))
        rate, dice = settings.calls_per_minute, Random()  # noqa: S311
        closing = SampleClosing(database, crew.business_id, dice)
        await Traffic(customers, VoiceClient(bus), bus, crew, SERVICE_NUMBER, rate, dice, most_at_once(), closing).run()
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        await customers.close()
        await bus.close()
        await database.close()


def fill_sample(settings: Settings) -> None:
    """Fill in the sample business of the demo, once."""
    asyncio.run(_fill_sample(settings))


async def _fill_sample(settings: Settings) -> None:
    database = Database(settings.database_url)
    try:
        await load_sample(database, Passwords(), Vault(settings.master_key), utc_now(), demo=settings.demo)
    finally:
        await database.close()
