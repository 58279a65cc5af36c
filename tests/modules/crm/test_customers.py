"""Customers and appliances on PostgreSQL: numbers in one form, search in Chinese and English, borders between businesses."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from huying.crm.assets.service import AssetFields, SerialTaken, add_asset, assets_of, change_asset, remove_asset
from huying.crm.customers.finding import Wanted, find_customers
from huying.crm.customers.numbers import InvalidNumber
from huying.crm.customers.service import (
    Customer,
    CustomerFields,
    Number,
    NumberTaken,
    add_customer,
    change_customer,
    find_by_number,
    get_customer,
    identify_by_code,
    identify_caller,
    names_of,
)
from huying.foundation.database import Database
from huying.foundation.errors import InvalidInput, NotFound
from huying.foundation.ids import new_id

NOW = datetime(2026, 5, 1, tzinfo=UTC)
BUSINESS = new_id()


async def add(database: Database, business: str = BUSINESS, **fields: object) -> Customer:
    async with database.business(business) as session:
        return await add_customer(session, business, CustomerFields(**fields), NOW)  # type: ignore[typeddict-item]


async def found(database: Database, typed: str, business: str = BUSINESS) -> list[str]:
    async with database.business(business) as session:
        page = await find_customers(session, Wanted(typed), limit=50, offset=0, now=NOW)
    assert (page.total, page.more) == (len(page.items), False)
    return sorted(found.customer.name for found in page.items)


async def test_found_by_the_number_however_it_is_written(database: Database) -> None:
    made = await add(database, name="王小明", numbers=[Number("138 0013 8000", "手机"), Number("010-65551234")])
    assert [item.number for item in made.numbers] == ["+8613800138000", "+861065551234"]
    async with database.business(BUSINESS) as session:
        for written in ("13800138000", "+8613800138000", "013800138000", "01065551234"):
            customer = await find_by_number(session, written)
            assert customer is not None
            assert customer.id == made.id
        assert await find_by_number(session, "anonymous") is None
        assert await find_by_number(session, "13800138001") is None
        assert await names_of(session, [made.id, new_id()]) == {made.id: "王小明"}


async def test_a_caller_is_identified_within_his_business(database: Database) -> None:
    made = await add(database, name="王小明", language="en", numbers=[Number("13800138000")])
    assert await identify_caller(database, BUSINESS, "13800138000") == (made.id, "en")
    assert await identify_caller(database, new_id(), "13800138000") == ("", "")
    assert await identify_caller(database, BUSINESS, "13800138001") == ("", "")
    assert await identify_caller(database, BUSINESS, "anonymous") == ("", "")


async def test_search_by_name_pinyin_company_number_and_serial(database: Database) -> None:
    wang = await add(database, name="王小明", numbers=[Number("13800138000")])
    await add(database, name="李娜", company={"name": "海风酒店"}, customer_class="vip")
    await add(database, name="John 100% Smith", numbers=[Number("+442079460958")])
    async with database.business(BUSINESS) as session:
        await add_asset(session, BUSINESS, wang.id, AssetFields(model="HC-1", serial="HC2401-77X"))
    for typed, names in {
        "小明": ["王小明"],
        "wxm": ["王小明"],
        "WangXiao": ["王小明"],
        "00138": ["王小明"],
        "2401-77x": ["王小明"],
        "海风": ["李娜"],
        "hfjd": ["李娜"],
        "7946 smith": ["John 100% Smith"],
        "100%": ["John 100% Smith"],
        "_": [],
        "nobody": [],
        "": ["John 100% Smith", "李娜", "王小明"],
    }.items():
        assert await found(database, typed) == names, typed


async def test_changes_keep_what_is_not_given(database: Database) -> None:
    made = await add(database, name="王小明", note="old", numbers=[Number("13800138000")])
    async with database.business(BUSINESS) as session:
        changed = await change_customer(session, made.id, CustomerFields(name="王大明", customer_class="gold"), NOW)
        assert (changed.name, changed.note, changed.customer_class) == ("王大明", "old", "gold")
        assert [item.number for item in changed.numbers] == ["+8613800138000"]
    assert await found(database, "wdm") == ["王大明"]
    assert await found(database, "wxm") == []
    async with database.business(BUSINESS) as session:
        changed = await change_customer(session, made.id, CustomerFields(numbers=[]), NOW)
        assert changed.numbers == ()


async def test_refusals(database: Database) -> None:
    first = await add(database, name="A", numbers=[Number("13800138000")])
    with pytest.raises(NumberTaken):
        await add(database, name="B", numbers=[Number("138-0013-8000")])
    with pytest.raises(InvalidNumber):
        await add(database, name="B", numbers=[Number("12")])
    with pytest.raises(InvalidInput):
        await add(database, name="  ")
    with pytest.raises(InvalidInput):
        await add(database, name="B", customer_class="platinum")
    with pytest.raises(NotFound):
        async with database.business(BUSINESS) as session:
            await get_customer(session, new_id())
    with pytest.raises(SerialTaken):
        async with database.business(BUSINESS) as session:
            await add_asset(session, BUSINESS, first.id, AssetFields(model="M", serial="S"))
            await add_asset(session, BUSINESS, first.id, AssetFields(model="M", serial="S"))
    assert await found(database, "") == ["A"]


async def test_appliances(database: Database) -> None:
    customer = await add(database, name="A")
    async with database.business(BUSINESS) as session:
        old = await add_asset(session, BUSINESS, customer.id, AssetFields(model="M1", serial="1", purchased_on=date(2020, 1, 1)))
        await add_asset(session, BUSINESS, customer.id, AssetFields(model="M2", serial="2", purchased_on=date(2024, 1, 1)))
        assert [asset.model for asset in await assets_of(session, customer.id)] == ["M2", "M1"]
        changed = await change_asset(session, old.id, AssetFields(warranty_until=date(2023, 1, 1)))
        assert changed.warranty_until == date(2023, 1, 1)
        with pytest.raises(InvalidInput):
            await change_asset(session, old.id, AssetFields(warranty_until=date(2019, 1, 1)))
        await remove_asset(session, old.id)
        assert [asset.model for asset in await assets_of(session, customer.id)] == ["M2"]


async def test_another_business_sees_nothing_and_may_have_the_same_number(database: Database) -> None:
    made = await add(database, name="A", numbers=[Number("13800138000")])
    other = new_id()
    assert await found(database, "", other) == []
    await add(database, other, name="Theirs", numbers=[Number("13800138000")])
    async with database.business(other) as session:
        customer = await find_by_number(session, "13800138000")
        assert customer is not None
        assert customer.name == "Theirs"
        with pytest.raises(NotFound):
            await change_customer(session, made.id, CustomerFields(name="stolen"), NOW)


async def test_who_names_a_customer_number_is_that_customer_alone(database: Database) -> None:
    one = await add(database, name="周", code="K-77001", language="en")
    assert await identify_by_code(database, BUSINESS, " k-77001 ") == (one.id, "en")
    for nobody in ("", " ", "77001", "K-77002", "%"):
        assert await identify_by_code(database, BUSINESS, nobody) == ("", "")
    assert await identify_by_code(database, new_id(), "K-77001") == ("", "")
