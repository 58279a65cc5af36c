"""Many customers at once, what typing finds of them after, and the border between businesses in it."""

from __future__ import annotations

import json

from sqlalchemy import delete, select, text

from huying.crm.consent.service import refusal, refuse_all
from huying.crm.customers.bulk import BulkRow, put_customers
from huying.crm.customers.catching_up import catch_up
from huying.crm.customers.document import Address, CustomerFields, DoNotCall, Number
from huying.crm.customers.finding import CANDIDATES, Wanted, find_customers
from huying.crm.customers.model import CustomerSearchRow
from huying.crm.customers.service import get_customer
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.ids import new_id

NOW = utc_now()
BUSINESS = new_id()


def row(number: int, name: str, phone: str = "", **fields: object) -> BulkRow:
    given = CustomerFields(name=name, numbers=[Number(phone)] if phone else [], **fields)  # type: ignore[typeddict-item]
    return BulkRow(number, given, {"model": "HC", "serial": f"S{number}"})


async def names(database: Database, typed: str, business: str = BUSINESS) -> list[str]:
    async with database.business(business) as session:
        return [found.customer.name for found in (await find_customers(session, Wanted(typed), 20, 0, NOW)).items]


async def test_created_updated_and_refused_by_row(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        rows = [
            row(1, "王小明", "13800138000", code="C1", company={"name": "海风酒店"}, tags=["a"]),
            row(2, "李娜", "12"),
            row(3, "", "13800138001"),
            row(4, "王小明", "13900139000", code="C1", tags=["b"], addresses=[Address(street="x")]),
        ]
        options = {"match": "code_or_number", "existing": "update", "person_id": None, "now": NOW}
        done = await put_customers(session, BUSINESS, rows, **options)  # type: ignore[arg-type]
        assert [one.outcome for one in done] == ["created", "failed", "failed", "updated"]
        assert [one.error.code for one in done if one.error] == ["invalid-number", "invalid-input"]
        customer = await get_customer(session, str(done[0].customer_id), NOW)
        assert [one.number for one in customer.numbers] == ["+8613800138000", "+8613900139000"]
        assert [tag.name for tag in customer.tags] == ["a", "b"]
        taken = BulkRow(9, CustomerFields(name="Z"), {"model": "HC", "serial": "S1"})
        again = await put_customers(session, BUSINESS, [taken], **options)  # type: ignore[arg-type]
        assert again[0].error is not None
        assert again[0].error.code == "serial-taken"
    assert await names(database, "hfjd") == ["王小明"]
    assert await names(database, "S4") == ["王小明"]


async def test_what_he_is_found_by_is_written_again_when_it_changes_alone(database: Database) -> None:
    options = {"match": "code", "existing": "update", "person_id": None, "now": NOW}
    first = row(1, "赵明", "13811112222", code="C7", tags=["a"])
    written = text("SELECT xmin::text FROM customer_search WHERE customer_id = :id")

    async def put(given: BulkRow) -> tuple[str, str]:
        async with database.business(BUSINESS) as session:
            (done,) = await put_customers(session, BUSINESS, [given], **options)  # type: ignore[arg-type]
        async with database.system() as session:
            return str(done.customer_id), str(await session.scalar(written, {"id": done.customer_id}))

    customer_id, at_first = await put(first)
    same = row(1, "赵明", "13811112222", code="C7", tags=["a"], customer_class="vip", note="x", company={"name": "", "role": "y"})
    assert await put(same) == (customer_id, at_first)
    for given, typed in (
        (row(1, "赵明", "13911113333", code="C7"), "13911113333"),
        (row(1, "钱亮", "13811112222", code="C7"), "qianliang"),
        (row(2, "钱亮", code="C7"), "S2"),
        (row(2, "钱亮", code="C7", company={"name": "长江贸易"}), "长江贸易"),
    ):
        assert (await put(given))[0] == customer_id
        assert len(await names(database, typed)) == 1, typed
    async with database.business(BUSINESS) as session:
        customer = await get_customer(session, customer_id, NOW)
    assert (customer.customer_class, customer.note, [tag.name for tag in customer.tags]) == ("vip", "x", ["a"])
    assert [one.number for one in customer.numbers] == ["+8613811112222", "+8613911113333"]


async def test_the_closest_come_first_and_whole_ones_alone(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        rows = [
            row(1, "王伟民", "13800138001"),
            row(2, "王伟", "13800138002"),
            row(3, "李王伟", "13800138003"),
            row(4, "Wang Wei", "+442079460958", code="13800138002"),
        ]
        await put_customers(session, BUSINESS, rows, match="none", existing="create", person_id=None, now=NOW)
    assert await names(database, "王伟") == ["王伟", "王伟民", "李王伟"]
    assert await names(database, "ww") == ["王伟", "王伟民", "Wang Wei"]
    assert await names(database, "wangwei") == ["王伟", "Wang Wei", "王伟民", "李王伟"]
    assert sorted(await names(database, "13800138002")) == ["Wang Wei", "王伟"]
    assert len(await names(database, "1380013")) == 4
    assert (await names(database, "8003"))[0] == "李王伟"
    assert (await names(database, "王 8001"))[0] == "王伟民"
    assert (await names(database, "wei wang"))[:2] == ["Wang Wei", "王伟"]


async def test_the_best_are_on_the_first_page_among_very_many(database: Database) -> None:
    """More customers than are looked at fit each of these; those who fit best are shown all the same."""
    crowd = [row(number, f"王{chr(0x4E00 + number)}伟", f"1390{number:07d}") for number in range(1, 601)]
    crowd += [row(number, f"张{chr(0x4E00 + number)}", f"1391{number:07d}") for number in range(601, 1201)]
    crowd += [row(number, f"周{chr(0x4E00 + number)}玮", f"1391{number:07d}") for number in range(1201, 1801)]
    best = [row(2001, "王伟", "13800138001"), row(2002, "展红", "13800138002")]
    best += [row(2003, "Wei Wang", "19991390000"), row(2004, "周玮", "13800138004")]
    async with database.business(BUSINESS) as session:
        await put_customers(session, BUSINESS, crowd + best, match="none", existing="create", person_id=None, now=NOW)
    for typed, first in {"王 伟": "王伟", "王伟": "王伟", "wang wei": "王伟", "wei 王": "王伟", "zh": "展红", "199913": "Wei Wang"}.items():
        assert first in (await names(database, typed))[:3], typed
    assert "周玮" in (await names(database, "zw"))[:20]
    assert "Wei Wang" in (await names(database, "wang wei"))[:3]


async def test_another_business_is_never_found(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        rows = [row(1, "王伟", "13800138001")]
        await put_customers(session, BUSINESS, rows, match="none", existing="create", person_id=None, now=NOW)
    other = new_id()
    for typed in ("王伟", "wangwei", "13800138001", "0138", "S1"):
        assert await names(database, typed, other) == []
    told = {"near": "[]", "words": json.dumps([["%"]]), "beginnings": ["w"], "most": 10}
    async with database.business(other) as session:
        assert (await session.execute(CANDIDATES, told)).all() == []
        await session.execute(text("SELECT set_config('huying.business_id', '', true)"))
        assert (await session.execute(CANDIDATES, told)).all() == []


async def test_what_is_missing_is_written_at_the_start(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        rows = [row(1, "王伟", "13800138001"), row(2, "李娜", "13800138002")]
        await put_customers(session, BUSINESS, rows, match="none", existing="create", person_id=None, now=NOW)
        before = sorted(await session.scalars(select(CustomerSearchRow.text)))
        await session.execute(delete(CustomerSearchRow))
    assert await names(database, "wang") == []
    assert (await catch_up(database), await catch_up(database)) == (2, 0)
    async with database.business(BUSINESS) as session:
        assert sorted(await session.scalars(select(CustomerSearchRow.text))) == before


async def test_who_is_not_to_be_called(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        rows = [row(1, "A", "13800138001", do_not_call=DoNotCall("asked")), row(2, "B", "13800138001")]
        await put_customers(session, BUSINESS, rows, match="none", existing="create", person_id=None, now=NOW)
        assert await refusal(session, "13800138001", NOW) is None
        await refuse_all(session, BUSINESS, {("", "+8613800138001"): DoNotCall("letter")}, None, NOW)
        refused = await refusal(session, "138 0013 8001", NOW)
        assert refused is not None
        assert refused.reason == "letter"
        await refuse_all(session, BUSINESS, {("", "+8613800138001"): None}, None, NOW)
        assert await refusal(session, "13800138001", NOW) is None
        assert await refusal(session, "13800138009", NOW) is None
