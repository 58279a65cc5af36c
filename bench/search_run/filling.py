"""Fills a database with so many customers, by SQL: names, numbers, appliances, vehicles, companies, codes, and what they are found by.

The words of names and companies are the product's own (`customers.search`), the rest is put together in SQL; `verify` compares the texts
of a sample with what the product would have written.
"""

from __future__ import annotations

from random import Random

import psycopg
from bench.search_run.names import PLATES, companies, people
from sqlalchemy import text

from huying.crm.customers.search import Findable, encoded, index_text, keys_of
from huying.crm.customers.writing import refresh_search
from huying.foundation.database import Database

POOL = 150_000
COMPANIES = 3000
SAMPLE = 300

FILL = (
    """INSERT INTO company (id, business_id, name, code, note, fields, search, created_at, updated_at)
        SELECT id, %(business)s::uuid, name, '', '', '{}', '', now(), now() FROM pool_company""",
    """CREATE UNLOGGED TABLE made AS SELECT i,
        (lpad(to_hex(1763000000000 + i), 12, '0') || '7000' || '8000' || lpad(to_hex(i), 12, '0'))::uuid AS id,
        1 + floor(random() * %(pool)s)::int AS pool_n,
        CASE WHEN random() < 0.1 THEN 1 + floor(random() * %(companies)s)::int END AS company_n,
        '861' || (ARRAY['38', '39', '35', '36', '37', '58', '59', '86', '88', '77'])[1 + floor(random() * 10)::int]
            || lpad(floor(random() * 100000000)::text, 8, '0') AS mobile,
        CASE WHEN random() < 0.2 THEN '86' || (ARRAY['10', '21', '20', '755', '28'])[1 + floor(random() * 5)::int]
            || (60000000 + floor(random() * 29999999))::text END AS landline,
        CASE WHEN random() < 0.3 THEN 'C' || lpad(i::text, 8, '0') END AS code,
        CASE WHEN random() < 0.6 THEN 'HC' || lpad(floor(random() * 2512)::text, 4, '0') || lpad(i::text, 7, '0') END AS serial,
        CASE WHEN random() < 0.2 THEN 1 + floor(random() * length(%(plates)s))::int END AS province,
        chr(65 + floor(random() * 26)::int) || lpad(floor(random() * 100000)::text, 5, '0') AS plate_rest
        FROM generate_series(1, %(many)s) AS i""",
    """INSERT INTO customer (id, business_id, name, code, class, company_id, company_role, language, note, fields, created_at, updated_at)
        SELECT made.id, %(business)s::uuid, pool.name, coalesce(made.code, ''), 'normal', company.id, '', 'zh-CN', '', '{}', now(), now()
        FROM made JOIN pool ON pool.n = pool_n LEFT JOIN pool_company AS company ON company.n = company_n""",
    """INSERT INTO customer_number (id, business_id, customer_id, number, label, main, position)
        SELECT gen_random_uuid(), %(business)s::uuid, id, '+' || mobile, '', true, 0 FROM made
        UNION ALL SELECT gen_random_uuid(), %(business)s::uuid, id, '+' || landline, '', false, 1 FROM made WHERE landline IS NOT NULL""",
    """INSERT INTO customer_address (id, business_id, customer_id, kind, province, city, district, street, postcode, usual, position)
        SELECT gen_random_uuid(), %(business)s::uuid, id, 'home', '', '', '', '解放大道' || mod(i, 900) || '号', '', true, 0
        FROM made WHERE mod(i, 2) = 0""",
    """INSERT INTO asset (id, business_id, customer_id, kind, category, model, serial, plate, vin, dealer, note, fields)
        SELECT gen_random_uuid(), %(business)s::uuid, id, 'appliance', '', 'HC-1', serial, '', '', '', '', '{}'::jsonb
        FROM made WHERE serial IS NOT NULL
        UNION ALL SELECT gen_random_uuid(), %(business)s::uuid, id, 'vehicle', '', '', '', substr(%(plates)s, province, 1) || plate_rest,
        '', '', '', '{}'::jsonb FROM made WHERE province IS NOT NULL""",
    """INSERT INTO customer_search (customer_id, business_id, name, pinyin, initials, text)
        SELECT made.id, %(business)s::uuid, pool.key, pool.pinyin, pool.initials,
            ' ' || concat_ws(' ', pool.words, company.words, least(mobile, landline),
            CASE WHEN landline IS NOT NULL THEN greatest(mobile, landline) END,
            (SELECT letters FROM plate_letter WHERE n = province) || lower(plate_rest), lower(serial), lower(code)) || ' '
        FROM made JOIN pool ON pool.n = pool_n LEFT JOIN pool_company AS company ON company.n = company_n""",
)
INDEX = "CREATE INDEX ix_customer_search_text ON customer_search USING gin (text gin_trgm_ops)"


