"""What people type, in each way, drawn by lot; and the peer: ILIKE over title, keywords and texts, without an index of words."""

from __future__ import annotations

from random import Random

from bench.knowledge_run.articles import ENGLISH_WORDS, PARTS, THINGS, TROUBLES
from sqlalchemy import text

from huying.crm.customers.search import initials, like_pattern
from huying.foundation.database import Database

PLAIN = """
    SELECT a.id::text FROM article a JOIN article_version v ON v.article_id = a.id AND v.version = a.published
    WHERE {words} ORDER BY v.title LIMIT 20
"""
WORD = "(v.title ILIKE :{0} OR v.keywords::text ILIKE :{0} OR v.body ILIKE :{0} OR v.customer_part ILIKE :{0})"


def questions(dice: Random, many: int, of_each: int, titles: list[str]) -> list[tuple[str, str]]:
    """(way, what is typed)"""
    asked: list[tuple[str, str]] = []
    for title in titles[:of_each]:
        thing, trouble, part = dice.choice(THINGS), dice.choice(TROUBLES), dice.choice(PARTS)
        asked += [
            ("one word", thing),
            ("two characters of a text", part[:2]),
            ("one character", dice.choice(thing)),
            ("thing and trouble", thing + trouble),
            ("a sentence", f"{thing}怎么{trouble}了"),
            ("part and trouble apart", f"{part} {trouble}"),
            ("three words of texts", f"{thing} {part} {dice.choice(PARTS)}"),
            ("initials", initials(thing + trouble)[:4]),
            ("English words", " ".join(dice.sample(ENGLISH_WORDS, 2))),
            ("English, typing", dice.choice(ENGLISH_WORDS)[:4]),
            ("one letter", dice.choice("abcdehlmpst")),
            ("an error code", f"E{dice.randint(1, 99)}"),
            ("a number of its own", f"K{dice.randrange(many):06d}"),
            ("a whole title", title),
            ("nothing like it", f"火星{dice.choice('甲乙丙丁')}探测器"),
        ]
    return asked


async def search_plainly(database: Database, business_id: str, typed: str) -> list[str]:
    """The ids of the first twenty by title, where every word stands somewhere."""
    told = {f"w{place}": like_pattern(word) for place, word in enumerate(typed.split())}
    statement = PLAIN.format(words=" AND ".join(WORD.format(name) for name in told))
    async with database.business(business_id, timeout_seconds=120) as session:
        return list(await session.scalars(text(statement), told))
