"""Merging customers on PostgreSQL, and taking that back: both are exactly as they were, or it is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.service import AssetFields, add_asset, assets_of, change_asset
from huying.crm.customers.document import Address, CustomerFields, DoNotCall, Email, Number
from huying.crm.customers.finding import Wanted, find_customers
from huying.crm.customers.service import add_customer, change_customer, customer_row, get_customer, ids_of, names_of
from huying.crm.fields.service import FieldData, add_field
from huying.crm.merging.apart import marks, tell_alike, tell_apart
from huying.crm.merging.duplicates import all_duplicates, duplicates_of
from huying.crm.merging.rows import read_person
from huying.crm.merging.service import AlreadyParted, CannotPart, MergedOn, merge_customers, merges_of, undo_merge
from huying.crm.purchases.service import add_purchase
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.errors import InvalidInput, NotFound
from huying.foundation.ids import new_id

NOW = utc_now()
BUSINESS, PERSON = new_id(), new_id()


async def make(session: AsyncSession, **fields: object) -> str:
    given = CustomerFields(share_numbers=True, **fields)  # type: ignore[typeddict-item]
    return (await add_customer(session, BUSINESS, given, NOW, PERSON)).id


async def two(session: AsyncSession) -> tuple[str, str]:
    """Two who share a number, each with everything."""
    await add_field(session, BUSINESS, FieldData("customer", "floor", {"en": "Floor"}, "number"))
    await add_field(session, BUSINESS, FieldData("customer", "dog", {"en": "Dog"}, "yes_no"))
    one = await make(
        session,
        name="王小明",
        code="C-1",
        note="old",
        numbers=[Number("13800138000"), Number("01065551234", "家")],
        tags=["a", "b"],
        addresses=[Address("home", "北京市", "北京市", "朝阳区", "建国路1号")],
        emails=[Email("a@example.com")],
        fields={"floor": 3},
        warnings=[{"text": "dog"}],
        consents=[{"kind": "calls", "given": True}],
        company={"name": "海风酒店", "role": "采购"},
    )
    other = await make(
        session,
        name="王小明先生",
        code="C 1 b",
        note="new",
        customer_class="vip",
        numbers=[Number("13800138000", "手机"), Number("13900139000")],
        tags=["b", "c"],
        addresses=[Address("home", "北京市", "北京市", "朝阳区", "建国路 1号"), Address("office", street="x")],
        fields={"floor": 5, "dog": True},
        do_not_call=DoNotCall("asked"),
        warnings=[{"text": "deaf", "until": NOW + timedelta(days=9)}],
    )
    await add_asset(session, BUSINESS, other, AssetFields(model="HC", serial="S1", purchased_on=date(2024, 1, 1)))
    await add_purchase(session, BUSINESS, other, {"number": "SO1", "day": date(2024, 1, 1), "items": [{"name": "TV", "quantity": 1}]})
    return one, other


async def found(session: AsyncSession, typed: str) -> list[str]:
    return [one.customer.id for one in (await find_customers(session, Wanted(typed), 20, 0, NOW)).items]


async def test_everything_comes_together_and_goes_back(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        one, other = await two(session)
        before = [await read_person(session, who) for who in (one, other)]
        merged = await merge_customers(session, BUSINESS, one, [other], {"class": other, "fields.dog": other}, PERSON, NOW)
        customer = await get_customer(session, other, NOW)
        assert (customer.id, customer.name, customer.code, customer.customer_class) == (one, "王小明", "C-1", "vip")
        assert customer.note == "old\nnew"
        assert [item.number for item in customer.numbers] == ["+8613800138000", "+861065551234", "+8613900139000"]
        assert [item.main for item in customer.numbers] == [True, False, False]
        assert [tag.name for tag in customer.tags] == ["a", "b", "c"]
        assert len(customer.addresses) == 2
        assert customer.fields == {"floor": 3, "dog": True}
        assert customer.do_not_call is not None
        assert {hint.text for hint in customer.warnings} == {"dog", "deaf"}
        assert [asset.serial for asset in await assets_of(session, one)] == ["S1"]
        assert sorted(await ids_of(session, one)) == sorted([one, other])
        assert await names_of(session, [other]) == {other: "王小明"}
        assert await found(session, "13900139000") == await found(session, "S1") == [one]
        assert await found(session, "先生") == []
        parted = await undo_merge(session, merged.id, PERSON, NOW)
        assert parted.undone_by == PERSON
        after = [await read_person(session, who) for who in (one, other)]
        for was, is_now in zip(before, after, strict=True):
            assert is_now.parts == was.parts
            assert dict(is_now.scalars) == dict(was.scalars) | {"updated_at": is_now.scalars["updated_at"]}
        assert await found(session, "13900139000") == await found(session, "先生") == [other]
        assert (await customer_row(session, other)).id == other
        with pytest.raises(AlreadyParted):
            await undo_merge(session, merged.id, PERSON, NOW)
        assert [row.id for row in await merges_of(session, one)] == [merged.id]


async def test_what_came_since_stays_with_the_survivor(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        one, other = await two(session)
        merged = await merge_customers(session, BUSINESS, one, [other], {}, PERSON, NOW)
        held = await get_customer(session, one, NOW)
        more = CustomerFields(numbers=[*held.numbers, Number("13700137000")], language="en", tags=["a", "b", "c", "d"], fields={"floor": 9})
        await change_customer(session, one, more, NOW)
        await undo_merge(session, merged.id, PERSON, NOW)
        mine, theirs = await get_customer(session, one, NOW), await get_customer(session, other, NOW)
        assert [item.number for item in mine.numbers] == ["+8613800138000", "+861065551234", "+8613700137000"]
        assert (mine.language, [tag.name for tag in mine.tags], mine.fields) == ("en", ["a", "b", "d"], {"floor": 9})
        assert [item.number for item in theirs.numbers] == ["+8613800138000", "+8613900139000"]
        assert theirs.fields == {"floor": 5, "dog": True}


async def test_what_cannot_be_parted_is_refused(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        one, other = await two(session)
        merged = await merge_customers(session, BUSINESS, one, [other], {}, PERSON, NOW)
        asset = (await assets_of(session, one))[0]
        await change_asset(session, asset.id, AssetFields(model="HC-2"))
        await change_customer(session, one, CustomerFields(note="third", numbers=[Number("13800138000")]), NOW)
        with pytest.raises(CannotPart) as refused:
            await undo_merge(session, merged.id, PERSON, NOW)
        assert refused.value.details == {"parts": ["assets", "note", "numbers"]}
        assert [item.number for item in (await get_customer(session, other, NOW)).numbers] == ["+8613800138000"]


async def test_a_chain_is_taken_back_from_its_end(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        one, other = await two(session)
        third = await make(session, name="第三", numbers=[Number("13600136000")])
        first = await merge_customers(session, BUSINESS, one, [other], {}, PERSON, NOW)
        second = await merge_customers(session, BUSINESS, third, [one], {}, PERSON, NOW)
        assert (await get_customer(session, other, NOW)).id == third
        assert sorted(await ids_of(session, third)) == sorted([one, other, third])
        with pytest.raises(NotFound):
            await merge_customers(session, BUSINESS, third, [other], {}, PERSON, NOW)
        with pytest.raises(MergedOn) as refused:
            await undo_merge(session, first.id, PERSON, NOW)
        assert refused.value.details["merge_id"] == second.id
        await undo_merge(session, second.id, PERSON, NOW)
        assert (await get_customer(session, other, NOW)).id == one
        await undo_merge(session, first.id, PERSON, NOW)
        assert (await get_customer(session, other, NOW)).id == other


async def test_refusals(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        one = await make(session, name="A")
        for others, values in (([], {}), ([one], {}), ([new_id()] * 2, {"numbers": one})):
            with pytest.raises(InvalidInput):
                await merge_customers(session, BUSINESS, one, others, values, PERSON, NOW)
        with pytest.raises(NotFound):
            await merge_customers(session, BUSINESS, one, [new_id()], {}, PERSON, NOW)
    async with database.business(new_id()) as session:
        with pytest.raises(NotFound):
            await get_customer(session, one, NOW)


async def test_likely_duplicates(database: Database) -> None:
    async with database.business(BUSINESS) as session:
        home = [Address("home", "北京市", "北京市", "朝阳区", "建国路1号")]
        one = await make(session, name="王小明", code="AB-12", numbers=[Number("13800138000")], addresses=home)
        number = await make(session, name="王太太", numbers=[Number("13800138000")])
        code = await make(session, name="王明", code="ab12")
        place = await make(session, name="王小明", addresses=[Address("other", street="北京市朝阳区 建国路1号")])
        await make(session, name="王小明", addresses=[Address("home", street="上海")])
        likely = {item.customers[0].id: [reason.kind for reason in item.reasons] for item in await duplicates_of(session, one)}
        assert likely == {number: ["number"], code: ["code"], place: ["name_address"]}
        groups, total = await all_duplicates(session, 10, 0)
        assert total == 1
        assert {customer.id for customer in groups[0].customers} >= {one, number, code}
        assert {reason.kind for reason in groups[0].reasons} == {"number", "code"}
    async with database.business(new_id()) as session:
        assert await all_duplicates(session, 10, 0) == ([], 0)


async def test_who_is_different_is_not_suggested_again(database: Database) -> None:
    business, number = new_id(), [Number("13800138001")]
    async with database.business(business) as session:

        async def person(name: str) -> str:
            given = CustomerFields(share_numbers=True, name=name, numbers=number)
            return (await add_customer(session, business, given, NOW, PERSON)).id

        async def groups() -> list[set[str]]:
            found, total = await all_duplicates(session, 10, 0)
            assert total == len(found)
            return [{customer.id for customer in one.customers} for one in found]

        father, mother, child = [await person(name) for name in ("父", "母", "子")]
        await tell_apart(session, business, [father, mother], PERSON, NOW)
        assert {item.customers[0].id for item in await duplicates_of(session, father)} == {child}
        assert await groups() == [{father, mother, child}]  # the child may still be either of them
        await tell_apart(session, business, [child, father, mother], PERSON, NOW)
        assert (await groups(), await duplicates_of(session, child)) == ([], [])
        again = await person("又")
        assert await groups() == [{father, mother, child, again}]
        merged = await merge_customers(session, business, father, [again], {}, PERSON, NOW + timedelta(seconds=1))
        assert await groups() == [{father, mother, child}]
        assert [{row.one_id, row.other_id} for row in (await marks(session, 10, 0))[0]] == [{mother, child}]
        await undo_merge(session, merged.id, PERSON, NOW + timedelta(seconds=2))
        await tell_apart(session, business, [father, mother, child, again], PERSON, NOW + timedelta(seconds=3))
        assert await groups() == []
        await tell_alike(session, business, [mother, again], PERSON, NOW)
        assert await groups() == [{mother, again}]
        with pytest.raises(NotFound):
            await tell_alike(session, business, [mother, again], PERSON, NOW)
        with pytest.raises(InvalidInput):
            await tell_apart(session, business, [mother, mother], PERSON, NOW)
        await session.delete(await customer_row(session, child))
        assert (await marks(session, 10, 0))[1] == 2
    async with database.business(new_id()) as session:
        with pytest.raises(NotFound):
            await tell_apart(session, BUSINESS, [mother, again], PERSON, NOW)
        assert await marks(session, 10, 0) == ([], 0)