def fill(owner_url: str, business_id: str, many: int, dice: Random) -> None:
    """Put the customers there. `owner_url`: of the owner, who is above foreign keys and row security."""
    with psycopg.connect(owner_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SELECT setseed(0.42)")
        connection.execute("DROP INDEX ix_customer_search_text")
        pool = min(POOL, many)
        _pools(connection, dice, pool)
        for statement in FILL:
            told = {"business": business_id, "pool": pool, "companies": COMPANIES, "plates": PLATES, "many": many}
            connection.execute(statement, told)
        connection.execute(INDEX)
        connection.execute("VACUUM ANALYZE")


def _pools(connection: psycopg.Connection[tuple[object, ...]], dice: Random, pool: int) -> None:
    connection.execute("CREATE UNLOGGED TABLE pool (n int PRIMARY KEY, name text, key text, pinyin text, initials text, words text)")
    connection.execute("CREATE UNLOGGED TABLE pool_company (n int PRIMARY KEY, id uuid, name text, words text)")
    connection.execute("CREATE UNLOGGED TABLE plate_letter (n int PRIMARY KEY, letters text)")
    words: dict[str, tuple[str, ...]] = {}
    with connection.cursor() as cursor, cursor.copy("COPY pool FROM STDIN") as copy:
        for number, name in enumerate(people(dice, pool), 1):
            known = words.get(name)
            if known is None:
                known = words[name] = (*keys_of(name), index_text(Findable(name)).strip())
            copy.write_row((number, name, *known))
    with connection.cursor() as cursor:
        for number, name in enumerate(companies(dice, COMPANIES), 1):
            told = index_text(Findable("", company=name)).strip()
            cursor.execute("INSERT INTO pool_company VALUES (%s, gen_random_uuid(), %s, %s)", (number, name, told))
        for number, letter in enumerate(PLATES, 1):
            cursor.execute("INSERT INTO plate_letter VALUES (%s, %s)", (number, encoded(letter)))


async def verify(database: Database, business_id: str, many: int) -> None:
    """Raise AssertionError when the text of a sample is not what the product writes."""
    sampled = text("SELECT customer_id::text, text FROM customer_search TABLESAMPLE BERNOULLI (:share) LIMIT :most")
    async with database.business(business_id) as session:
        before = dict((await session.execute(sampled, {"most": SAMPLE, "share": min(100.0, 200.0 * SAMPLE / many)})).all())
        await refresh_search(session, list(before))
        again = text("SELECT customer_id::text, text FROM customer_search WHERE customer_id = ANY(CAST(:ids AS uuid[]))")
        after = dict((await session.execute(again, {"ids": list(before)})).all())
        wrong = [(before[key], after[key]) for key in before if sorted(before[key].split()) != sorted(after[key].split())]
        assert before, "no sample"
        assert not wrong, f"{len(wrong)} of {len(before)} texts differ: {wrong[:3]}"
        await session.rollback()
