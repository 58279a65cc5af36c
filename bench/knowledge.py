"""`./huying bench knowledge`: how long it takes until articles are found by typing, among fifty thousand.

Method. A PostgreSQL of its own gets so many published articles of a made-up appliance maker, three quarters Chinese, the rest English, of
some hundred words each; what they are found by is written by the product's own code. Then people's ways of typing are measured, one after
the other on a warm server: from opening the transaction of the business, with row-level security, to the first twenty articles, ranked,
with marks and excerpts: all that the route does but JSON. For some of the same questions, in the same run: plain ILIKE over title, keywords
and texts (no ranking, no pinyin), its twenty ids alone.

`p95_ms` is over all ways alike; `worst_way_p95_ms` that of the slowest; `ratio_to_ilike` the median of ILIKE's time over ours for the same
question; `found_share` of the whole titles typed, how many were among the twenty.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from functools import partial
from random import Random
from statistics import median

from bench.knowledge_run.asking import questions, search_plainly
from bench.knowledge_run.filling import fill
from bench.pages.measured import arguments, tell
from bench.pages.own_postgres import own_postgres
from bench.typing_run.typed import Typed, timed
from sqlalchemy import text

from huying.admin.model import BusinessRow
from huying.crm.knowledge.finding import Page, Wanted, find_articles
from huying.foundation.database import Database
from huying.foundation.ids import new_id

MANY = 50_000
OF_EACH = 40
DRAWN = text("SELECT title FROM article_version ORDER BY md5(article_id::text) LIMIT :many")
PLAIN_OF_EACH = 2
LIMIT = 20
TITLE, NOTHING = "a whole title", "nothing like it"
HEAD = "| typed | example | p50 ms | p95 ms | longest ms | articles |\n|---|---|---:|---:|---:|---:|"


class Run:
    """One run on a filled database. Noted of each search: how many articles (at most 120 are looked at)."""

    def __init__(self, database: Database, business_id: str) -> None:
        self.database, self.business_id = database, business_id
        self.typed = Typed[int]()
        self.titles: list[bool] = []

    async def search(self, typed: str) -> Page:
        """The first twenty."""
        async with self.database.business(self.business_id) as session:
            return await find_articles(session, Wanted(typed, "zh-CN"), LIMIT, 0)

    async def measure(self, asked: Sequence[tuple[str, str]]) -> None:
        """Ask all of them, some before to warm up."""
        for _, typed in asked[:60]:
            await self.search(typed)
        for way, typed in asked:
            page, milliseconds = await timed(partial(self.search, typed))
            self.typed.note(way, typed, milliseconds, page.total)
            if way == TITLE and page.total:
                self.titles.append(any(one.article.version.title == typed for one in page.items))


def usual(_way: str, found: Sequence[int]) -> str:
    """How many articles were found in the middle."""
    return f"{median(found):.0f}"


async def run_all(runtime_url: str, business_id: str, many: int, dice: Random) -> tuple[str, dict[str, object]]:
    """Measure on a filled database; the table and the figures."""
    database = Database(runtime_url, connections=2, statement_seconds=120)
    try:
        async with database.system() as session:
            session.add(BusinessRow(id=business_id, code="bench", name="Bench", time_zone="Asia/Shanghai", languages=["zh-CN"]))
            titles = list(await session.scalars(DRAWN, {"many": OF_EACH}))
        asked = questions(dice, many, OF_EACH, titles)
        run = Run(database, business_id)
        await run.measure(asked)
        assert not any(run.typed.found[NOTHING]), "words that stand nowhere were found"
        await run.typed.compare(asked, run.search, partial(search_plainly, database, business_id), PLAIN_OF_EACH)
    finally:
        await database.close()
    found_share = round(sum(run.titles) / max(len(run.titles), 1), 3)
    return run.typed.table(HEAD, usual), {**run.typed.figures("knowledge"), "found_share": found_share}


def main() -> int:
    """Run it; 0 when 95 of 100 searches take less than 50 ms."""
    parsed = arguments("knowledge", "How long it takes to find an article by typing.", "articles", MANY)
    dice, business_id = Random(parsed.seed), new_id()
    with own_postgres("knowledge") as (server, _):
        began = time.monotonic()
        fill(server.owner_url(), business_id, parsed.articles, dice)
        seconds = time.monotonic() - began
        print(f"{parsed.articles:,} articles made in {seconds:.0f} s", file=sys.stderr, flush=True)
        table, figures = asyncio.run(run_all(server.runtime_url(), business_id, parsed.articles, dice))
    figures |= {"articles": parsed.articles, "filled_in_s": round(seconds)}
    tell("knowledge", f"{parsed.articles:,} articles, {OF_EACH} searches in each way", table, figures, keep=parsed.write)
    return 0 if float(str(figures["p95_ms"])) < 50 else 1


if __name__ == "__main__":
    sys.exit(main())
