"""`./huying bench mixed`: 200 agents and five calls a second with sound on the real engine, everything mixed, ten minutes long.

Method. The product as the supervisor starts it (Asterisk, voice process, PostgreSQL with the journal, NATS) and a business of two
queues: a small one with 8 agents and far too many calls, which overflow to the large one after five seconds; the large one goes back to
the agent who last served the same number and waits four seconds for him. A tenth of the callers are VIPs by a rule on their numbers,
a third call again and again, and all through the run customers ask to be called back, by turns from both queues; they are called over
the trunk, answer, talk and hang up. Callers and agents' telephones are sipp, with A-law both ways. Nobody is recorded.

Afterwards the whole journal is read: every stream must be without a gap and fit, every queue entry must have exactly one ending and the
identity of the figures must hold in every interval, no agent may be left in a contact, and the reconciler must have had nothing to
repair. A call is well when an agent talked with the caller until the caller hung up.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench.mixed_run.account import account, whole_journal
from bench.mixed_run.business import SMALL_NUMBER, MixedBusiness
from bench.mixed_run.customers import customers
from bench.pages.measured import circumstances, write
from bench.queue_run.huying_side import house_with
from bench.queue_run.parties import AgentsPhones, Load, Seen, calling, seen_of, start_phones, stop_phones, wait_over
from bench.queue_run.side import Ground, Side

from huying.channels.voice.client import VoiceClient
from huying.foundation.bus.nats import NatsBus
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError
from huying.foundation.logging import set_up_logging
from huying.foundation.settings import Settings
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import free_port
from huying.processes.start import ensure_runtime

AGENTS = 200
TALK_SECONDS = 20
FIRST_SOUND_PORT = 40000
CALLBACK_EVERY_SECONDS = 4.0
QUIET_SECONDS = 40.0
"""After the last call: callbacks that were asked for last are over, and every fold has come to its end."""


def loads(seconds: int) -> tuple[Load, ...]:
    """Who calls, with how many calls a second: strangers, the same sixty again and again, VIPs, and the small queue's."""
    common = Load(0, 1.5, seconds, sound=True, talk_seconds=TALK_SECONDS)
    return (
        common,
        replace(common, number=1, per_second=1.7, known=60),
        replace(common, number=2, per_second=0.5),
        replace(common, number=3, per_second=1.3, service=SMALL_NUMBER),
    )


def main() -> int:
    """Run it; 0 when everything held."""
    parser = argparse.ArgumentParser(prog="huying bench mixed", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=int, default=600, help="how long calls come in (default 600)")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    given = parser.parse_args()
    set_up_logging("bench", as_json=False)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before its time"))
    if not shutil.which("sipp"):
        sys.exit("bench mixed needs sipp: install it (Debian: apt-get install sip-tester)")
    folder = Path(tempfile.mkdtemp(prefix="huying-bench-"))
    folder.chmod(0o711)
    try:
        found = _run(folder, given.seconds)
    finally:
        shutil.rmtree(EmbeddedPostgres(folder / "huying" / "postgres").folder, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    text = "\n".join(["| figure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in found.items())])
    sys.stdout.write(text + "\n")
    if given.write:
        write("mixed", f"{circumstances()}; {AGENTS} agents, 5 calls/s with sound for {given.seconds} s.\n\n{text}\n")
    sys.stdout.write(json.dumps(found) + "\n")
    held = (
        found["identity_holds"] and not found["unfit_entries"] and not found["reconciler_repairs"] and not found["agents_left_in_a_contact"]
    )
    return 0 if held else 1


def _run(folder: Path, seconds: int) -> dict[str, object]:
    ground = Ground(folder, free_port(), free_port(), FIRST_SOUND_PORT, [f"agent{number:03d}" for number in range(AGENTS)])
    customers_port = free_port()
    business = MixedBusiness(customers_port)
    phones = AgentsPhones(ground.phones_port, folder / "agents.log")
    with ExitStack() as stack:
        runtime = ensure_runtime(_say)
        _say("starting the product with 200 agents")
        side, settings = stack.enter_context(house_with(ground, runtime, business.fill))
        stack.callback(stop_phones, phones)
        start_phones(phones, folder, FIRST_SOUND_PORT + 2000)
        stack.enter_context(customers(folder, customers_port, FIRST_SOUND_PORT + 2050))
        before, began = side.spent(), time.monotonic()
        wished = _callers(stack, ground, side, seconds, settings, business)
        spent = {name: used - before[name] for name, used in side.spent().items()}
        took = time.monotonic() - began
        found = asyncio.run(_account(settings))
    calls = [seen for load in loads(seconds) for seen in _seen(load, folder, phones)]
    well = sum(seen.went_well for seen in calls)
    return {
        "calls": sum(load.calls for load in loads(seconds)),
        "distinct_callers_well": well,
        "callbacks_asked_for": wished,
        **found,
        "cores_used": {name: round(used / took, 3) for name, used in spent.items()},
    }


def _seen(load: Load, folder: Path, phones: AgentsPhones) -> list[Seen]:
    return list(seen_of(load, folder, phones).values())


def _callers(stack: ExitStack, ground: Ground, side: Side, seconds: int, settings: Settings, business: MixedBusiness) -> int:
    running = []
    for place, load in enumerate(loads(seconds)):
        local, media = free_port(), FIRST_SOUND_PORT + 2100 + place * 1000
        running.append((stack.enter_context(calling(load, ground.folder, side.sip_port, local, media)), load))
    wished = asyncio.run(_wish(settings, business, seconds))
    for process, load in running:
        wait_over(process, load)
    time.sleep(QUIET_SECONDS)
    return wished


async def _wish(settings: Settings, business: MixedBusiness, seconds: int) -> int:
    """Ask to be called back every few seconds, from both queues by turns; how many wishes were taken."""
    bus, ids, taken = NatsBus(settings.nats_url, "bench-wishes"), business.found, 0
    await bus.start()
    try:
        voice, until = VoiceClient(bus), time.monotonic() + seconds
        for number in range(1_000_000):
            if time.monotonic() >= until:
                return taken
            entry, queue_id = ("small", ids.small_queue) if number % 2 else ("main", ids.main_queue)
            try:
                await voice.request_callback(ids.business_id, entry, queue_id, f"+86137{number:08d}")
                taken += 1
            except HuyingError as error:
                _say(f"a wish was not taken: {error.message}")
            await asyncio.sleep(CALLBACK_EVERY_SECONDS)
    finally:
        await bus.close()
    return taken


async def _account(settings: Settings) -> dict[str, object]:
    database, bus = Database(settings.database_url), NatsBus(settings.nats_url, "bench-account")
    await bus.start()
    try:
        open_streams = await VoiceClient(bus).open_streams()
        entries = await whole_journal(database)
    finally:
        await bus.close()
        await database.close()
    talking = {"ringing", "talking", "holding"}
    states: dict[str, str] = {}
    for entry in open_streams.entries:
        if entry.kind == "AgentStateChanged":
            states[entry.stream_id] = str(getattr(entry.event, "state", ""))
    return {**account(entries), "agents_left_in_a_contact": sum(state in talking for state in states.values())}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
