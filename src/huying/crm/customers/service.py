"""What one can do with customers: add, change, read, and find by the number they call from. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.companies.model import CompanyRow
from huying.crm.companies.service import company_ids
from huying.crm.customers.document import CompanyFields, Customer, CustomerFields, Email, Number
from huying.crm.customers.finding import Page, Wanted, customers_with_number, find_customers
from huying.crm.customers.model import CustomerNumberRow, CustomerRow
from huying.crm.customers.numbers import matchable
from huying.crm.customers.reading import documents
from huying.crm.customers.writing import Checked, Write, checked, write_parts
from huying.crm.fields.service import definitions
from huying.foundation.database import Database
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id

__all__ = ["Customer", "CustomerFields", "Email", "Number", "Page", "Wanted", "find_customers"]


class NumberTaken(Conflict):
    """This number belongs to another customer already: open that one, or say that they share it."""

    code = "number-taken"


class CodeTaken(Conflict):
    """Another customer has this customer number already: open that one."""

    code = "code-taken"


async def add_customer(
    session: AsyncSession, business_id: str, fields: CustomerFields, now: datetime, person_id: str | None = None
) -> Customer:
    """A new customer. Raises InvalidInput, NumberTaken, CodeTaken, FieldsWrong."""
    given = checked(fields, await definitions(session, "customer"), new=True)
    row = new_row(business_id, now)
    await _refuse_taken(session, row.id, given)
    company_id = await _company_id(session, business_id, fields.get("company"), now)
    session.add(row)
    await write_parts(session, business_id, [Write(row, given, company_id)], person_id, now)
    return await get_customer(session, row.id, now)


async def change_customer(
    session: AsyncSession, customer_id: str, fields: CustomerFields, now: datetime, person_id: str | None = None
) -> Customer:
    """Change the given parts. Raises NotFound, InvalidInput, NumberTaken, CodeTaken, FieldsWrong."""
    row = await customer_row(session, customer_id)
    given = checked(fields, await definitions(session, "customer") if "fields" in fields else (), row.fields)
    await _refuse_taken(session, row.id, given)
    company_id = await _company_id(session, row.business_id, fields.get("company"), now)
    await write_parts(session, row.business_id, [Write(row, given, company_id)], person_id, now)
    return await get_customer(session, row.id, now)


async def get_customer(session: AsyncSession, customer_id: str, now: datetime | None = None) -> Customer:
    """One customer; who was merged is the one he became. Raises NotFound."""
    return (await documents(session, [await customer_row(session, customer_id)], now))[0]


async def customer_row(session: AsyncSession, customer_id: str) -> CustomerRow:
    """The row of a customer, or of the one he became. Raises NotFound."""
    row = await session.get(CustomerRow, customer_id)
    while row is not None and row.merged_into is not None:
        row = await session.get(CustomerRow, row.merged_into)
    if row is None:
        raise NotFound("There is no such customer.")
    return row


async def find_by_number(session: AsyncSession, number: str, now: datetime | None = None) -> Customer | None:
    """The one customer who has this number, as it was delivered by the trunk or typed; None also when several have it."""
    found = await customers_with_number(session, number, now, most=2)
    return found[0] if len(found) == 1 else None


_CALLER = (
    select(CustomerRow.id, CustomerRow.language, CustomerRow.customer_class)
    .join(CustomerNumberRow, CustomerNumberRow.customer_id == CustomerRow.id)
    .where(
        CustomerNumberRow.business_id == bindparam("business_id"),
        CustomerRow.business_id == bindparam("business_id"),
        CustomerNumberRow.number == bindparam("number"),
        CustomerRow.merged_into.is_(None),
    )
    .limit(20)
)


async def identify_caller(database: Database, business_id: str, number: str) -> tuple[str, str]:
    """Id and language of the business's customer who has this number; empty texts when there is none. One round trip: a caller waits.

    Of several who share it nobody is meant: the agent chooses. Their language counts when they agree.
    """
    wanted = matchable(number)
    rows = await database.system_statement(_CALLER, {"business_id": business_id, "number": wanted}) if wanted else []
    languages = {row.language for row in rows}
    return rows[0].id if len(rows) == 1 else "", languages.pop() if len(languages) == 1 else ""


_WITH_CODE = (
    select(CustomerRow.id, CustomerRow.language)
    .where(
        CustomerRow.business_id == bindparam("business_id"),
        CustomerRow.code.in_((bindparam("code"), bindparam("capitals"))),
        CustomerRow.code != "",
        CustomerRow.merged_into.is_(None),
    )
    .limit(2)
)


async def identify_by_code(database: Database, business_id: str, code: str) -> tuple[str, str]:
    """Id and language of the business's customer of this customer number; empty texts when there is none, or more than one."""
    told = {"business_id": business_id, "code": code.strip(), "capitals": code.strip().upper()}
    rows = await database.system_statement(_WITH_CODE, told) if code.strip() else []
    return (rows[0].id, rows[0].language) if len(rows) == 1 else ("", "")


