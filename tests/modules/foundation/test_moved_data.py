"""What was in the first tables is found again in today's, and goes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from huying.foundation.ids import new_id
from huying.foundation.schema import migration_config
from huying.processes.postgres import EmbeddedPostgres

BUSINESS, QUEUE, OTHER, PERSON, SECOND = (new_id() for _ in range(5))
NAME = '{"zh-CN": "维修", "en": "Repair"}'


@pytest.fixture
def first(postgres: EmbeddedPostgres) -> Iterator[Connection]:
    """A database at the first version, with a business in it."""
    name = f"moved_{new_id().replace('-', '')}"
    postgres.make_database(name)
    engine = create_engine(postgres.owner_url(name))
    with engine.begin() as connection:
        command.upgrade(migration_config(connection), "0001")
        put(connection, "business", id=BUSINESS, code="acme", name="Acme", time_zone="Asia/Shanghai", languages='["zh-CN"]', sample=False)
        for queue_id, code in ((QUEUE, "repair"), (OTHER, "general")):
            seconds = dict.fromkeys(("offer_seconds", "after_call_seconds", "short_abandon_seconds", "service_level_seconds"), 20)
            more = {"strategy": "longest_idle", "announce_seconds": 45, "record": True, "position": 1, "active": True}
            put(connection, "queue", id=queue_id, business_id=BUSINESS, code=code, name=NAME, **seconds, **more)
        for person_id, extension, languages in ((PERSON, "8001", '["zh-CN", "en"]'), (SECOND, "8002", '["zh-CN"]')):
            flags = {"auto_answer": False, "simulated": False, "active": True}
            put(connection, "agent", person_id=person_id, business_id=BUSINESS, extension=extension, languages=languages, **flags)
        for person_id, queue_id in ((PERSON, QUEUE), (PERSON, OTHER), (SECOND, OTHER)):
            put(connection, "agent_queue", person_id=person_id, queue_id=queue_id, business_id=BUSINESS)
        yield connection
    engine.dispose()


def put(connection: Connection, table: str, **row: object) -> None:
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(statement))]


def test_members_languages_and_announcements_move(first: Connection) -> None:
    command.upgrade(migration_config(first), "head")
    served = rows(
        first,
        "SELECT queue.code, work_group.code, work_group.name->>'en', extension, level FROM queue JOIN queue_group ON queue_id = queue.id"
        " JOIN work_group ON work_group.id = group_id JOIN group_member USING (group_id) JOIN agent USING (person_id) ORDER BY 1, 4",
    )
    assert served == [
        ("general", "general", "Repair", "8001", 5),
        ("general", "general", "Repair", "8002", 5),
        ("repair", "repair", "Repair", "8001", 5),
    ]
    spoken = rows(first, "SELECT extension, code, kind, level FROM agent JOIN agent_skill USING (person_id) JOIN skill ON id = skill_id")
    assert sorted(spoken) == [("8001", "en", "language", 7), ("8001", "zh", "language", 7), ("8002", "zh", "language", 7)]
    assert rows(first, "SELECT DISTINCT announcements, target_percent, service_level_kind, requirements FROM queue") == [
        ({"every_seconds": 45}, 80, "SL1", "")
    ]
    command.downgrade(migration_config(first), "0001")
    assert sorted(rows(first, "SELECT extension, code FROM agent_queue JOIN agent USING (person_id) JOIN queue ON id = queue_id")) == [
        ("8001", "general"),
        ("8001", "repair"),
        ("8002", "general"),
    ]
    assert rows(first, "SELECT DISTINCT announce_seconds FROM queue") == [(45,)]
    assert rows(first, "SELECT languages FROM agent ORDER BY extension") == [(["zh-CN", "en"],), (["zh-CN"],)]


def test_one_disposition_of_each_code_and_every_queue_shows_what_it_showed(first: Connection) -> None:
    command.upgrade(migration_config(first), "0011")
    known = {"business_id": BUSINESS, "name": NAME, "active": True}
    for position, (queue_id, code) in enumerate(((None, "solved"), (QUEUE, "booked"), (OTHER, "booked"), (QUEUE, "advice"))):
        put(first, "disposition", id=new_id(), queue_id=queue_id, code=code, position=position, **known)
    command.upgrade(migration_config(first), "0012")
    assert rows(first, "SELECT code FROM disposition ORDER BY position") == [("solved",), ("booked",), ("advice",)]
    shown = rows(
        first,
        "SELECT queue.code, disposition.code FROM queue_desk JOIN queue ON queue.id = queue_id JOIN disposition"
        " ON branches ? disposition.id::text ORDER BY 1, 2",
    )
    assert shown == [("general", "booked"), ("general", "solved"), ("repair", "advice"), ("repair", "booked"), ("repair", "solved")]
    command.downgrade(migration_config(first), "0011")
    assert rows(first, "SELECT DISTINCT queue_id FROM disposition") == [(None,)]
