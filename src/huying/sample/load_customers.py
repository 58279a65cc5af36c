"""Fills in the sample business's customers: companies, tags, fields of its own, appliances and vehicles, purchases, hints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import AssetRow
from huying.crm.companies.service import CompanyParts, add_company
from huying.crm.customers.bulk import BulkRow, put_customers
from huying.crm.customers.document import Address, CompanyFields, CustomerFields, DoNotCall, Email, Number
from huying.crm.customers.writing import refresh_search
from huying.crm.fields.service import FieldData, add_field
from huying.crm.hints.service import add_number_hint
from huying.crm.purchases.model import PurchaseRow
from huying.crm.tagging.service import add_tag
from huying.sample.centre import names
from huying.sample.customers import COMPANIES, PLACES, TAGS, SampleCustomer, sample_customers, sample_number

HOUSES = ("flat", names("住宅", "Flat")), ("shop", names("商铺", "Shop")), ("office", names("办公室", "Office"))
HINTED = 23
"""The customer from whose number somebody else calls at times."""


async def add_customers(session: AsyncSession, business_id: str, now: datetime) -> None:
    """All customers with everything that is theirs."""
    customers = sample_customers(now.date())
    await _fields_and_tags(session, business_id)
    for index, name in enumerate(COMPANIES):
        province, city, district, street, _ = PLACES[index]
        address = Address("office", province, city, district, f"{street}{100 + index}号")
        number = Number(f"0{(10, 21, 20, 755, 28, 27)[index]}{8866_0000 + index}", "总机")
        await add_company(session, business_id, CompanyParts(name=name, numbers=[number], addresses=[address]), now)
    rows = [BulkRow(number, _fields(one)) for number, one in enumerate(customers)]
    made = await put_customers(session, business_id, rows, match="none", existing="create", person_id=None, now=now)
    for outcome, customer in zip(made, customers, strict=True):
        assert outcome.customer_id, outcome
        session.add_all(_things(business_id, outcome.customer_id, customer, now.date()))
    await session.flush()
    await refresh_search(session, [str(outcome.customer_id) for outcome in made])
    hint = "常有邻居借用此电话，请先核对姓名。"
    await add_number_hint(session, business_id, sample_number(HINTED), {"text": hint, "level": "info"}, None, now)


async def _fields_and_tags(session: AsyncSession, business_id: str) -> None:
    for name, colour in TAGS:
        await add_tag(session, business_id, name, colour)
    house = [{"code": code, "name": dict(name)} for code, name in HOUSES]
    for position, data in enumerate(
        (
            FieldData("customer", "house", names("房屋类型", "Kind of house"), "choice", choices=house, section="上门"),
            FieldData("customer", "floor", names("楼层", "Floor"), "number", section="上门"),
            FieldData("customer", "lift", names("有电梯", "Has a lift"), "yes_no", section="上门"),
            FieldData("asset", "installed_by", names("安装师傅", "Installed by"), "text"),
        )
    ):
        await add_field(session, business_id, FieldData(**{**{name: getattr(data, name) for name in data.__slots__}, "position": position}))


def _fields(one: SampleCustomer) -> CustomerFields:
    more, (province, city, district, street) = one.more, one.address
    given = CustomerFields(
        name=one.name,
        code=more.code,
        customer_class=one.customer_class,
        language=one.language,
        note=one.note,
        numbers=[Number(number, "" if index else "手机") for index, number in enumerate(one.numbers)],
        addresses=[Address("home", province, city, district, street, default=True)],
        tags=list(more.tags),
        fields={"house": "shop" if one.company else "flat", "floor": len(street) % 28 + 1, "lift": len(street) % 3 > 0},
    )
    if one.company:
        given["company"] = CompanyFields(name=one.company, role=more.role)
    if more.email:
        given["emails"] = [Email(more.email)]
    if one.warning:
        given["warnings"] = [{"text": one.warning}]
    if more.agrees_to_calls is not None:
        given["consents"] = [{"kind": "calls", "given": more.agrees_to_calls, "source": "web"}]
    if more.do_not_call:
        given["do_not_call"] = DoNotCall("客户要求不再致电")
    return given


def _things(business_id: str, customer_id: str, customer: SampleCustomer, today: date) -> Iterable[AssetRow | PurchaseRow]:
    whose = {"business_id": business_id, "customer_id": customer_id}
    for number, asset in enumerate(customer.assets):
        yield AssetRow(
            **whose,
            kind="appliance",
            category=asset.category,
            model=asset.model,
            serial=asset.serial,
            purchased_on=asset.purchased_on,
            warranty_until=asset.warranty_until,
            dealer=customer.more.dealer,
        )
        order = f"SO{asset.purchased_on:%y%m%d}{asset.serial[-4:]}"
        items = [{"name": f"{asset.category} {asset.model}", "quantity": 1}]
        amount = Decimal(899 + 350 * (len(asset.model) + number))
        yield PurchaseRow(**whose, number=order, day=asset.purchased_on, items=items, amount=amount)
    vehicle = customer.more.vehicle
    if vehicle is not None:
        yield AssetRow(
            **whose,
            kind="vehicle",
            category="轿车",
            model=vehicle.model,
            plate=vehicle.plate,
            vin=vehicle.vin,
            purchased_on=vehicle.purchased_on,
            warranty_until=min(vehicle.purchased_on + timedelta(days=3 * 365), today + timedelta(days=900)),
            insurance_until=vehicle.insurance_until,
        )