_CLASS = select(CustomerRow.customer_class).where(
    CustomerRow.business_id == bindparam("business_id"), CustomerRow.id == bindparam("customer_id")
)


async def class_of(database: Database, business_id: str, customer_id: str) -> str:
    """The class of a customer; empty when there is none. One round trip."""
    rows = await database.system_statement(_CLASS, {"business_id": business_id, "customer_id": customer_id}) if customer_id else []
    return str(rows[0].customer_class) if rows else ""


async def names_of(session: AsyncSession, customer_ids: Sequence[str]) -> dict[str, str]:
    """The names of customers by id; unknown ids are left out, who was merged is called as the one he became."""
    if not customer_ids:
        return {}
    rows = (
        await session.execute(select(CustomerRow.id, CustomerRow.name, CustomerRow.merged_into).where(CustomerRow.id.in_(customer_ids)))
    ).all()
    became = await names_of(session, [row.merged_into for row in rows if row.merged_into])
    return {row.id: became.get(row.merged_into or "", row.name) for row in rows}


async def ids_of(session: AsyncSession, customer_id: str) -> list[str]:
    """All ids under which a customer's past may stand: his own and those of everybody who was merged into him."""
    found, edge = [customer_id], [customer_id]
    while edge:
        edge = list(await session.scalars(select(CustomerRow.id).where(CustomerRow.merged_into.in_(edge))))
        found += edge
    return found


def new_row(business_id: str, now: datetime) -> CustomerRow:
    """The row of a customer of whom nothing is known yet."""
    return CustomerRow(
        id=new_id(), business_id=business_id, name="", code="", customer_class="normal", company_role="", language="", note="",
        fields={}, created_at=now, updated_at=now,
    )  # fmt: skip


async def _company_id(session: AsyncSession, business_id: str, given: CompanyFields | None, now: datetime) -> str | None:
    """The id of the company that is meant. Raises InvalidInput."""
    if not given:
        return None
    if given.get("id"):
        known = await session.scalar(select(CompanyRow.id).where(CompanyRow.id == given["id"]))
        if known is None:
            raise InvalidInput("There is no such company.", field="company")
        return known
    name = given.get("name", "")
    return (await company_ids(session, business_id, [name], now)).get(name)


async def _refuse_taken(session: AsyncSession, customer_id: str, given: Checked) -> None:
    """Raise NumberTaken or CodeTaken when another customer has what is given, unless numbers may be shared."""
    if given.numbers and not given.given.get("share_numbers"):
        mine = set(await session.scalars(select(CustomerNumberRow.number).where(CustomerNumberRow.customer_id == customer_id)))
        new = {one.number for one in given.numbers} - mine
        taken = await _with_number(session, new, customer_id)
        if taken is not None:
            raise NumberTaken(number=taken[0], customer_id=taken[1], name=taken[2])
    code = given.given.get("code", "").strip()
    if code:
        row = CustomerRow
        same = select(row.id, row.name).where(row.code == code, row.id != customer_id, row.merged_into.is_(None))
        other = (await session.execute(same.limit(1))).first()
        if other is not None:
            raise CodeTaken(customer_code=code, customer_id=other.id, name=other.name)


async def _with_number(session: AsyncSession, numbers: Collection[str], but: str) -> tuple[str, str, str] | None:
    if not numbers:
        return None
    held, row = CustomerNumberRow, CustomerRow
    statement = select(held.number, row.id, row.name).join(row, row.id == held.customer_id)
    statement = statement.where(held.number.in_(numbers), row.id != but, row.merged_into.is_(None)).limit(1)
    found = (await session.execute(statement)).first()
    return (found[0], found[1], found[2]) if found else None
