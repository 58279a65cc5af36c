"""Fills a database with so many published articles; what they are found by is the product's own, and compared with what it writes."""

from __future__ import annotations

import json
from random import Random

import psycopg
from bench.knowledge_run.articles import article

from huying.crm.knowledge.content import plain_text, vectors
from huying.foundation.ids import new_id

TABLES = {
    "article": "id, business_id, version, published, published_at, created_at, changed_at",
    "article_version": (
        "article_id, business_id, version, title, body, customer_part, language, category, "
        "keywords, queue_ids, classes, products, choices, at"
    ),
    "article_search": "article_id, business_id, title, head, document, text",
}
AT = "2026-01-01T00:00:00Z"
AT_ONCE = 5000


def fill(owner_url: str, business_id: str, many: int, dice: Random) -> None:
    """Put the articles there. `owner_url`: of the owner, who is above foreign keys and row security."""
    with psycopg.connect(owner_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        for begin in range(0, many, AT_ONCE):
            rows = [_rows(business_id, begin + place, dice) for place in range(min(AT_ONCE, many - begin))]
            for table, columns in TABLES.items():
                with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row[table])
        connection.execute("VACUUM ANALYZE")


def _rows(business_id: str, number: int, dice: Random) -> dict[str, tuple[object, ...]]:
    content, article_id = article(dice, number), new_id()
    lists = [json.dumps(list(one)) for one in (content.keywords, (), (), content.products, ())]
    texts = (content.title, content.body, content.customer_part, content.language, content.category)
    found_by = vectors(content)
    return {
        "article": (article_id, business_id, 1, 1, AT, AT, AT),
        "article_version": (article_id, business_id, 1, *texts, *lists, AT),
        "article_search": (article_id, business_id, found_by["title"], found_by["head"], found_by["document"], plain_text(content)),
    }
