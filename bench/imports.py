"""`./huying bench imports`: how long an import of customers takes, and how long it keeps the web process from anything else.

Method. A PostgreSQL of its own; a table of so many rows (name, code, mobile, class, company, two tags, address, model, serial, day of
purchase) is staged as the page does it, written by the product's own job, brought once more with other classes and notes (so that every
row changes a customer who is there), and that is taken back. Meanwhile a task on the loop that the job was started from, which is the web
process's, wants to run every 2 ms: `block` is the longest time it had to wait. PostgreSQL runs on the same machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from bench.pages.measured import arguments, tell
from bench.pages.own_postgres import own_postgres
from bench.search_run.names import GIVEN, SURNAMES

from huying.admin.model import BusinessRow
from huying.bootstrap import import_jobs, run_imports, spare_the_collector
from huying.crm.importing.model import CustomerImportRow
from huying.crm.importing.service import Options, find_import, stage, start, undo
from huying.crm.importing.targets import BY_CODE
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.ids import new_id

MANY = 100_000
STEPS = ("create", "update", "undo")
TICK_SECONDS = 0.002
HEADING = ("姓名", "客户编号", "手机", "客户等级", "公司", "标签", "详细地址", "型号", "序列号", "购买日期", "备注")
TARGETS = ("name", "code", "mobile", "class", "company", "tags", "address", "asset.model", "asset.serial", "asset.purchased_on", "note")
HEAD = "| step | rows | seconds | rows/s | longest block ms | p99 block ms |\n|---|---:|---:|---:|---:|---:|"


def table(dice: Random, rows: int, *, changed: bool) -> Iterator[Sequence[str]]:
    """The rows of a file; with `changed` of the same customers, otherwise told."""
    for number in range(rows):
        name = f"{dice.choice(SURNAMES)}{dice.choice(GIVEN)}{dice.choice(GIVEN)}"
        told = ("金卡", "二月来过") if changed else ("贵宾", "")
        yield (
            *(name, f"B-{number:07d}", f"138{number:08d}", told[0], f"第{number % 5000}公司", f"标签{number % 40}、老客户"),
            *(f"科技园{number}号", f"HC-{number % 90}", f"SN-{number:08d}", f"2025-0{1 + number % 9}-11", told[1]),
        )


class Ticks:
    """How long a task of the loop had to wait for its turn, in milliseconds."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK_SECONDS)
            self.waited.append(1000 * (time.perf_counter() - began - TICK_SECONDS))


async def one_step(
    url: str, database: Database, business_id: str, import_id: str, end: str
) -> tuple[CustomerImportRow, float, list[float]]:
    """Let the job work until the import is in this state."""
    own, ticks = Database(url, connections=2), Ticks()
    beside = [asyncio.create_task(run_imports(import_jobs(own), own)), asyncio.create_task(ticks.run())]
    began = time.perf_counter()
    try:
        while True:
            await asyncio.sleep(0.5)
            async with database.business(business_id) as session:
                row = await find_import(session, import_id)
            if row.state == end:
                return row, time.perf_counter() - began, ticks.waited
            assert row.state in ("running", "undoing"), (row.state, row.error)
    finally:
        for task in beside:
            task.cancel()
        for task in beside:
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def run_all(url: str, business_id: str, rows: int, folder: Path, dice: Random) -> tuple[str, dict[str, object]]:
    """Import, import again, take back; the table and the figures."""
    database = Database(url, connections=4)
    spare_the_collector()
    lines, figures, by = [HEAD], dict[str, object]({"bench": "imports", "rows": rows}), new_id()
    try:
        async with database.system() as session:
            session.add(BusinessRow(id=business_id, code="bench", name="Bench", time_zone="Asia/Shanghai", languages=["zh-CN"]))
        for step in STEPS:
            if step != "undo":
                path = folder / f"{step}.csv"
                with path.open("w", newline="") as file:
                    csv.writer(file).writerows([HEADING, *table(dice, rows, changed=step == "update")])
                import_id = await stage(database, business_id, by, (path.name, path), BY_CODE, utc_now())
            async with database.business(business_id) as session:
                if step == "undo":
                    await undo(session, import_id, by, utc_now())
                else:
                    await start(session, import_id, TARGETS, Options(), BY_CODE, by, utc_now())
            row, seconds, waited = await one_step(url, database, business_id, import_id, "undone" if step == "undo" else "done")
            counts = {name: getattr(row, name) for name in ("created", "updated", "failed", "reverted", "left_alone")}
            print(step, f"{seconds:.1f} s", counts, file=sys.stderr, flush=True)
            longest, usual = max(waited), sorted(waited)[int(len(waited) * 0.99)]
            lines.append(f"| {step} | {rows:,} | {seconds:.1f} | {rows / seconds:.0f} | {longest:.1f} | {usual:.1f} |")
            figures |= {f"{step}_s": round(seconds, 1), f"{step}_block_ms": round(longest, 1), f"{step}_p99_block_ms": round(usual, 1)}
    finally:
        await database.close()
    return "\n".join(lines), figures


def main() -> int:
    """Run it; 0 when 99 of 100 turns of the loop came within 50 ms."""
    parsed = arguments("imports", "How long an import of customers takes, and what it holds up.", "rows", MANY)
    with own_postgres("imports") as (server, folder):
        told, figures = asyncio.run(run_all(server.runtime_url(), new_id(), parsed.rows, folder, Random(parsed.seed)))
    tell("imports", f"{parsed.rows:,} rows", told, figures, keep=parsed.write)
    return 0 if all(float(str(figures[f"{step}_p99_block_ms"])) < 50 for step in STEPS) else 1


if __name__ == "__main__":
    sys.exit(main())
